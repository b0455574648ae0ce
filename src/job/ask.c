/*
 * Asks a person to look, to delete or to correct, where no program can; or reminds them.
 * The task waits for their answer, which comes through their page
 * (desk/keeper.h), not through here.
 */
#include "desk/keeper.h"
#include "job/job.h"

/* Everything that was found there is to be kept: nobody has to be asked. */
static int keep_all(struct job *j, const struct work *w,
	const struct map_system *s, bool *is_done, struct err *e)
{
	struct erased r;

	*is_done = false;
	if (!str_eq(w->state, STR("approved")) || w->is_reminder)
		return 0;
	if (keeper_plan(j->desk, w, s, &r, e))
		return -1;
	*is_done = !r.rows;
	r.evidence = STR("{\"rows_to_delete\":0}");
	return *is_done ? fulfil_erased(j->desk, w, &r, e) : 0;
}

static bool is_asked_for(const struct work *w)
{
	return str_eq(w->state, STR("searching")) ||
	       str_eq(w->state, STR("approved")) ||
	       str_eq(w->state, STR("correcting"));
}

enum job_end job_ask(struct job *j, struct err *e)
{
	const struct map_system *system;
	struct work w;
	struct map map;
	bool is_done;
	int rc = fulfil_work(j->desk, j->subject_id, &w, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || w.is_done || !is_asked_for(&w))
		return JOB_DONE;
	/* The end of the hold asks for what was approved again. */
	if (w.is_held && !str_eq(w.state, STR("searching")))
		return JOB_DONE;
	if (job_map(j, &map, e) || job_system(j, &map, &w, &system, e) ||
		keep_all(j, &w, system, &is_done, e) ||
		(!is_done && keeper_ask(j->desk, &w, system, e)))
		return job_not_now(j, &w, e);
	return JOB_DONE;
}
