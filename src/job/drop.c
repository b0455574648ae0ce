/*
 * The State's lists, a step at a time: each is short of none of its own record,
 * so that one that is killed is only begun again.
 */
#include "desk/drop.h"
#include "job/job.h"

enum { STEPS = 20 };

/* Vendors' letters that could not go are the operator's to mend, and wait. */
static int tell_vendors(struct job *j, struct err *e)
{
	struct err why = { .code = ERR_UNAVAILABLE };
	size_t told;
	str problem;

	if (drop_tell(j->desk, j->install, &told, &problem, e))
		return -1;
	if (!problem.n)
		return 0;
	err_set(&why, ERR_UNAVAILABLE, "%.*s", STR_ARG(problem));
	log_err(j->log, "a vendor could not be told", &why);
	return 0;
}

enum job_end job_drop(struct job *j, struct err *e)
{
	struct desk *d = j->desk;
	struct drop_place place;
	struct drop_step step = { 0 };

	if (!drop_is_set_up(d))
		return JOB_DONE;
	drop_place_of(j->install, &place);
	for (int i = 0; i < STEPS && !step.again_ms; i++) {
		if (drop_step(d, &place, &step, e))
			return e->code == ERR_UNAVAILABLE ? JOB_AGAIN
							  : JOB_FAILED;
		log_event(j->log, LOG_INFO, "drop", LF("step", step.words));
	}
	if (tell_vendors(j, e) ||
		desk_job(d, JOB_DROP, 0,
			desk_now(d) + (step.again_ms ? step.again_ms : 1), e))
		return JOB_FAILED;
	return JOB_DONE;
}
