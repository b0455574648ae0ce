#ifndef T_DESK_WALK_H
#define T_DESK_WALK_H

#include "act.h"
#include "model_minor.h"
#include "model_rows.h"
#include "model_word.h"

#include "base/rand.h"
#include "desk/fulfil.h"
#include "desk/telling.h"

/*
 * Who walks: the record, the model, and what every event of the walk does before and
 * after it (t_walk.c).
 */
static const struct plan_row plan[] = {
	{ true, STR_INIT("leads"), STR_INIT("Lead exchange") },
	{ true, STR_INIT("shop"), STR_INIT("Shop") },
	{ false, STR_INIT("mailharbor"), STR_INIT("MailHarbor") },
};

static const struct telling_row told_of[] = {
	{ .name = STR_INIT("mailharbor"),
		.title = STR_INIT("MailHarbor"),
		.recipient = RECIPIENT_SERVICE_PROVIDER },
};

/* What has to be met on the way, and in how many steps it is. */
#define WALK_ENDS                                                     \
	END(COMPLIED, OFTEN, "complied in whole")                     \
	END(PART, RARELY, "complied in part")                         \
	END(NOTHING, OFTEN, "nothing was held")                       \
	END(DENIED, OFTEN, "denied")                                  \
	END(JOINED, RARELY, "joined with an earlier one")             \
	END(EXTENDED, OFTEN, "extended")                              \
	END(WITHDRAWN, OFTEN, "taken back")                           \
	END(CORRECTED, OFTEN, "corrected")                            \
	END(USED_UP, RARELY, "a third request to know")               \
	END(BY_TWO, OFTEN, "decided by two")                          \
	END(HELD, OFTEN, "held")                                      \
	END(TOLD, OFTEN, "a stop that reached its recipients")        \
	END(WAITED, OFTEN, "a letter waited for its server")          \
	END(FORGOTTEN, OFTEN, "forgotten on its date")                \
	END(VISITS, OFTEN, "a visit of somebody who opted out")       \
	END(RETURNED, OFTEN, "somebody who was deleted came back")    \
	END(REPLAYED, OFTEN, "what was put back was replayed")        \
	END(KEPT, RARELY, "rows were kept on an exception")           \
	END(OVER, RARELY, "and erased when their time was over")      \
	END(PACKAGES, OFTEN, "a package was made")                    \
	END(OPENED, OFTEN, "a package was opened")                    \
	END(SPECIFIC, RARELY, "with specific pieces in it")           \
	END(CHILDREN, OFTEN, "a case for a child that came to light") \
	END(REOPENED, OFTEN, "a denial was taken back")               \
	END(RESUMED, RARELY, "a deletion was taken up after a hold")  \
	END(DECLARED, RARELY, "a declaration was asked for, signed")  \
	END(SAID_AGAIN, OFTEN, "what held was said once more")        \
	END(MINORS_IN, OFTEN, "a minor was opted in")                 \
	END(MINORS_REFUSED, OFTEN, "a minor, or a parent, refused")

enum walk_end {
#define END(NAME, often, words) END_##NAME,
	WALK_ENDS
#undef END
		ENDS,
};

struct sqlite3;

struct walk {
	struct test t;
	const char *map;
	struct sqlite3 *other; /* process that has the record open: none has to
				* read all of the journal when it comes */
	struct arena *a;       /* of one step */
	struct rng rng;
	struct model_person person[MODEL_PEOPLE];
	struct model_request request[MODEL_REQUESTS];
	size_t n;
	struct model_hold hold[MODEL_HOLDS];
	struct model_id cookie[MODEL_COOKIES];
	struct model_id email[MODEL_PEOPLE];
	struct model_id phone[MODEL_PEOPLE];
	bool takes_two;       /* the setting four_eyes */
	struct sqlite3 *shop; /* the system that is a real one: walk_shop.h */
	struct model_rows rows;
	bool is_put_back;   /* from a backup, and nobody has replayed it */
	int64_t look_id;    /* the newest look at it */
	bool look_is_after; /* it was put back */
	struct model_minor minor[MODEL_MINORS];
	struct {
		char reference[9]; /* empty: nobody asked */
		char token[128];   /* empty: it takes a check first */
		int person;
		bool is_parent;
	} asked_minor; /* to opt in, by the first act */
	struct {
		char token[128]; /* empty: nobody asked */
		int person;
	} asked; /* to opt in again, by the first act */
	int64_t step;
	int64_t faults;     /* steps in which a statement failed */
	int64_t refused;    /* steps that the desk refused */
	int64_t ends[ENDS]; /* what was never met was never tried */
	const char *event;
	int64_t before; /* the end of the audit trail before this step */
	bool is_armed;  /* a statement of this step fails */
	bool may_fail; /* and has not been mended yet: the process still lives */
};

