/* Plans a request: every system of the data map is a task, and every vendor. */
#include "connect/map.h"
#include "job/job.h"

enum job_end job_search(struct job *j, struct err *e)
{
	struct arena *a = j->desk->arena;
	struct plan_row *rows;
	struct map map;
	size_t n = 0;

	if (job_map(j, &map, e))
		return JOB_FAILED;
	rows = arena_many(a, struct plan_row, map.systems_n + map.vendors_n);
	for (size_t i = 0; i < map.systems_n; i++)
		rows[n++] = (struct plan_row){ true, map.systems[i].name,
			map.systems[i].title };
	for (size_t i = 0; i < map.vendors_n; i++)
		rows[n++] = (struct plan_row){ false, map.vendors[i].name,
			map.vendors[i].title };
	return fulfil_plan(j->desk, j->subject_id, rows, n, e) ? JOB_FAILED
							       : JOB_DONE;
}
