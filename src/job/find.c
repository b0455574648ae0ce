/*
 * Looks for the person in one system.  The way in is the email address that
 * was confirmed, further addresses of the same person that another system knew,
 * and keys that the map says lead from there to here: a phone number or a ZIP code that somebody typed proves nothing, so
 * they are compared with what is found and never lead to rows.
 *
 * Where a look-up costs as much for many as for one, a run takes along who else is to
 * be looked for in its system: files are read once for all of them.
 */
#include "base/buf.h"
#include "connect/connector.h"
#include "connect/find_cross.h"
#include "connect/find_many.h"
#include "connect/map.h"
#include "connect/point.h"
#include "desk/limit.h"
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
}

/* Which of the details that were typed are those of the rows. */
static void note_points(const struct map *m, const struct work *w,
	const struct finding *f, struct found *out)
{
	out->is_marked = map_points(m) != 0;
	out->is_sensitive = finding_is_sensitive(f);
	points_compare(f, &w->typed, out->is_marked, &out->points);
}

/* One task of the system that this run carries out. */
struct search {
	struct companion job; /* job_id 0: the run's own */
	struct work w;
	struct job_ways ways;
	struct find_one one;
	bool is_due; /* still to be searched for */
	enum job_end end;
	struct err why;
};

struct run {
	struct job *job;
	struct map map;
	const struct map_system *system;
	struct search *at; /* the first is the run's own */
	size_t n;
};

/* What is left of the job's memory is enough for one more person. */
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

/* --- searching --- */

static int open_system(const struct run *r, struct conn **out, struct err *e)
{
	struct job *j = r->job;
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
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

static int search_together(const struct run *r, struct conn *c, struct err *e)
{
	struct find_one *ones =
		arena_many(r->job->desk->arena, struct find_one, r->n);
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].is_due)
			ones[n++] = r->at[i].one;
	if (n < 2)
		return 0;
	if (find_many(c, r->job->desk->arena, ones, n, e))
		return -1;
	for (size_t i = r->n; i-- > 0;)
		if (r->at[i].is_due)
			r->at[i].one = ones[--n];
	return 0;
}

static int search_alone(const struct run *r, struct conn *c, struct search *x)
{
	struct find_options o = { .starts = x->one.starts,
		.starts_n = x->one.starts_n };

	return find_person(c, r->job->desk->arena, x->one.ids, x->one.ids_n, &o,
		&x->one.found, &x->why);
}

/* Those whom the search of all left out, one by one. */
static int search_all(const struct run *r, struct err *e)
{
	struct conn *c;
	int rc;

	for (size_t i = 0; i < r->n; i++)
		make_ways(r, &r->at[i]);
	if (open_system(r, &c, e))
		return -1;
	rc = search_together(r, c, e);
	for (size_t i = 0; !rc && i < r->n; i++) {
		struct search *x = &r->at[i];

		x->why = x->one.why;
		if (!x->is_due || x->one.is_found || x->why.code != ERR_NONE)
			continue;
		if (has_room(r))
			x->one.is_found = !search_alone(r, c, x);
	}
	conn_close(c);
	return rc;
}

/* --- telling --- */

static int store(const struct run *r, struct search *x, struct err *e)
{
	struct arena *a = r->job->desk->arena;
	struct found found = { 0 };
	const struct finding *f = &x->one.found;
	struct buf json = buf_in(a, FIND_JSON_MAX);

	find_to_json(&json, f);
	must(buf_ok(&json));
	found.finding = buf_str(&json);
	found.rows = (int64_t)f->rows_n;
	note_idents(a, f, &found);
	note_points(&r->map, &x->w, f, &found);
	found.keys.at = find_keys_told(a, &r->map, f, &found.keys.n);
	return fulfil_found(r->job->desk, &x->w, &found, e);
}

/* Not looked for, and nothing is wrong: there was no room, and it is due at once. */
static void tell(const struct run *r, struct search *x)
{
	if (!x->is_due)
		return;
	if (x->one.is_found && has_room(r))
		x->end = store(r, x, &x->why) ? JOB_FAILED : JOB_DONE;
	else if (x->why.code != ERR_NONE)
		x->end = job_not_now(r->job, &x->w, &x->why);
	else
		x->end = JOB_AGAIN;
}

static int end(const struct run *r, struct search *x, struct err *e)
{
	tell(r, x);
	if (!x->job.job_id)
		return 0;
	return job_companion_end(r->job, &x->job, x->end,
		x->why.code == ERR_NONE ? NULL : &x->why, e);
}

/* --- who comes along --- */

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
		struct search *x = &at[r->n++];

		x->job = all.at[i];
		if (read_work(r->job, all.at[i].task_id, x, e))
			return -1;
	}
	return 0;
}

static int prepare(struct run *r, struct err *e)
{
	if (job_map(r->job, &r->map, e) ||
		job_system(r->job, &r->map, &r->at[0].w, &r->system, e))
		return -1;
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
			r.at[i].why = *e;
	for (size_t i = 0; i < r.n; i++)
		if (end(&r, &r.at[i], e))
			return JOB_FAILED;
	*e = r.at[0].why;
	return r.at[0].end;
}
