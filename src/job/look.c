/* The public forms, tried from outside. */
#include "desk/outage.h"
#include "job/job.h"

enum job_end job_look(struct job *j, struct err *e)
{
	int64_t again_ms;

	if (outage_step(j->desk, j->install, &again_ms, e))
		return e->code == ERR_UNAVAILABLE ? JOB_AGAIN : JOB_FAILED;
	if (!again_ms)
		return JOB_DONE;
	return desk_job(j->desk, JOB_LOOK, 0, desk_now(j->desk) + again_ms, e)
		       ? JOB_FAILED
		       : JOB_DONE;
}
