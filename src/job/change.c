/*
 * Corrects in one system exactly the cells that were approved, and reads them
 * again.  Killed anywhere, the next run writes the same values and reports the
 * same.
 */
#include "connect/change.h"
#include "desk/correct.h"
#include "job/job.h"

static int change(struct job *j, const struct map *m,
	const struct map_system *s, const struct changes *changes,
	struct change_result *out, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = install_path(
			j->install, j->install->config.credentials),
	};
	struct change_request q = { s, changes->at, changes->n,
		desk_now(j->desk) };
	struct conn *c;

	if (conn_open(j->desk->arena, m, s, &options, &c, e))
		return -1;
	return change_run(c, j->desk->arena, &q, out, e);
}

enum job_end job_change(struct job *j, struct err *e)
{
	const struct map_system *system;
	struct change_result result;
	struct changes changes;
	struct work w;
	struct map map;
	int rc = fulfil_work(j->desk, j->subject_id, &w, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || w.is_done || !str_eq(w.state, STR("correcting")))
		return JOB_DONE;
	if (w.is_held) /* the end of the hold asks for this job again */
		return JOB_DONE;
	if (job_map(j, &map, e) || job_system(j, &map, &w, &system, e))
		return job_not_now(j, &w, e);
	if (map_asks_person(system))
		return w.is_reminder ? JOB_DONE : job_ask(j, e);
	if (correct_changes(j->desk, w.task_id, system, &changes, e) ||
		change(j, &map, system, &changes, &result, e))
		return job_not_now(j, &w, e);
	rc = result.is_proven
		     ? fulfil_corrected(j->desk, &w, &result, STR(""), e)
		     : fulfil_changed(j->desk, &w, e);
	return rc ? JOB_FAILED : JOB_DONE;
}
