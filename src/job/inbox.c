/* Email that came to the business's address: taken, and its senders told how to make a
 * request. */
#include "desk/inbox.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "job/job.h"
#include "mail/send.h"

enum { AGAIN_MS = 60000 };

enum job_end job_inbox(struct job *j, struct err *e)
{
	str dir = j->install->config.inbox;
	struct mail_way way;
	size_t taken, sent;
	int64_t pause;

	if (!dir.n) /* turned off meanwhile */
		return JOB_DONE;
	if (inbox_take(j->desk, install_path(j->install, dir), &taken, e) ||
		post_way(j->desk->arena, j->install, &way, e) ||
		inbox_reply(j->desk, &way, &sent, e))
		return e->code == ERR_UNAVAILABLE ? JOB_AGAIN : JOB_FAILED;
	pause = taken == LIMIT_INBOX_AT_ONCE ? 0 : AGAIN_MS;
	return desk_job(j->desk, JOB_INBOX, 0, desk_now(j->desk) + pause, e)
		       ? JOB_FAILED
		       : JOB_DONE;
}
