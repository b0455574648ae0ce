/* Makes the evidence file of a case: here, since it is signed. */
#include "desk/binder.h"

#include "base/version.h"
#include "job/job.h"

enum job_end job_binder(struct job *j, struct err *e)
{
	str why;

	if (!binder_make(j->desk, j->subject_id, STR(TOYON_VERSION), e))
		return JOB_DONE;
	if (e->code == ERR_UNAVAILABLE)
		return JOB_AGAIN;
	why = arena_dup(j->desk->arena, str_of(e->message));
	return binder_stopped(j->desk, j->subject_id, why, e) ? JOB_FAILED
							      : JOB_DONE;
}
