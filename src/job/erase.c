/*
 * Erases in one system exactly the rows that were approved, and reads again.
 * Killed anywhere, the next run finds what is left, finishes, and reports the
 * same: planned rows that are gone, whoever's run removed them.
 *
 * Where many cost no more than one, a run takes along what else is due in its
 * system, so that a thousand deletions rewrite its files once.
 */
#include "connect/erase.h"
#include "connect/connector.h"
#include "connect/erase_many.h"
#include "connect/erase_ready.h"
#include "connect/erase_shared.h"
#include "connect/find.h"
#include "connect/map.h"
#include "desk/keep.h"
#include "desk/limit.h"
#include "desk/parts.h"
#include "job/job.h"

static int64_t rows_deidentified(
	const struct map_system *s, const struct erase_result *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		if (s->tables[i].erase == ERASE_DEIDENTIFY)
			n += r->tables[i].changed;
	return n;
}

/* Rows that are gone may be gone with the business's own purge, and were not added; or
 * with a run of ours that was killed before it could say what it added. */
static int64_t rows_aggregated(
	const struct map_system *s, const struct erase_result *r, bool is_first)
{
	int64_t all = 0;

	for (size_t i = 0; i < s->tables_n; i++) {
		const struct erase_count *n = &r->tables[i];

		if (!n->into)
			continue;
		if (n->added < 0 || (!is_first && n->before < n->planned))
			return ROWS_UNKNOWN;
		all += n->added;
	}
	return all;
}

/* Rows of more than the parts that were asked for. */
static int64_t rows_emptied(
	const struct map_system *s, const struct erase_result *r)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		if (parts_leave(&s->tables[i]))
			n += r->tables[i].changed;
	return n;
}

/* One task of the system that this run carries out. */
struct erasing {
	struct companion job; /* job_id 0: the run's own */
	struct work w;
	struct erase_plan plan;
	struct erase_one one;
	struct erased report;
	bool is_ready; /* to be erased: approved, not held, not done */
	bool is_alone; /* has a map of its own: only some parts; shares rows; has very
			 * many rows; or rows that came since */
	bool is_tried;  /* by this run, together with others, in vain */
	bool is_erased; /* one.result says what became of it */
	bool is_told;   /* and so does the case */
	enum job_end end;
	struct err why;
};

struct run {
	struct job *job;
	struct map map;
	const struct map_system *system;
	struct keep_rows *keeps;
	struct erasing *at; /* the first is the run's own */
	size_t n;
	bool is_broken; /* the record could not be told: nobody else is erased */
	struct err broken;
};

/* --- what is to be done --- */

/* Held: the end of the hold asks for the job again. */
static int read_work(
	struct job *j, int64_t task_id, struct erasing *x, struct err *e)
{
	int rc = fulfil_work(j->desk, task_id, &x->w, e);

	if (rc < 0)
		return -1;
	x->is_ready = rc && !x->w.is_done && !x->w.is_held &&
		      str_eq(x->w.state, STR("approved"));
	x->is_alone = x->is_ready && x->w.parts;
	return 0;
}

static int read_finding(const struct run *r, const struct map_system *s,
	struct erasing *x, struct finding *out, struct err *e)
{
	if (find_from_json(r->job->desk->arena, s, x->w.finding, out, e))
		return -1;
	find_except(out, &r->keeps->exceptions);
	return 0;
}

static void make_plan(
	const struct run *r, const struct finding *f, struct erasing *x)
{
	struct arena *a = r->job->desk->arena;
	struct job_ways ways;

	x->report = (struct erased){ 0 };
	x->one = (struct erase_one){ 0 };
	erase_plan_of(a, f, false, &x->plan);
	fulfil_kept(a, &x->plan, &x->report);
	keep_report(r->keeps, f, &x->report);
	job_ways(a, &x->w, f->system, &ways);
	x->one.q = (struct erase_request){
		.plan = &x->plan,
		.ids = ways.ids,
		.ids_n = ways.ids_n,
		.starts = ways.starts,
		.starts_n = ways.starts_n,
		.at_ms = desk_now(r->job->desk),
		.map = &r->map,
	};
}

/* --- telling --- */

/* Then no other has added anything. */
static bool is_first_run(const struct run *r, const struct erasing *x)
{
	int64_t attempts = x->job.job_id ? x->job.attempts : r->job->attempts;

	return attempts == 1 && !x->is_tried;
}

/* A search might find nobody by what such rows hold, and the system would be called
 * deleted: it stays open instead, and says why. */
