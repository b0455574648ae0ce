#ifndef DESK_DROP_SESSION_H
#define DESK_DROP_SESSION_H

#include "desk/drop.h"
#include "desk/limit.h"
#include "law/reason.h"

/*
 * What the use cases of the State's lists share: the session's row and its
 * moves.  Inside desk/drop*.c only.
 */
enum drop_on {
#define DROP_EVENT(NAME, words) DROP_ON_##NAME,
#include "desk/tbl/drop_events.h"
};

/* The reasons of the suppression log that are the platform's own. */
enum { DROP_REASONS = REASON_DROP | REASON_DROP_OPT_OUT };

/* 1, 0 when there is none, -1. */
int drop_session_read(
	struct desk *d, int64_t id, struct drop_cycle *out, struct err *e);
int drop_session_newest(struct desk *d, struct drop_cycle *out, struct err *e);
/* The newest, which must be in this state; ERR_CONFLICT says what is to be done
 * instead. */
int drop_session_need(struct desk *d, enum drop_state state,
	struct drop_cycle *out, struct err *e);

/*
 * Moves a session on, in the caller's transaction: the row is held and looked
 * at again.  A move that desk/tbl/drop_moves.h does not have: ERR_CONFLICT.
 */
int drop_session_move(struct desk *d, struct drop_cycle *c, enum drop_on event,
	struct err *e);
/* The same as a transaction of its own. */
int drop_session_go(struct desk *d, struct drop_cycle *c, enum drop_on event,
	struct err *e);

/* What keeps it, for people to see; empty: nothing. */
int drop_session_problem(
	struct desk *d, int64_t id, str problem, struct err *e);

/* A page of items of one list: id > after and <= upto. */
struct drop_page {
	enum drop_list list;
	str after;
	str upto;
	int64_t n;
};
/* Calls fn for each page of the list's active items, in a transaction each, and
 * clears what fn allocated in the desk's arena. */
typedef int drop_page_fn(
	struct desk *d, const struct drop_page *page, void *ctx, struct err *e);
int drop_pages(struct desk *d, enum drop_list list, drop_page_fn *fn, void *ctx,
	struct err *e);

/* --- drop_look.c --- */

/* A look at everything held: pass_id goes on with one, 0 begins one. */
struct drop_look_for {
	struct drop_cycle *cycle; /* a screening's: the newest */
	bool is_screen;
	int64_t pass_id;
};
/* Under drop_lock(). */
int drop_look_go(struct desk *d, const struct drop_place *p,
	struct drop_look_for *f, struct drop_matched *out, struct err *e);
/* Asks for the permission, and runs fn under drop_lock(). */
typedef int drop_look_fn(struct desk *d, const struct drop_place *p,
	struct drop_matched *out, struct err *e);
int drop_look_alone(struct desk *d, const struct drop_place *p,
	drop_look_fn *fn, struct drop_matched *out, struct err *e);

/* --- drop_age.c --- */

/* What it matched may not be carried out any more (LIMIT_LOOK_HOURS). */
bool drop_pass_is_stale(const struct desk *d, const struct drop_pass *p);
/* Ends a look that is looked at again; a session goes back to its lists. */
int drop_pass_retire(struct desk *d, struct drop_cycle *c,
	const struct drop_pass *pass, struct err *e);
/* What such looks left open goes. */
int drop_stale_forget(struct desk *d, struct err *e);
/* Has it open matches that repeat no earlier look? */
int drop_has_new(struct desk *d, int64_t pass_id, bool *out, struct err *e);
/* Those that do are taken out: nothing is to be done for them. */
int drop_known_drop(struct desk *d, int64_t pass_id, struct err *e);
/* The same in a look that has others: those who were matched alone stay, with
 * the fate "known", for who is held (drop_held_keep()), until drop_aside_drop(). */
int drop_known_aside(struct desk *d, int64_t pass_id, struct err *e);
int drop_aside_drop(struct desk *d, int64_t pass_id, struct err *e);

/* --- drop_act.c --- */

