/* What is kept longer than the data map says, in the systems where it may be erased. */
#include "desk/expiry.h"
#include "job/job.h"

enum { AGAIN_MS = 3600000 };

enum job_end job_expire(struct job *j, struct err *e)
{
	struct expiry_way way = {
		.credentials = install_path(
			j->install, j->install->config.credentials),
	};

	if (expiry_step(j->desk, &way, e))
		return e->code == ERR_UNAVAILABLE ? JOB_AGAIN : JOB_FAILED;
	return desk_job(j->desk, JOB_EXPIRE, 0, desk_now(j->desk) + AGAIN_MS, e)
		       ? JOB_FAILED
		       : JOB_DONE;
}
