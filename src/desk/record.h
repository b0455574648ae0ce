#ifndef DESK_RECORD_H
#define DESK_RECORD_H

#include "desk/desk.h"
#include "desk/person.h"
#include "desk/seal.h"
#include "ident/key.h"
#include "law/kind.h"
#include "law/state.h"
#include "store/sql.h"

/*
 * A request's row, opened: what the use cases of the desk work on.  Inside
 * desk/ only; edges see the views of intake.h, queue.h and case.h.
 */
struct record {
	struct sql_request_by_id_row row;
	enum kind kind;
	enum state state;
	struct seal *seal;    /* NULL once the key was destroyed */
	struct person person; /* empty then */
	bool is_for_agent;    /* agent_reads(): for letters alone */
};

/* 1, or 0 when there is none.  reference: eight characters, or as typed. */
int record_by_reference(
	struct desk *d, str reference, struct record *out, struct err *e);
int record_by_id(struct desk *d, int64_t id, struct record *out, struct err *e);
/* The same, and a missing one is ERR_NOT_FOUND. */
int record_need(
	struct desk *d, str reference, struct record *out, struct err *e);

/*
 * Holds the row until the transaction ends, and reads it again: what was read
 * before may be old by now, who the person is and whether they were answered as
 * much as the state.
 */
int record_lock(struct desk *d, struct record *r, struct err *e);

/* Every address and number of the person, as the suppression list names them; what
 * can't be read as one is passed over, as the search did.  In the desk's arena. */
struct record_keys {
	struct record_key {
		enum ident_kind kind;
		uint8_t of[IDENT_KEY_SIZE];
		personal value; /* as it was given or found */
	} * at;
	size_t n;
};

struct record_keys record_keys(struct desk *d, const struct record *r);

/*
 * Puts every address and number of the person on the suppression list, in the
 * caller's transaction.
 */
int record_suppress(struct desk *d, const struct record *r, uint32_t reasons,
	struct err *e);

/* Takes these reasons from each of them again, whoever gave them. */
int record_release(struct desk *d, const struct record *r, uint32_t reasons,
	struct err *e);

/*
 * Makes the move that law/state allows for this event, or fails as it says.
 * Within a transaction and after record_lock().
 */
int record_move(struct desk *d, struct record *r, enum state_event event,
	const struct state_facts *facts, struct err *e);

int record_save_person(struct desk *d, struct record *r, struct err *e);

/* The tasks of a request, and what they add up to. */
struct tally {
	struct sql_task_list_rows rows;
	int systems;
	int systems_open;
	int systems_searching; /* not searched yet */
	int systems_stuck;
	int systems_refusing; /* of these: no new try mends it */
	int keepers_open;     /* systems that a person was asked about */
	int keepers_late;
	int vendors;
	int vendors_open;
	int vendors_untold;
	int vendors_refused; /* untold, for a reason that is on the case */
	int vendors_late;
	int vendors_spared; /* nobody holds anything: not to be told */
	int vendors_kept;   /* answered that they must keep something */
	int vendors_dropped; /* by staff; vendors_dropped_untold before a notice */
	int vendors_dropped_untold;
	int vendors_unsaid; /* of these, where nobody wrote why */
	str unsaid_title;   /* the first of them by its name, as in the queue */
	int systems_dropped;
	int systems_unsaid;      /* of these, where nobody wrote why */
	str system_unsaid_title; /* the first of them by its name */
	int kept;                /* systems and vendors where something stays */
	int64_t rows_found;
	int64_t rows_erased;
	int64_t rows_waiting; /* found, and neither erased nor approved */
	str stuck_title;      /* of the first that can't be reached */
	str refused_title;
	str late_title;
	/* Decisions to keep rows, and of these over: desk/keep.h. */
	int64_t keeps;
	int64_t keeps_ended;
	str keeper_title; /* of the first that is late, or else asked */
	str vendor_title; /* of the first that has not answered */
};
int record_tally(
	struct desk *d, int64_t request_id, struct tally *out, struct err *e);

/* Nothing stays anywhere: the answer is one in whole. */
bool record_is_whole(const struct record *r, const struct tally *t);

/*
 * What was found in the systems that are not done, and what staff keep of it, as one
 * keyed value: another search gives another one, though it finds as many rows.  Text
 * for a form.
 */
str record_seen(struct desk *d, const struct tally *t);

/* What a task keeps sealed: a finding or a vendor's words. */
str record_seal_task(
	struct desk *d, const struct record *r, str name, str text);
int record_open_task(struct desk *d, const struct record *r, str name,
	str sealed, str *text, struct err *e);

/* In which language they are written to: that of the page on which they asked, else
 * English (11 CCR 7003(b)). */
enum lang record_lang(const struct record *r);

struct date record_received_on(const struct record *r);
struct date record_due_on(const struct record *r);

#endif
