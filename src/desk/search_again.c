#include "desk/search_again.h"

#include "connect/map.h"
#include "desk/fulfil_task.h"
#include "desk/second.h"

/* Approved, and the system says that no new try mends it. */
static bool is_refused(const struct sql_task_list_row *t)
{
	return t->refused && t->problem.n &&
	       (str_eq(t->state, STR("approved")) ||
		       str_eq(t->state, STR("correcting")));
}

static bool is_due(const struct record *r, const struct sql_task_list_row *t)
{
	if (!str_eq(t->target, STR("system")) || t->done_at)
		return false;
	if (r->state == STATE_REVIEW && str_eq(t->state, STR("found")))
		return true;
	return (r->state == STATE_REVIEW || r->state == STATE_WORKING) &&
	       is_refused(t);
}

bool search_again_can(const struct record *r, const struct tally *t)
{
	for (size_t i = 0; i < t->rows.n; i++)
		if (is_due(r, &t->rows.at[i]))
			return true;
	return false;
}

/* Nobody tries it any more; or somebody does, and what they say of it would be lost. */
static int end_tries(
	struct desk *d, const struct sql_task_list_row *t, struct err *e)
{
	struct sql_job_end_waiting_in in = { .subject_id = t->id,
		.kind = str_eq(t->state, STR("approved")) ? STR("erase")
							  : STR("change"),
		.at = desk_now(d) };
	int64_t n = is_refused(t) ? sql_job_end_waiting(d->db, &in, e) : 1;

	if (n > 0)
		return 0;
	if (n < 0)
		return -1;
	err_set(e, ERR_CONFLICT, "\"%.*s\" is being tried right now",
		STR_ARG(t->title));
	return err_hint(e, "search again in a moment");
}

static bool asks_person(const struct map *m, str name)
{
	const struct map_system *s = map_system_named(m, name);

	return s && map_asks_person(s);
}

static int reopen(struct desk *d, const struct record *r, const struct map *m,
	int64_t *n, struct err *e)
{
	struct tally t;

	if (record_tally(d, r->row.id, &t, e))
		return -1;
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct sql_task_list_row *row = &t.rows.at[i];
		struct sql_task_search_again_in in = { row->id };

		if (!is_due(r, row) || asks_person(m, row->name))
			continue;
		if (end_tries(d, row, e) ||
			sql_task_search_again(d->db, &in, e) < 0)
			return -1;
		++*n;
	}
	return 0;
}

static int search(struct desk *d, void *ctx, struct err *e)
{
	const str *reference = ctx;
	int64_t n = 0;
	struct record r;
	struct map map;

	if (map_read(d->arena, d->data_map, &map, e) ||
		record_need(d, *reference, &r, e) || record_lock(d, &r, e) ||
		reopen(d, &r, &map, &n, e))
		return -1;
	if (!n)
		return err_set(e, ERR_CONFLICT,
			"there is nothing to search again here");
	/* Who approved it first had seen something else. */
	if (second_drop(d, r.row.id, e) < 0 ||
		DESK_AUDIT(d, AUDIT_SEARCH_AGAIN, r.row.reference, e,
			AD("systems", n)))
		return -1;
	return desk_job(d, JOB_SEARCH, r.row.id, desk_now(d), e);
}

int case_search_again(struct desk *d, str reference, struct err *e)
{
	if (desk_need(d, PERM_RETRY, e))
		return -1;
	return desk_write(d, search, &reference, e);
}
