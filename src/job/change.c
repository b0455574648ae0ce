/*
 * Corrects in one system exactly the cells that were approved, and reads them
 * again.  Killed anywhere, the next run writes the same values and reports the
 * same.
 */
#include "connect/change.h"
#include "connect/change_rest.h"
#include "desk/correct.h"
#include "job/job.h"

struct changing {
	const struct map *map;
	const struct map_system *system;
	struct changes changes;
	struct finding found;
};

static int change(struct job *j, const struct changing *x,
	struct change_result *out, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
		.paces = j->desk->paces,
	};
	struct change_request q = { x->system, x->changes.at, x->changes.n,
		desk_now(j->desk), &x->found };
	struct conn *c;

	if (conn_open(j->desk->arena, x->map, x->system, &options, &c, e))
		return -1;
	if (change_rest(c, j->desk->arena, &x->found, &q, e))
		return -1;
	return change_run(c, j->desk->arena, &q, out, e);
}

static int read_changes(
	struct job *j, const struct work *w, struct changing *x, struct err *e)
{
	if (find_from_json(j->desk->arena, x->system, w->finding, &x->found, e))
		return -1;
	return correct_changes(j->desk, w->task_id, x->system, &x->changes, e);
}

enum job_end job_change(struct job *j, struct err *e)
{
	struct change_result result;
	struct work w;
	struct map map;
	struct changing x = { .map = &map };
	int rc = fulfil_work(j->desk, j->subject_id, &w, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || w.is_done || !str_eq(w.state, STR("correcting")))
		return JOB_DONE;
	if (w.is_held) /* the end of the hold asks for this job again */
		return JOB_DONE;
	if (job_map(j, &map, e) || job_system(j, &map, &w, &x.system, e))
		return job_not_now(j, &w, e);
	if (map_asks_person(x.system))
		return w.is_reminder ? JOB_DONE : job_ask(j, e);
	if (read_changes(j, &w, &x, e) || change(j, &x, &result, e))
		return job_not_now(j, &w, e);
	rc = result.is_proven ? fulfil_corrected(j->desk, &w,
					&(struct work_corrected){
						&x.changes, &result, { 0 } },
					e)
			      : fulfil_changed(j->desk, &w, NULL, e);
	return rc ? JOB_FAILED : JOB_DONE;
}
