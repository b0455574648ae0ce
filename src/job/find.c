/*
 * Looks for the person in one system.  The way in is the email address that
 * was confirmed, further addresses of the same person that another system knew,
 * and keys that the map says lead from there to here: a phone number or a ZIP code that somebody typed proves nothing, so
 * they are compared with what is found and never lead to rows.  Only who gave no address at
 * all is looked for by name and address together (connect/find_point.h), when staff say so.
 *
 * Where a look-up costs as much for many as for one, a run takes along who else is to
 * be looked for in its system: files are read once for all of them.  What was found of
 * one is stored, and its memory given back, before the next is searched for: a run
 * has room for all whom it took along, and one that ends early has stored some.
 */
#include "base/buf.h"
#include "connect/connector.h"
#include "connect/erase_stuck.h"
#include "connect/find_cross.h"
#include "connect/find_many.h"
#include "connect/find_point.h"
#include "connect/map.h"
#include "connect/never_empty.h"
#include "connect/point.h"
#include "desk/limit.h"
#include "desk/parts.h"
#include "job/job.h"

static void note_idents(
	struct arena *a, const struct finding *f, struct found *out)
{
	out->emails.at = arena_many(a, str, f->idents_n);
	out->phones.at = arena_many(a, str, f->idents_n);
	for (size_t i = 0; i < f->idents_n; i++) {
		const struct ident *id = &f->idents[i];
		str text = { id->text, id->n };

		if (id->kind == IDENT_EMAIL)
			out->emails.at[out->emails.n++] = text;
		else if (id->kind == IDENT_PHONE)
			out->phones.at[out->phones.n++] = text;
	}
	out->doubts.at = arena_many(a, str, f->doubts_n);
	for (size_t i = 0; i < f->doubts_n; i++)
		if (f->doubts[i].kind == IDENT_EMAIL)
			out->doubts.at[out->doubts.n++] =
				(str){ f->doubts[i].text, f->doubts[i].n };
}

/* One task of the system that this run carries out. */
struct search {
	struct companion job; /* job_id 0: the run's own */
	struct work w;
	struct job_ways ways;
	struct find_one one;
	unsigned by; /* what of them led here: found.searched_by */
	bool is_due; /* still to be searched for, or to be told of */
	enum job_end end;
	struct err why;
};

/* Which of the details that were typed are those of the rows, and which led there. */
static void note_points(const struct map *m, const struct search *x,
	const struct finding *f, struct found *out)
{
	const struct work *w = &x->w;

	out->is_marked = map_points(m) != 0;
	out->is_sensitive = finding_is_sensitive(f);
	points_compare(f, &w->typed, out->is_marked, &out->points);
	out->searched_by = x->by;
}

struct run {
	struct job *job;
	struct map map;
	const struct map_system *system;
	struct never_empty *never_empty;
	struct search *at; /* the first is the run's own */
	size_t n;
	const bool *const *full; /* links that may not be emptied; NULL */
};

/* Of the job's memory, for what is known of all before they are searched for. */
enum { ROOM = LIMIT_JOB_ARENA / 2 };

static bool has_room(const struct run *r)
{
	return arena_used(r->job->desk->arena) < ROOM;
}

static int read_work(
	struct job *j, int64_t task_id, struct search *x, struct err *e)
{
	int rc = fulfil_work(j->desk, task_id, &x->w, e);

	if (rc < 0)
		return -1;
	x->is_due = rc && !x->w.is_done && str_eq(x->w.state, STR("searching"));
	return 0;
}

/* --- telling --- */

/* a: of this person alone. */
static int store(const struct run *r, const struct search *x, struct arena *a,
	const struct finding *f, struct err *e)
{
	struct desk d = *r->job->desk;
	struct finding marked = never_empty_mark(
		r->never_empty, a, parts_system(a, r->system, x->w.parts), f);
	struct found found = { 0 };
	struct buf json = buf_in(a, FIND_JSON_MAX);
	struct find_lines told = find_keys_told(a, &r->map, f, FIND_IDENTS_MAX);

	erase_stuck_note(&marked, r->full);
	find_to_json(&json, &marked);
	must(buf_ok(&json));
	found.finding = buf_str(&json);
	found.rows = (int64_t)f->rows_n;
	note_idents(a, f, &found);
	note_points(&r->map, x, f, &found);
	found.born_on = finding_born(f, desk_today(r->job->desk));
	found.keys.at = told.lines;
	found.keys.n = told.n;
	d.arena = a;
	return fulfil_found(&d, &x->w, &found, e);
}