static inline int pick(struct walk *w, int n)
{
	return (int)rng_below(&w->rng, (uint64_t)n);
}

static inline struct desk as(struct walk *w, enum actor_kind kind)
{
	struct desk d = desk_as(&w->t, kind);

	d.arena = w->a;
	d.data_map = w->map;
	return d;
}

static inline void wrong(
	struct walk *w, const char *what, const char *reference)
{
	fprintf(stderr, "step %lld, %s%s%s%s: %s\n", (long long)w->step,
		w->event, w->is_armed ? ", a statement failed" : "",
		reference ? ", request " : "", reference ? reference : "",
		what);
	exit(1);
}

static inline str email_of(struct walk *w, int person)
{
	return arena_fmt(w->a, "walker%d@example.com", person);
}

static inline str phone_of(struct walk *w, int person)
{
	return arena_fmt(w->a, "510-555-%04d", 100 + person);
}

static inline int32_t days_of(str iso)
{
	struct date d;

	return date_parse(iso, &d) ? (int32_t)date_days(d) : 0;
}

static inline int32_t today(struct walk *w)
{
	return (int32_t)date_days(date_pacific(w->t.clock.fixed_ms));
}

/* --- the record ----------------------------------------------------------- */

enum { FAULT_WITHIN = 40 }; /* statements */

static inline void reopen(struct walk *w, int64_t fault_at)
{
	struct err e = { 0 };

	suppress_close(w->t.suppress);
	db_close(w->t.db);
	if (db_open(&w->t.db, w->t.fresh.url,
		    &(struct db_opts){ .fault_at = fault_at }, &e) ||
		suppress_open(&w->t.suppress, path(&w->t, "index.tyx"),
			w->t.keys, &e))
		fail("reopen", &e);
	w->may_fail = fault_at > 0;
	/* What a process remembered is gone with it. */
	w->t.recall = NULL;
}

/* The end of the audit trail: what grows with every change. */
static inline int64_t newest(struct walk *w, str *reference)
{
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };

	if (sql_audit_newest(w->t.db, w->a,
		    &(struct sql_audit_newest_in){ INT64_MAX, 1 }, &rows, &e))
		fail("newest", &e);
	if (reference)
		*reference = rows.n ? rows.at[0].reference : STR("");
	return rows.n ? rows.at[0].seq : 0;
}

/* False when the statement is the one that fails. */
static inline bool row_of(struct walk *w, const struct model_request *r,
	struct sql_request_by_id_row *out)
{
	struct sql_request_id_row id;
	struct err e = { 0 };
	int rc = sql_request_id(w->t.db, w->a,
		&(struct sql_request_id_in){ str_of(r->reference) }, &id, &e);

	if (rc == 1)
		rc = sql_request_by_id(w->t.db, w->a,
			&(struct sql_request_by_id_in){ id.id }, out, &e);
	if (rc != 1 && !w->may_fail)
		wrong(w, "10: an accepted request is lost", r->reference);
	return rc == 1;
}

static inline bool has_code(struct walk *w, int64_t request_id)
{
	struct sql_code_made_at_row row;
	struct err e = { 0 };

	return sql_code_made_at(w->t.db, w->a,
		       &(struct sql_code_made_at_in){ request_id }, &row,
		       &e) == 1;
}

/* What a request that was joined left its clock to. */
static inline bool has_earlier(struct walk *w, const struct model_request *r)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct model_request *o = &w->request[i];

		if (o != r && o->person == r->person && !o->is_stop &&
			!o->is_closed && o->received_day <= r->received_day)
			return true;
	}
	return false;
}

/* Was the later one joined with it, in this step? */
static inline bool was_joined_by(
	struct walk *w, const struct model_request *first)
{
	struct sql_audit_newest_rows rows;
	struct err e = { 0 };