/* The look that is to be carried out: the session's own, or a screening that was matched.
 * ERR_CONFLICT: none waits. */
int drop_pass_waiting(struct desk *d, struct drop_cycle *c,
	struct drop_pass *out, struct err *e);

/* --- drop_leads.c --- */

/* Of who was matched in rows that are kept: marks those to whose rows others belong by now
 * that go.  *problem: where that could not be asked; it is by the next look. */
struct map;
int drop_leads_mark(struct desk *d, const struct drop_place *p,
	const struct map *map, const struct drop_pass *pass, str *problem,
	struct err *e);

/* --- drop_act.c --- */

/* May whoever asks carry out what nobody, or (is_approved) a person, approved? */
int drop_may_act(struct desk *d, bool is_approved, bool *out, struct err *e);

/* --- drop_held.c --- */

/*
 * Takes out of what is to be erased whoever is held for law enforcement (Civ.
 * Code 1798.145(a)), wherever the same person was matched.  1 when a system could
 * not be asked, which is out->problem: it is not known who is held.  placed: how many
 * holds there had ever been when that was asked; kept: how often staff had kept rows.
 */
struct drop_holding {
	const struct drop_place *place;
	const struct map *map;
	const struct drop_pass *pass;
	int64_t placed;
	int64_t kept;
};
int drop_held_keep(struct desk *d, struct drop_holding *h,
	struct drop_acted *out, struct err *e);
/* Who is marked as held meanwhile (drop_held_put), and all that is theirs in the look. */
int drop_held_take(struct desk *d, const struct drop_holding *h,
	struct drop_acted *out, struct err *e);
/* In a transaction: ERR_CONFLICT when somebody was held, or rows were kept, since. */
int drop_held_since(
	struct desk *d, const struct drop_holding *h, struct err *e);

/* --- drop_step.c, drop_screen.c --- */

/* drop_act(), said in the words of a step. */
int drop_act_step(struct desk *d, const struct drop_place *p,
	struct drop_step *out, struct err *e);
/* Screening, when it is due: 1, or 0 when there is nothing to do now, or somebody is left
 * who is tried again later: then *out says so. */
int drop_screen_step(struct desk *d, const struct drop_place *p,
	const struct drop_cycle *c, struct drop_step *out, struct err *e);
/* A step that waits waits no longer than until screening is due. */
int drop_screen_wake(struct desk *d, struct drop_step *out, struct err *e);

/* --- drop_decide.c --- */

/*
 * After a look: how many people each item matched, what it holds in the
 * suppression log, and "not found" where that may be said.  Of lists whose
 * systems were all looked at to their end.  Run again it changes nothing.
 */
int drop_decide(struct desk *d, const struct drop_pass *pass, struct err *e);
/* After acting: the other statuses. */
int drop_settle(struct desk *d, const struct drop_pass *pass, struct err *e);
/* May "not found" be said of this list?  1, 0 with the reason in e, -1. */
int drop_list_is_looked_at(struct desk *d, const struct drop_pass *pass,
	enum drop_list list, struct err *e);

/* --- drop_view.c --- */

/* What was found is counted from the matches as they are: a scan of them. */
int drop_pass_read(
	struct desk *d, int64_t id, struct drop_pass *out, struct err *e);
/* The same without what was found. */
int drop_pass_head(
	struct desk *d, int64_t id, struct drop_pass *out, struct err *e);

/* --- drop_tally.c --- */

/* Items alike in what pages show of them; people: 2 are several.  counted_at: some
 * of them or of the matches changed since; 0: they are as they are now. */
struct drop_tally {
	int64_t counted_at;
	struct drop_tally_row {
		int64_t cycle_id;
		enum drop_list list;
		int people;
		int status;
		int sent_status;
		bool is_revoked;
		int64_t n;
	} * at;
	size_t n;
};
enum drop_as {
	DROP_AS_IS,      /* kept counts when nothing changed since, or a scan */
	DROP_AS_COUNTED, /* never a scan, but before the first count of all */
};
int drop_tally_read(
	struct desk *d, enum drop_as as, struct drop_tally *out, struct err *e);
