#include "job/job.h"

#include "connect/find_cross.h"
#include "connect/map.h"
#include "desk/limit.h"
#include "store/sql.h"

int job_map(struct job *j, struct map *out, struct err *e)
{
	return map_read(j->desk->arena, j->desk->data_map, out, e);
}

int job_system(struct job *j, const struct map *m, const struct work *w,
	const struct map_system **out, struct err *e)
{
	(void)j;
	*out = map_system_named(m, w->name);
	if (*out)
		return 0;
	err_set(e, ERR_CONFLICT, "the data map has no system \"%.*s\" any more",
		STR_ARG(w->name));
	return err_hint(e, "put it back, or the request can't be finished");
}

void job_ways(struct arena *a, const struct work *w, const struct map_system *s,
	struct job_ways *out)
{
	*out = (struct job_ways){ 0 };
	out->ids = arena_many(a, struct ident, w->emails.n + 1);
	if (w->phone.n)
		out->ids_n +=
			ident_read(&out->ids[out->ids_n], IDENT_TOYON_1,
				IDENT_PHONE, w->phone) == IDENT_FAULT_NONE;
	for (size_t i = 0; i < w->emails.n; i++)
		out->ids_n += ident_read(&out->ids[out->ids_n], IDENT_TOYON_1,
				      IDENT_EMAIL,
				      w->emails.at[i]) == IDENT_FAULT_NONE;
	out->starts =
		find_starts_of(a, s, w->keys.at, w->keys.n, &out->starts_n);
}

enum job_end job_not_now(struct job *j, const struct work *w, struct err *e)
{
	struct err second = { 0 };

	if (fulfil_failed(j->desk, w, e, &second)) {
		*e = second;
		return JOB_FAILED;
	}
	return JOB_AGAIN;
}

int job_companions(struct job *j, enum companion_kind kind, str system,
	struct companions *out, struct err *e)
{
	static const struct {
		str kind;
		str state;
	} rows_of[] = {
		[COMPANION_FIND] = { STR_INIT("find"), STR_INIT("searching") },
		[COMPANION_ERASE] = { STR_INIT("erase"), STR_INIT("approved") },
	};
	struct desk *d = j->desk;
	struct sql_job_lease_along_in in = {
		.now = desk_now(d),
		.lease_until = desk_now(d) + LIMIT_JOB_LEASE_SECONDS * 1000LL,
		.lease_by = j->node,
		.with_id = j->id,
		.kind = rows_of[kind].kind,
		.state = rows_of[kind].state,
		.system = system,
		.crashed = STR(JOB_CRASHED),
		.first = LIMIT_ERASE_TOGETHER - 1,
	};
	struct sql_job_lease_along_rows rows;

	*out = (struct companions){ 0 };
	if (j->has_crashed)
		return 0;
	if (sql_job_lease_along(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct companion, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct companion){ rows.at[i].id,
			rows.at[i].subject_id, rows.at[i].attempts };
	return 0;
}

int job_companion_end(struct job *j, const struct companion *c,
	enum job_end end, const struct err *why, struct err *e)
{
	struct db *db = j->desk->db;
	int64_t now = desk_now(j->desk);
	struct sql_job_done_in done = { c->job_id, j->node, now };
	struct sql_job_give_back_in back = { c->job_id, j->node, now };
	struct sql_job_retry_in again = {
		.id = c->job_id,
		.lease_by = j->node,
		.run_at = now + job_pause_ms(c->attempts),
	};
	int64_t n;

	if (why)
		again.problem = str_of(why->message);
	n = end == JOB_DONE ? sql_job_done(db, &done, e)
	    : why           ? sql_job_retry(db, &again, e)
			    : sql_job_give_back(db, &back, e);
	return n < 0 ? -1 : 0;
}

int64_t job_pause_ms(int64_t attempts)
{
	int64_t s = LIMIT_RETRY_FIRST_SECONDS;

	for (int64_t i = 1; i < attempts && s < LIMIT_RETRY_MOST_SECONDS; i++)
		s *= 2;
	if (s > LIMIT_RETRY_MOST_SECONDS)
		s = LIMIT_RETRY_MOST_SECONDS;
	return s * 1000;
}
