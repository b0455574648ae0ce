#ifndef DESK_INTAKE_H
#define DESK_INTAKE_H

#include "desk/desk.h"
#include "desk/draft.h"
#include "law/deadline.h"

/*
 * How requests come in.  The clock of each starts here, at receipt, whatever
 * is still missing (11 CCR 7021(b)).
 */
enum channel {
#define CHANNEL(name, code, title, short_title) CHANNEL_##name,
#include "tbl/channels.h"
};
const char *channel_code(enum channel c);
const char *channel_title(str code); /* "Web form" */
const char *channel_short(str code); /* "Web" */

/*
 * Sends a draft: stores the request with what its form asks and nothing else,
 * suppresses at once when the answer to the opt-out question was yes, sends code
 * and confirmation of receipt.  Problems name the fields, as desk/form.h.
 */
struct sent {
	str reference;
	struct date due_on;
	int64_t received_at;
};
/* The same of answers that were checked, on a day of receipt that may have passed
 * (none: now).  Inside of desk/ only. */
struct by_agent;
struct by_parent;
struct intake {
	const struct draft *draft;
	enum channel channel;
	struct date received_on;
	const struct by_agent *by;      /* NULL: they ask for themselves */
	const struct by_parent *parent; /* NULL: not for a child */
	str peer; /* the address that it came from; empty: not known */
};
int intake_store(struct desk *d, const struct intake *in, struct sent *out,
	struct err *e);
int intake_send(struct desk *d, const struct draft *f, enum channel channel,
	str peer, struct sent *out, struct problems *ps, struct err *e);

/*
 * The 6-digit code.  *is_right false: wrong, too old, or too many tries; the
 * text for the page is in ps (field "code").
 */
int intake_confirm_code(struct desk *d, str reference, str code, bool *is_right,
	struct problems *ps, struct err *e);
int intake_send_code_again(
	struct desk *d, str reference, struct problems *ps, struct err *e);

/* For what confirms in another way, in the caller's transaction after
 * record_lock(): may it still be; the moment is stored, and the search begins. */
struct record;
bool intake_takes_code(const struct record *r);
/* A code is sent to who asks this way. */
bool intake_sends_code(const struct record *r);
/* Sends the receipt, and asks who it is: the code, or staff call back. */
int intake_ask(struct desk *d, const struct record *r, struct err *e);
int intake_confirmed(struct desk *d, struct record *r, enum audit_event event,
	struct err *e);

/* The answer dates shown before anyone starts, for a request made today. */
int intake_dates(
	struct desk *d, enum kind kind, struct deadlines *out, struct err *e);

/*
 * The status page: everything said here may be seen by whoever has the
 * reference, so nothing personal is.
 */
struct status_step {
	const char *title;
	bool is_done;
	bool is_current;
};

struct status_recipient {
	str title;
	const char *text; /* "Told", "Confirmed" */
	bool is_confirmed;
};

struct status_answer {
	int64_t at;
	str text; /* of staff, who know that it is read here */
};

struct status {
	str reference;
	enum kind kind;
	const char *title; /* of the kind */
	const char *told;  /* what is going on, one sentence */
	bool is_open;
	enum lang lang; /* of letters about it */
	bool can_speak; /* another one can be chosen */
	str joined; /* the earlier request that answers this one, or empty */
	bool can_withdraw;
	bool needs_code;
	bool is_for_child;      /* a parent or guardian asks */
	struct date ask_from;   /* a minor refused: not asked before; none */
	bool wants_form;        /* and is to send the signed form */
	bool is_fee_asked;      /* and not answered yet */
	bool wants_declaration; /* and it can be signed: */
	bool declares_on_paper; /* in a letter, as no code can be sent */
	bool is_called_back;    /* staff call, instead of a code */
	bool is_by_agent;       /* an authorized agent asks */
	bool is_by_paper;       /* letters go by mail */
	bool is_code_by_sms;    /* codes come as text messages */
	bool is_undelivered;    /* closed, and the answer did not arrive */
	bool has_package;   /* the answer to a request to know can be opened */
	bool is_identified; /* an identifier was given */
	bool has_stopped_sale; /* "Stop selling it while we work on this?" */
	int64_t received_at;
	str outcome;
	struct date received_on;
	struct date due_on;
	struct date in_force_on; /* of a stop, which may be open still */
	struct date closed_on;
	struct {
		struct status_step at[5];
		size_t n;
	} steps;
	struct {
		struct status_recipient *at;
		size_t n;
	} recipients;
	/* What staff answered to what the requester wrote, oldest first. */
	struct {
		struct status_answer *at;
		size_t n;
	} answers;
	bool is_waiting; /* what was written last has no answer yet */
	bool can_write;
};

struct record;
int intake_status_of(struct desk *d, const struct record *r, struct status *out,
	struct err *e);

/* 1, or 0 when there is no such request. */
int intake_status(
	struct desk *d, str typed, str peer, struct status *out, struct err *e);

#endif
