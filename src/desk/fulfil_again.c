/*
 * What is not done: a system that holds other rows than were approved is searched
 * again, one that could not be reached is tried again.
 */
#include "desk/fulfil_task.h"

struct changed_report {
	const struct work *w;
	const struct erased *r; /* or NULL */
};

/* Said with this plan, since the next one does not know them. */
static int note_gone(struct desk *d, struct record *r,
	const struct changed_report *p, struct err *e)
{
	struct sql_task_gone_in in = { .id = p->w->task_id };

	if (!p->r)
		return 0;
	in.rows_erased = p->r->rows;
	in.evidence = p->r->evidence;
	return sql_task_gone(d->db, &in, e) < 0 ||
			       fulfil_note_ways(d, r, p->w, p->r, e)
		       ? -1
		       : 0;
}

static int store_changed(struct desk *d, void *ctx, struct err *e)
{
	const struct changed_report *p = ctx;
	struct sql_task_state_in in = {
		.id = p->w->task_id,
		.was = p->w->state, /* approved, or correcting */
		.state = STR("searching"),
	};
	struct record r;
	int64_t n;

	if (record_need(d, p->w->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	n = sql_task_state(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	if (note_gone(d, &r, p, e) ||
		DESK_AUDIT(d, AUDIT_CHANGED_SINCE, r.row.reference, e,
			AD("system", p->w->title)))
		return -1;
	return desk_job(d, JOB_FIND, p->w->task_id, desk_now(d), e);
}

int fulfil_changed(struct desk *d, const struct work *w, const struct erased *r,
	struct err *e)
{
	struct changed_report p = { w, r };

	return desk_write(d, store_changed, &p, e);
}

struct failed_report {
	const struct work *w;
	const struct err *why;
};

/* Away, or busy: waiting mends it.  Anything else stands until somebody changes the
 * system, the data map or what was asked for. */
static bool is_refusal(const struct err *why)
{
	return why->code != ERR_UNAVAILABLE;
}

/* What is wrong, and what to do. */
static str problem_of_err(struct arena *a, const struct err *why)
{
	return why->hint[0] ? arena_fmt(a, "%s; %s", why->message, why->hint)
			    : str_of(why->message);
}

static int store_failed(struct desk *d, void *ctx, struct err *e)
{
	const struct failed_report *p = ctx;
	struct sql_task_problem_in in = {
		.id = p->w->task_id,
		.problem = problem_of_err(d->arena, p->why),
		.refused = is_refusal(p->why),
	};
	struct sql_task_by_id_row t;
	int64_t n;

	if (sql_task_by_id(d->db, d->arena,
		    &(struct sql_task_by_id_in){ in.id }, &t, e) < 0)
		return -1;
	n = sql_task_problem(d->db, &in, e);
	if (n <= 0)
		return (int)n;
	if (t.problem.n) /* said once; the tries are counted on the case */
		return 0;
	return DESK_AUDIT(d, AUDIT_UNREACHABLE, p->w->reference, e,
		AD("system", p->w->title));
}

int fulfil_failed(struct desk *d, const struct work *w, const struct err *why,
	struct err *e)
{
	struct failed_report p = { w, why };

	return desk_write(d, store_failed, &p, e);
}