static void see_stuck(struct erasing *x)
{
	if (x->end != JOB_DONE || !x->one.result.stuck)
		return;
	err_set(&x->why, ERR_CONFLICT,
		"rows that are still there, or do not hold what they were "
		"given: %lld",
		(long long)x->one.result.stuck);
	err_hint(&x->why, "is there a trigger or a rule that changes it?");
	x->end = JOB_AGAIN;
}

static int tell(struct run *r, struct erasing *x, struct err *e)
{
	const struct erase_result *result = &x->one.result;

	if (!x->is_ready)
		return 0;
	see_stuck(x);
	if (x->end != JOB_DONE) {
		*e = x->why;
		x->end = job_not_now(r->job, &x->w, e);
		x->why = *e;
		return 0;
	}
	x->report.rows = result->gone;
	x->report.rows_deidentified = rows_deidentified(x->plan.system, result);
	x->report.rows_aggregated =
		rows_aggregated(x->plan.system, result, is_first_run(r, x));
	x->report.rows_emptied = rows_emptied(x->plan.system, result);
	x->report.evidence = result->evidence;
	return result->is_proven
		       ? fulfil_erased(r->job->desk, &x->w, &x->report, e)
		       : fulfil_changed(r->job->desk, &x->w, &x->report, e);
}

/* The run's own job is ended by the worker. */
static void end(struct run *r, struct erasing *x)
{
	x->is_told = true;
	if (tell(r, x, &x->why))
		x->end = JOB_FAILED;
	if (x->job.job_id &&
		job_companion_end(r->job, &x->job, x->end, &x->why, &r->broken))
		r->is_broken = true;
}

/* --- erasing --- */

static int open_system(const struct run *r, const struct map_system *s,
	struct conn **out, struct err *e)
{
	struct job *j = r->job;
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
		.paces = j->desk->paces,
		.exceptions = &r->keeps->exceptions,
	};

	return conn_open(j->desk->arena, &r->map, s, &options, out, e);
}

static int erase_one(const struct run *r, struct erasing *x, struct err *e)
{
	struct arena *a = r->job->desk->arena;
	const struct map_system *s = parts_system(a, r->system, x->w.parts);
	struct finding finding;
	struct conn *c;
	int rc;

	if (read_finding(r, s, x, &finding, e))
		return -1;
	s = parts_settled(a, r->system, s, x->w.parts, &finding);
	if (read_finding(r, s, x, &finding, e) || open_system(r, s, &c, e))
		return -1;
	rc = erase_ready(c, a, &finding, e);
	if (!rc) {
		make_plan(r, &finding, x);
		rc = erase_run(c, a, &x->one.q, &x->one.result, e);
	}
	conn_close(c);
	x->is_erased = !rc;
	return rc;
}

static bool may_go_along(const struct erasing *x)
{
	return x->is_ready && !x->is_alone && !x->is_erased &&
	       x->end == JOB_DONE;
}

/* Those that have the whole map, as many as one call takes. */
static size_t gather(const struct run *r, struct erasing **out)
{
	size_t keys = 0, n = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct erasing *x = &r->at[i];
		struct finding finding;

		if (!may_go_along(x))
			continue;
		if (read_finding(r, r->system, x, &finding, &x->why)) {
			x->end = JOB_AGAIN;
			continue;
		}
		x->is_alone = erase_needs_reading(&finding);
		if (x->is_alone)
			continue;
		make_plan(r, &finding, x);
		x->is_alone = erase_shared_is_due(&x->one.q) ||
			      erase_plan_keys(&x->plan) > ERASE_MANY_KEYS;
		if (x->is_alone)
			continue;
		if (keys + erase_plan_keys(&x->plan) > ERASE_MANY_KEYS)
			continue; /* the next group's */
		keys += erase_plan_keys(&x->plan);
		out[n++] = x;
	}
	return n;
}

/* 0 as well when somebody has to be looked at alone, and nobody was erased yet. */
static int erase_group(
	const struct run *r, struct erasing **of, size_t n, struct err *e)
{
	struct erase_one *ones =
		arena_many(r->job->desk->arena, struct erase_one, n);
	bool has_news = false;
	struct conn *c;
	int rc;

	for (size_t i = 0; i < n; i++)
		ones[i] = of[i]->one;
	if (open_system(r, r->system, &c, e))
		return -1;
	rc = erase_run_many(c, r->job->desk->arena, ones, n, e);
	conn_close(c);
	for (size_t i = 0; i < n; i++) {
		of[i]->is_alone |= ones[i].has_news;
		has_news |= ones[i].has_news;
		/* What the column does not take as it was made is made by its type. */
		of[i]->is_alone |= !rc && ones[i].result.stuck > 0;
		of[i]->is_erased = !rc && !of[i]->is_alone;
		if (of[i]->is_erased)
			of[i]->one = ones[i];
	}
	return has_news ? 0 : rc;
}

