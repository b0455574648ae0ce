/* A preview of what is kept too long, for staff who asked for one. */
#include "desk/expiry_ask.h"
#include "job/job.h"

enum job_end job_expire_look(struct job *j, struct err *e)
{
	struct expiry_way way = {
		.credentials = install_path(
			j->install, j->install->config.credentials),
	};

	if (!expiry_look(j->desk, &way, e))
		return JOB_DONE;
	return e->code == ERR_UNAVAILABLE ? JOB_AGAIN : JOB_FAILED;
}
