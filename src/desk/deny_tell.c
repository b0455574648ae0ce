#include "desk/deny_tell.h"

#include "desk/fulfil_task.h"

bool deny_locks(const struct record *r)
{
	return kind_row(r->kind)->flow == FLOW_ERASE &&
	       outcome_of(r->row.outcome) == OUTCOME_DENIED &&
	       r->person.kept_for.n;
}

int deny_tell_plan(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_tell_anew_in in = { r->row.id };

	if (!deny_locks(r))
		return 0;
	return sql_task_tell_anew(d->db, &in, e) < 0 ? -1 : 0;
}

/* The job asks the data map what the company is. */
int deny_tell(struct desk *d, const struct record *r, struct err *e)
{
	struct tally t;

	if (!deny_locks(r))
		return 0;
	if (record_tally(d, r->row.id, &t, e))
		return -1;
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct sql_task_list_row *row = &t.rows.at[i];

		if (str_eq(row->target, STR("vendor")) && !row->done_at &&
			!fulfil_was_told(row->asked_at, row->state) &&
			desk_job(d, JOB_TELL, row->id, desk_now(d), e))
			return -1;
	}
	return 0;
}

int fulfil_spare(struct desk *d, const struct work *w, struct err *e)
{
	struct sql_task_done_in in = {
		.id = w->task_id,
		.state = STR("spared"),
		.at = desk_now(d),
		.evidence = STR("{}"),
		.sealed = STR(""),
	};

	return sql_task_done(d->db, &in, e) < 0 ? -1 : 0;
}