	if (sql_audit_newest(w->t.db, w->a,
		    &(struct sql_audit_newest_in){ INT64_MAX, 40 }, &rows, &e))
		fail("newest", &e);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].seq > w->before &&
			str_eq(rows.at[i].event, STR("request.joined_by")) &&
			str_eq(rows.at[i].reference, str_of(first->reference)))
			return true;
	return false;
}

/* Whoever asks the same again before the answer, behind a code of the same address, and
 * gives the right details now, has given them (11 CCR 7060(a)): for the one that this is
 * joined with. */
static inline void note_joined(struct walk *w, const struct model_request *r)
{
	for (size_t i = 0; i < w->n; i++) {
		struct model_request *o = &w->request[i];

		if (o != r && o->person == r->person && o->kind == r->kind &&
			o->is_specific == r->is_specific && !r->is_mistyped &&
			was_joined_by(w, o))
			o->is_mistyped = false;
	}
}

static inline bool is_held_by(
	const struct walk *w, const struct model_request *r)
{
	for (size_t i = 0; i < MODEL_HOLDS; i++)
		if (!strcmp(w->hold[i].reference, r->reference))
			return true;
	return false;
}

static inline void look_at(struct walk *w, struct model_request *r)
{
	struct sql_request_by_id_row row;
	const char *what;
	struct model_seen s;

	must(row_of(w, r, &row));
	s = (struct model_seen){
		.state = arena_cstr(w->a, row.state),
		.outcome = arena_cstr(w->a, row.outcome),
		.received_day = days_of(row.received_on),
		.due_day = days_of(row.due_on),
		.is_closed = row.closed_at > 0,
		.closed_day = (int32_t)date_days(date_pacific(row.closed_at)),
		.keep_day = days_of(row.keep_until),
		.has_key = row.wrapped_key.n > 0,
		.has_code = has_code(w, row.id),
		.today = today(w),
	};
	if (s.is_closed && !r->is_closed && !r->is_stop) {
		w->ends[END_COMPLIED] += !strcmp(s.outcome, "complied");
		w->ends[END_PART] += !strcmp(s.outcome, "part");
		w->ends[END_NOTHING] += !strcmp(s.outcome, "nothing");
		w->ends[END_DENIED] += !strcmp(s.outcome, "denied");
		w->ends[END_JOINED] += !strcmp(s.outcome, "joined");
		w->ends[END_WITHDRAWN] += !strcmp(s.outcome, "withdrawn");
		w->ends[END_CORRECTED] += r->is_corrected;
		if (r->kind == MODEL_KNOW &&
			(!strcmp(s.outcome, "complied") ||
				!strcmp(s.outcome, "part") ||
				!strcmp(s.outcome, "nothing")))
			model_answered(&w->person[r->person], s.today);
		if (!strcmp(s.outcome, "joined") && !has_earlier(w, r))
			wrong(w, "1: joined, and nothing earlier goes on",
				r->reference);
		if (!strcmp(s.outcome, "joined"))
			note_joined(w, r);
		w->ends[END_EXTENDED] += r->is_extended;
	}
	w->ends[END_FORGOTTEN] += !s.has_key && !r->is_forgotten;
	w->ends[END_USED_UP] += r->kind == MODEL_KNOW && r->rank == 0 &&
				model_rank(s.state) == 4 && !r->is_denied;
	w->ends[END_TOLD] += r->is_stop && !r->is_closed && s.is_closed;
	if (!s.has_key && is_held_by(w, r))
		wrong(w, "NT-12: forgotten while it is held", r->reference);
	what = model_know(r, &w->person[r->person], &s);
	what = what ? what : model_fits(r, &s);
	if (what)
		wrong(w, what, r->reference);
	model_note(r, &s);
	if (s.is_closed)
		model_keeps_dropped(&w->rows, r->reference);
}

/* Others may have closed since they were looked at. */
static inline void look_at_requests(struct walk *w)
{
	for (size_t i = 0; i < w->n; i++)
		look_at(w, &w->request[i]);
}