static void tell_group(struct run *r, struct erasing **of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (of[i]->is_erased)
			end(r, of[i]);
}

/* Memory of its own, for one or a group: what they take is given back before the next,
 * however many they are. */
static struct arena *own_memory(const struct run *r)
{
	struct arena *outer = r->job->desk->arena;

	r->job->desk->arena = arena_new(LIMIT_JOB_ARENA);
	return outer;
}

static void give_back(const struct run *r, struct arena *outer)
{
	arena_free(r->job->desk->arena);
	r->job->desk->arena = outer;
}

/* 1 when there may be another group. */
static int erase_next_group(struct run *r, struct erasing **of, struct err *e)
{
	struct arena *outer = own_memory(r);
	size_t n = gather(r, of);
	int rc = n > 1;

	if (rc && erase_group(r, of, n, e))
		rc = -1;
	else if (rc)
		tell_group(r, of, n);
	give_back(r, outer);
	return rc;
}

static int erase_together(struct run *r, struct err *e)
{
	struct erasing **of =
		arena_many(r->job->desk->arena, struct erasing *, r->n);
	int rc = 1;

	while (rc > 0 && !r->is_broken)
		rc = erase_next_group(r, of, e);
	return rc < 0 ? -1 : 0;
}

/* A hold may have been placed since the run began, and each takes its time. */
static int erase_if_still_meant(
	const struct run *r, struct erasing *x, struct err *e)
{
	if (r->n > 1 && read_work(r->job, x->w.task_id, x, e))
		return -1;
	return x->is_ready ? erase_one(r, x, e) : 0;
}

/* Told before the next: a case would have to remember all that it took. */
static void erase_alone(
	struct run *r, struct erasing *x, const struct err *is_away)
{
	struct arena *outer = own_memory(r);

	if (is_away)
		x->why = *is_away;
	if (is_away || erase_if_still_meant(r, x, &x->why))
		x->end = JOB_AGAIN;
	end(r, x);
	give_back(r, outer);
}

/* What one of them keeps from happening is nobody else's trouble: those who were
 * not erased together are erased one by one. */
static void erase_all(struct run *r)
{
	struct err e = { 0 };
	bool is_tried = r->n > 1 && erase_together(r, &e);
	bool is_away = is_tried && e.code == ERR_UNAVAILABLE;

	for (size_t i = 0; i < r->n && !r->is_broken; i++) {
		struct erasing *x = &r->at[i];

		if (x->is_told)
			continue;
		x->is_tried = is_tried;
		if (!x->is_ready || x->end != JOB_DONE)
			end(r, x);
		else
			erase_alone(r, x, is_away ? &e : NULL);
	}
}

/* --- who comes along --- */

/* Room is by what the findings take; the others are given back, due at once. */
static int take_along(struct run *r, struct err *e)
{
	struct job *j = r->job;
	struct companions all;
	size_t bytes = r->at[0].w.finding.n;

	if (job_companions(j, COMPANION_ERASE, r->system->name, &all, e))
		return -1;
	r->at = arena_many(j->desk->arena, struct erasing, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		struct erasing *x = &r->at[r->n];

		x->job = all.at[i];
		if (bytes < LIMIT_ERASE_TOGETHER_BYTES) {
			if (read_work(j, all.at[i].task_id, x, e))
				return -1;
			bytes += x->w.finding.n;
			r->n++;
		} else if (job_companion_end(
				   j, &all.at[i], JOB_AGAIN, NULL, e)) {
			return -1;
		}
	}
	return 0;
}

static int prepare(struct run *r, struct err *e)
{
	struct erasing own = r->at[0];

	if (job_map(r->job, &r->map, e) ||
		job_system(r->job, &r->map, &own.w, &r->system, e) ||
		keep_load(r->job->desk, r->system->name, &r->keeps, e))
		return -1;
	if (!connector_kind_is_many(r->system->connector))
		return 0;
	if (take_along(r, e))
		return -1;
	r->at[0] = own;
	return 0;
}

enum job_end job_erase(struct job *j, struct err *e)
{
	struct erasing own = { .end = JOB_DONE };
	struct run r = { .job = j, .at = &own, .n = 1 };

	if (read_work(j, j->subject_id, &own, e))
		return JOB_FAILED;
	if (!own.is_ready)
		return JOB_DONE;
	if (prepare(&r, e))
		return job_not_now(j, &own.w, e);
	if (map_asks_person(r.system))
		return own.w.is_reminder ? JOB_DONE : job_ask(j, e);
	erase_all(&r);
	*e = r.is_broken ? r.broken : r.at[0].why;
	return r.is_broken ? JOB_FAILED : r.at[0].end;
}
