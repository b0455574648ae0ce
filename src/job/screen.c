/* People who were deleted and came back: every system in its turn. */
#include "desk/returned.h"
#include "job/job.h"

enum job_end job_screen(struct job *j, struct err *e)
{
	struct returned_way way = {
		.credentials = install_path(
			j->install, j->install->config.credentials),
	};
	int64_t again_ms;

	if (returned_step(j->desk, &way, &again_ms, e))
		return e->code == ERR_UNAVAILABLE ? JOB_AGAIN : JOB_FAILED;
	return desk_job(j->desk, JOB_SCREEN, 0, desk_now(j->desk) + again_ms, e)
		       ? JOB_FAILED
		       : JOB_DONE;
}
