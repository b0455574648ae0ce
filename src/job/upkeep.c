/* What is done at intervals: the ends of both logs are signed, what has had its time
 * is dropped, old cases are forgotten, dates that passed are noted, the index is built anew when the log has
 * grown. */
#include "desk/closing.h"
#include "desk/follow.h"
#include "desk/hold.h"
#include "desk/keeper.h"
#include "desk/keys.h"
#include "desk/late.h"
#include "desk/limit.h"
#include "desk/optin.h"
#include "desk/purge.h"
#include "desk/retention.h"
#include "desk/suppress.h"
#include "desk/telling.h"
#include "desk/wording.h"
#include "job/job.h"

enum { SEAL_MINUTES = 10, TIDY_MINUTES = 60 };

static int seal(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	return audit_seal_head(d->db, d->arena, d->keys, desk_now(d), e) < 0
		       ? -1
		       : 0;
}

static int again_in(
	struct job *j, enum job_kind kind, int minutes, struct err *e)
{
	return desk_job(
		j->desk, kind, 0, desk_now(j->desk) + minutes * 60000LL, e);
}

enum job_end job_seal(struct job *j, struct err *e)
{
	if (desk_write(j->desk, seal, NULL, e) ||
		follow_seal_head(j->desk, e) ||
		follow_snapshot_renew(j->desk, FOLLOW_RENEW_LEAST, e) ||
		again_in(j, JOB_SEAL, SEAL_MINUTES, e))
		return JOB_FAILED;
	return JOB_DONE;
}

/* What does a few at a time, until there is nothing left. */
static int run_all(struct job *j,
	int (*run)(struct desk *, int64_t *, struct err *), struct err *e)
{
	int64_t n;

	do {
		if (run(j->desk, &n, e))
			return -1;
	} while (n);
	return 0;
}

enum job_end job_tidy(struct job *j, struct err *e)
{
	if (purge_run(j->desk, e) || run_all(j, retention_run, e) ||
		run_all(j, late_run, e) || run_all(j, suppress_lapse, e) ||
		run_all(j, optin_lapse, e) || run_all(j, hold_run, e) ||
		run_all(j, hold_forget, e) || wording_note(j->desk, e) ||
		run_all(j, keeper_remind, e) || closing_run(j->desk, e) ||
		telling_run(j->desk, e) ||
		again_in(j, JOB_TIDY, TIDY_MINUTES, e))
		return JOB_FAILED;
	return JOB_DONE;
}

/* The log behind the index file is read into memory at every start; all of it
 * when the file is of a record that was put back (desk/suppress.c). */
enum job_end job_index(struct job *j, struct err *e)
{
	const char *path = install_path(j->install, STR("index.tyx"));
	int64_t entries;

	return suppress_refresh(
		       j->desk, path, LIMIT_DELTA_REBUILD, &entries, e) < 0
		       ? JOB_FAILED
		       : JOB_DONE;
}
