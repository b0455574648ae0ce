/*
 * The plan of a request: a task for each system and vendor of the data map that it
 * is about, and the search of each system asked for.
 */
#include "desk/fulfil_task.h"
#include "desk/parts.h"

struct planning {
	int64_t request_id;
	const struct plan_row *rows;
	size_t n;
};

/* 1, or 0 when it was planned before. */
static int64_t add_task(struct desk *d, int64_t request_id,
	const struct plan_row *row, struct err *e)
{
	struct sql_task_add_in in = {
		.request_id = request_id,
		.target = row->is_system ? STR("system") : STR("vendor"),
		.name = row->name,
		.title = row->title,
		.state = row->is_system ? STR("searching") : STR("planned"),
		.due_on = STR(""),
		.created_at = desk_now(d),
		.sealed = STR(""),
	};

	return sql_task_add(d->db, &in, e);
}

int fulfil_start_searches(struct desk *d, int64_t request_id, struct err *e)
{
	struct tally t;

	if (record_tally(d, request_id, &t, e))
		return -1;
	for (size_t i = 0; i < t.rows.n; i++)
		if (str_eq(t.rows.at[i].state, STR("searching")) &&
			desk_job(d, JOB_FIND, t.rows.at[i].id, desk_now(d), e))
			return -1;
	return 0;
}

bool fulfil_is_searched_for(const struct record *r)
{
	return r->state == STATE_SEARCHING || r->state == STATE_REVIEW ||
	       r->state == STATE_WORKING;
}

static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	const struct planning *p = ctx;
	int64_t systems = 0;
	int64_t tasks = 0;
	bool tells_vendors;
	struct record r;
	int rc = record_by_id(d, p->request_id, &r, e);

	if (rc <= 0)
		return rc;
	if (record_lock(d, &r, e))
		return -1;
	if (!fulfil_is_searched_for(&r))
		return 0;
	/* An answer changes nothing: no company has to be told. */
	tells_vendors = !kind_only_answers(r.kind);
	for (size_t i = 0; i < p->n; i++) {
		int64_t n;

		if (!p->rows[i].is_system && !tells_vendors)
			continue;
		n = add_task(d, p->request_id, &p->rows[i], e);
		if (n < 0)
			return -1;
		tasks += n;
		systems += p->rows[i].is_system ? n : 0;
	}
	if (tasks &&
		DESK_AUDIT(d, AUDIT_PLANNED, r.row.reference, e,
			AD("systems", systems), AD("vendors", tasks - systems)))
		return -1;
	return fulfil_start_searches(d, p->request_id, e);
}

int fulfil_plan(struct desk *d, int64_t request_id, const struct plan_row *rows,
	size_t n, struct err *e)
{
	struct planning p = { request_id, rows, n };

	return desk_write(d, store_plan, &p, e);
}

int fulfil_parts(
	struct desk *d, int64_t request_id, unsigned *parts, struct err *e)
{
	struct record r;
	int rc = record_by_id(d, request_id, &r, e);

	*parts = rc > 0 ? parts_of(&r.person) : 0;
	return rc < 0 ? -1 : 0;
}

int fulfil_may_skip(
	struct desk *d, int64_t request_id, bool *out, struct err *e)
{
	struct record r;
	int rc = record_by_id(d, request_id, &r, e);

	*out = rc > 0 && kind_row(r.kind)->flow == FLOW_TELL;
	return rc < 0 ? -1 : 0;
}

static int end_skipped(struct desk *d, void *ctx, struct err *e)
{
	const int64_t *request_id = ctx;
	struct record r;
	int rc = record_by_id(d, *request_id, &r, e);

	if (rc <= 0)
		return rc;
	if (record_lock(d, &r, e))
		return -1;
	return r.state == STATE_SEARCHING ? fulfil_end_search(d, &r, e) : 0;
}

int fulfil_skipped(struct desk *d, int64_t request_id, struct err *e)
{
	return desk_write(d, end_skipped, &request_id, e);
}