/* Always a scan. */
int drop_tally_count(struct desk *d, struct drop_tally *out, struct err *e);
/*
 * In each transaction that changes items or matches, before it does: items before
 * matches, and the session is held before both, or two could wait for one another.
 */
enum drop_tally_of {
	DROP_TALLY_ITEMS = 1,   /* drop_tally_mark.id */
	DROP_TALLY_MATCHES = 2, /* or how many people items matched */
};
int drop_tally_change(struct desk *d, enum drop_tally_of of, struct err *e);
/* After a step, outside of transactions: counts what changed.  It never fails:
 * counts that are not kept are not read. */
void drop_tally_keep(struct desk *d);
/* The same between the parts of a long step, so that pages show how far it is: now
 * and then, so that counting is little of it. */
void drop_tally_during(struct desk *d);
/* Of one session, or (0) of all that ever came. */
void drop_tally_counts(
	const struct drop_tally *t, int64_t cycle_id, struct drop_counts *out);

/* --- drop_import.c --- */

/* Nothing of lists that this refuses is taken up. */
int drop_lists_check(struct desk *d, const char *zip, struct err *e);
/* Reads the lists of a ZIP into the session, which was archived. */
int drop_lists_import(
	struct desk *d, struct drop_cycle *c, const char *zip, struct err *e);
/* The consumer behind an item withdrew; in a transaction. */
struct drop_withdrawal {
	char id[DROP_ID_SIZE];
	enum drop_list list;
	const uint8_t *key; /* of the hash that came with it */
	int64_t cycle_id;
};
int drop_withdraw(
	struct desk *d, const struct drop_withdrawal *w, struct err *e);
/* Items that opted several people out once and match one alone now let go of
 * the identifiers of the others. */
int drop_holds_tidy(
	struct desk *d, const struct drop_pass *pass, struct err *e);

/* --- drop_outage.c --- */

/* An access failed; fault: "unknown", "ours", "platform". */
int drop_outage_note(struct desk *d, const char *fault, const char *said,
	str problem, struct err *e);
int drop_outage_end(struct desk *d, struct err *e);
/* The same by an answer: one that is a failure is entered, others end what went on.  Busy
 * is neither. */
struct drop_answer;
int drop_outage_answered(
	struct desk *d, const struct drop_answer *ans, struct err *e);
/* How long to wait before the platform is asked again, where it did not say so: the
 * longer the oftener it failed. */
int drop_outage_wait(struct desk *d, int *after_s, struct err *e);

/* --- drop_place.c --- */

/*
 * One process of this machine at a time works on the lists: ERR_UNAVAILABLE when
 * another does.  Given back by drop_unlock(), or when the process ends.
 */
int drop_lock(const struct drop_place *p, int *lock, struct err *e);
void drop_unlock(int lock);

/* --- drop_ask.c --- */

/* The connection, with the key from the credentials folder. */
struct drop_client;
int drop_client_of(struct desk *d, const struct drop_place *p,
	struct drop_client *out, struct err *e);
int drop_broker(const struct desk *d); /* 0 to 9999; -1: not set */
/* What sessions with the platform that is set are in the record: "sandbox" or "api". */
str drop_source(const struct desk *d);
/* Before lists are taken up, or answered: ERR_CONFLICT when some in the record are of another
 * platform than the one that is set (drop_platform.c). */
int drop_need_one_platform(struct desk *d, struct err *e);
/* The folder, and what stands in it. */
int drop_place_make(const struct drop_place *p, struct err *e);
const char *drop_place_path(
	struct arena *a, const struct drop_place *p, str name);
/* What an answer that is none of ours to mend means, as an error; -1. */
struct drop_answer;
int drop_refused(const struct drop_answer *ans, struct err *e);

/* --- drop_vendor.c --- */

int drop_vendors_plan(
	struct desk *d, const struct drop_pass *pass, struct err *e);

#endif
