/* A request of the portal that has been searched, or whose package was made. */
#include "desk/portal.h"
#include "job/job.h"

enum job_end job_portal(struct job *j, struct err *e)
{
	const char *folder = install_path(j->install, STR("disclosures"));

	if (!portal_work(j->desk, j->subject_id, folder, e))
		return JOB_DONE;
	return e->code == ERR_UNAVAILABLE ? JOB_AGAIN : JOB_FAILED;
}