static void tell(const struct run *r, struct search *x, struct arena *a,
	const struct finding *f)
{
	x->end = store(r, x, a, f, &x->why) ? JOB_FAILED : JOB_DONE;
	x->is_due = false;
}

/* Nobody is left who was neither found nor has a reason. */
static int end(const struct run *r, struct search *x, struct err *e)
{
	if (x->is_due)
		x->end = job_not_now(r->job, &x->w, &x->why);
	if (!x->job.job_id)
		return 0;
	return job_companion_end(r->job, &x->job, x->end, &x->why, e);
}

/* --- searching --- */

static int open_system(const struct run *r, struct conn **out, struct err *e)
{
	struct job *j = r->job;
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
		.paces = j->desk->paces,
	};

	return conn_open(j->desk->arena, &r->map, r->system, &options, out, e);
}

static void make_ways(const struct run *r, struct search *x)
{
	job_ways(r->job->desk->arena, &x->w, r->system, &x->ways);
	x->one = (struct find_one){ .ids = x->ways.ids,
		.ids_n = x->ways.ids_n,
		.starts = x->ways.starts,
		.starts_n = x->ways.starts_n };
}

/* Those who are searched for together, and whose each is. */
struct together {
	const struct run *r;
	struct find_one *ones;
	struct search **of;
	size_t n;
};

static void tell_one(
	void *ctx, size_t i, struct arena *a, const struct finding *f)
{
	struct together *t = ctx;

	tell(t->r, t->of[i], a, f);
}

/* Alone, very many rows are counted instead of kept. */
static bool has_too_many(const struct err *why)
{
	return why->code == ERR_LIMIT;
}

static int search_together(const struct run *r, struct conn *c, struct err *e)
{
	struct arena *a = r->job->desk->arena;
	struct together t = { .r = r,
		.ones = arena_many(a, struct find_one, r->n),
		.of = arena_many(a, struct search *, r->n) };
	struct find_told told = { tell_one, &t };

	for (size_t i = 0; i < r->n; i++) {
		if (!r->at[i].is_due || r->at[i].why.code != ERR_NONE)
			continue;
		t.of[t.n] = &r->at[i];
		t.ones[t.n++] = r->at[i].one;
	}
	if (t.n < 2)
		return 0;
	if (find_many(c, t.ones, t.n, &told, e))
		return -1;
	for (size_t i = 0; i < t.n; i++)
		if (t.of[i]->is_due && !has_too_many(&t.ones[i].why))
			t.of[i]->why = t.ones[i].why;
	return 0;
}

static void search_by(const struct run *r, struct conn *c, struct search *x,
	const struct find_options *o)
{
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct finding found;

	x->why = (struct err){ 0 };
	if (!find_person(c, a, x->one.ids, x->one.ids_n, o, &found, &x->why))
		tell(r, x, a, &found);
	arena_free(a);
}

/* A search that ends in the middle of an answer leaves a server's connection unusable. */
static int open_anew(const struct run *r, struct conn **c, struct err *e)
{
	conn_close(*c);
	*c = NULL;
	return open_system(r, c, e);
}

/* Who changes rows keeps each, so that staff may choose among them, unless they are
 * too many for that.  -1: there is no connection any more. */
static int search_alone(
	const struct run *r, struct conn **c, struct search *x, struct err *e)
{
	struct find_options o = { .starts = x->one.starts,
		.starts_n = x->one.starts_n,
		.keep_max = x->w.is_to_know ? FIND_KEEP_MAX : 0,
		.map = &r->map };

	search_by(r, *c, x, &o);
	if (!x->is_due || !has_too_many(&x->why))
		return 0;
	if (open_anew(r, c, e))
		return -1;
	if (x->w.is_to_know)
		return 0;
	o.rows_max = CONNECT_VALUES_MAX;
	o.keep_max = FIND_KEEP_MAX;
	o.has_names = true;
	search_by(r, *c, x, &o);
	return x->is_due && has_too_many(&x->why) ? open_anew(r, c, e) : 0;
}

