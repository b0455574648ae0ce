#include "desk/purge.h"

#include "desk/inbox.h"
#include "desk/limit.h"
#include "store/sql.h"

enum { DAY_MS = 86400000, JOB_KEEP_DAYS = 7 };

static int purge_sessions(struct desk *d, int64_t now, struct err *e)
{
	struct sql_session_purge_in in = {
		.seen_before = now - LIMIT_SESSION_IDLE_MINUTES * 60000LL,
		.created_before = now - LIMIT_SESSION_HOURS * 3600000LL,
	};

	return sql_session_purge(d->db, &in, e) < 0 ? -1 : 0;
}

static int purge(struct desk *d, void *ctx, struct err *e)
{
	int64_t now = desk_now(d);
	struct sql_draft_purge_in drafts = { now -
					     LIMIT_DRAFT_MINUTES * 60000LL };
	struct sql_attempt_purge_in attempts = { now - DAY_MS };
	struct sql_job_purge_in jobs = { now -
					 JOB_KEEP_DAYS * (int64_t)DAY_MS };

	struct sql_package_visit_purge_in visits = {
		now - LIMIT_PACKAGE_VISIT_MINUTES * 60000LL
	};

	/* A day: how often an account comes, and from where. */
	struct sql_portal_visit_purge_in portal = { now - DAY_MS };

	struct sql_trace_purge_in traces = { now - LIMIT_TRACE_DAYS *
							   (int64_t)DAY_MS };
	struct sql_minor_grown_in minors = { date_iso(
		d->arena, desk_today(d)) };

	(void)ctx;
	if (purge_sessions(d, now, e) ||
		sql_draft_purge(d->db, &drafts, e) < 0 ||
		sql_attempt_purge(d->db, &attempts, e) < 0 ||
		sql_package_visit_purge(d->db, &visits, e) < 0 ||
		sql_portal_visit_purge(d->db, &portal, e) < 0 ||
		sql_minor_grown(d->db, &minors, e) < 0 ||
		sql_said_purge(d->db, e) < 0 ||
		sql_trace_purge(d->db, &traces, e) < 0 ||
		sql_job_purge(d->db, &jobs, e) < 0 || inbox_purge(d, e))
		return -1;
	return 0;
}

int purge_run(struct desk *d, struct err *e)
{
	return desk_write(d, purge, NULL, e);
}