static inline void look_at_person(struct walk *w, int person)
{
	struct desk d = as(w, ACTOR_COMMAND);
	struct suppress_query q = { .kind = IDENT_EMAIL,
		.value = email_of(w, person) };
	struct err e = { 0 };

	if (suppress_check(&d, &q, 1, &e))
		fail("check", &e);
	/* The lock goes with the last row that it was for. */
	if (w->person[person].has_lost_kept)
		w->person[person].reasons &=
			~(uint32_t)M_LOCK | (q.reasons & M_LOCK);
	if (q.reasons != w->person[person].reasons)
		wrong(w,
			arena_cstr(w->a,
				arena_fmt(w->a, "7: person %d has %x, not %x",
					person, q.reasons,
					w->person[person].reasons)),
			NULL);
}

/* --- events: true when they were carried out --------------------------------- */

typedef int event_fn(struct walk *w, struct model_request *r, struct err *e);

/* Taken by the desk, or stored by one that died before it could say so. */
static inline bool is_done(struct walk *w, int rc)
{
	if (w->is_armed)
		reopen(w, 0);
	else
		w->refused += rc != 0;
	return !rc || newest(w, NULL) != w->before;
}

/* Rows come to the shop. */
static inline void arrive(struct walk *w, int person);

/* The model's side of a new request. */
static inline struct model_request *add_request_as(
	struct walk *w, int person, enum model_kind kind, const char *reference)
{
	bool is_stop = kind == MODEL_STOP;
	struct model_request *r = &w->request[w->n];

	*r = (struct model_request){ .kind = kind,
		.is_stop = is_stop,
		.person = person,
		.received_day = today(w),
		.due_day = today(w) + 45 };
	memcpy(r->reference, reference, 8);
	w->n++;
	/* What a new search does not know yet is there for it to find. */
	if (!is_stop && !(w->person[person].reasons & M_DELETED)) {
		w->person[person].leads = pick(w, 2) ? pick(w, 4) : 0;
		if (pick(w, 2))
			arrive(w, person);
	}
	look_at(w, r);
	return r;
}

/* Behind an event of intake. */
static inline struct model_request *add_request(
	struct walk *w, int person, enum model_kind kind)
{
	char reference[9] = { 0 };
	str newest_one;

	newest(w, &newest_one);
	if (newest_one.n != 8)
		wrong(w, "the last entry is of no case", NULL);
	memcpy(reference, newest_one.p, 8);
	return add_request_as(w, person, kind, reference);
}

/* From somewhere else each time: what is tried here is not the limit. */
static inline str peer(struct walk *w)
{
	return arena_fmt(w->a, "2001:db8::%x:%x", (unsigned)pick(w, 65536),
		(unsigned)pick(w, 65536));
}

static inline struct post letter(
	struct walk *w, str reference, const char *template)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct sql_mail_list_rows rows;
	struct post p = { 0 };
	struct err e = { 0 };

	if (sql_mail_list(w->t.db, w->a, &(struct sql_mail_list_in){ 200 },
		    &rows, &e))
		return p;
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.at[i].reference, reference) &&
			(!template ? str_eq(rows.at[i].state, STR("waiting"))
				   : str_eq(rows.at[i].template,
					     str_of(template)))) {
			if (post_load(&d, rows.at[i].id, &p, &e) != 1)
				p = (struct post){ 0 };
			return p;
		}
	return p;
}

/* The word behind `before` in a letter: the secret of a link. */
static inline str secret_in(const struct post *p, str before)
{
	ptrdiff_t at = p->id ? str_find(p->text.v, before) : -1;
	str rest;
	size_t n = 0;

	if (at < 0)
		return STR("none");
	rest = str_from(p->text.v, (size_t)at + before.n);
	while (n < rest.n && rest.p[n] > ' ')
		n++;
	return str_head(rest, n);
}

/* The i-th task of the plan: 0 and 1 are the systems. */
static inline bool task_of(
	struct walk *w, struct model_request *r, int i, struct work *out)
{
	struct desk d = as(w, ACTOR_WORKER);
	struct sql_request_by_id_row row;
	struct sql_task_list_rows rows;
	struct err e = { 0 };

	if (!row_of(w, r, &row) ||
		sql_task_list(w->t.db, w->a,
			&(struct sql_task_list_in){ row.id }, &rows, &e))
		return false;
	for (size_t k = 0; k < rows.n; k++)
		if (str_eq(rows.at[k].name, plan[i].name))
			return fulfil_work(&d, rows.at[k].id, out, &e) == 1;
	return false;
}

#endif
