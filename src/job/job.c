#include "job/job.h"

#include "connect/find_cross.h"
#include "connect/map.h"
#include "desk/limit.h"

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

int64_t job_pause_ms(int64_t attempts)
{
	int64_t s = LIMIT_RETRY_FIRST_SECONDS;

	for (int64_t i = 1; i < attempts && s < LIMIT_RETRY_MOST_SECONDS; i++)
		s *= 2;
	if (s > LIMIT_RETRY_MOST_SECONDS)
		s = LIMIT_RETRY_MOST_SECONDS;
	return s * 1000;
}