static struct find_start *joined(struct arena *a, const struct search *x,
	const struct point_starts *more)
{
	struct find_start *out =
		arena_many(a, struct find_start, x->one.starts_n + more->n);

	for (size_t i = 0; i < x->one.starts_n; i++)
		out[i] = x->one.starts[i];
	for (size_t i = 0; i < more->n; i++)
		out[x->one.starts_n + i] = more->at[i];
	return out;
}

/* Who has neither address nor number: what they typed leads in, or nothing does. */
static void enter_by_points(
	const struct run *r, struct conn *c, struct search *x)
{
	struct arena *a = r->job->desk->arena;
	struct point_starts starts;

	if (!x->is_due || !x->w.is_by_points)
		return;
	if (find_by_points(c, a, &x->w.typed, &starts, &x->why))
		return;
	x->by = starts.by;
	if (!find_composites(r->system, &x->w.typed) && !x->one.ids_n &&
		!x->one.starts_n)
		x->by = COMPOSITE_NO_WAY;
	x->one.starts = joined(a, x, &starts);
	x->one.starts_n += starts.n;
}

/* What approving would empty: only a deletion is approved. */
static int ask_never_empty(const struct run *r, struct conn *c, struct err *e)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->at[i].w.is_to_know &&
			never_empty_ask(r->never_empty, c,
				parts_system(r->job->desk->arena, r->system,
					r->at[i].w.parts),
				e))
			return -1;
	return 0;
}

/* Those whom the search of all left out, one by one. */
static int search_all(struct run *r, struct err *e)
{
	struct conn *c;
	int rc;

	for (size_t i = 0; i < r->n; i++)
		make_ways(r, &r->at[i]);
	if (open_system(r, &c, e))
		return -1;
	rc = erase_stuck_learn(c, r->job->desk->arena, &r->full, e);
	for (size_t i = 0; !rc && i < r->n; i++)
		enter_by_points(r, c, &r->at[i]);
	rc = rc ? rc : ask_never_empty(r, c, e);
	rc = rc ? rc : search_together(r, c, e);
	for (size_t i = 0; !rc && i < r->n; i++)
		if (r->at[i].is_due && r->at[i].why.code == ERR_NONE)
			rc = search_alone(r, &c, &r->at[i], e);
	if (c)
		conn_close(c);
	return rc;
}

/* --- who comes along --- */

/* For whom there is no room is given back, due at once. */
static int take_along(struct run *r, struct err *e)
{
	struct companions all;
	struct search *at;

	if (job_companions(r->job, COMPANION_FIND, r->system->name, &all, e))
		return -1;
	at = arena_many(r->job->desk->arena, struct search, all.n + 1);
	at[0] = r->at[0];
	r->at = at;
	for (size_t i = 0; i < all.n; i++) {
		struct search *x = &at[r->n];

		x->job = all.at[i];
		if (has_room(r)) {
			if (read_work(r->job, all.at[i].task_id, x, e))
				return -1;
			r->n++;
		} else if (job_companion_end(
				   r->job, &all.at[i], JOB_AGAIN, NULL, e)) {
			return -1;
		}
	}
	return 0;
}

static int prepare(struct run *r, struct err *e)
{
	if (job_map(r->job, &r->map, e) ||
		job_system(r->job, &r->map, &r->at[0].w, &r->system, e))
		return -1;
	r->never_empty = never_empty_new(r->job->desk->arena, r->system);
	return connector_kind_is_many(r->system->connector) ? take_along(r, e)
							    : 0;
}

enum job_end job_find(struct job *j, struct err *e)
{
	struct search own = { .end = JOB_DONE };
	struct run r = { .job = j, .at = &own, .n = 1 };

	if (read_work(j, j->subject_id, &own, e))
		return JOB_FAILED;
	if (!own.is_due)
		return JOB_DONE;
	if (prepare(&r, e))
		return job_not_now(j, &own.w, e);
	if (map_asks_person(r.system))
		return own.w.is_reminder ? JOB_DONE : job_ask(j, e);
	if (search_all(&r, e))
		for (size_t i = 0; i < r.n; i++)
			if (r.at[i].is_due)
				r.at[i].why = *e;
	for (size_t i = 0; i < r.n; i++)
		if (end(&r, &r.at[i], e))
			return JOB_FAILED;
	*e = r.at[0].why;
	return r.at[0].end;
}
