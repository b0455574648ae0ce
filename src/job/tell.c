/* Tells one vendor, or reminds it: the letter and the link are made here, the
 * mail job hands the letter over. */
#include "connect/map.h"
#include "job/job.h"
#include "vendor/vendor.h"

/* Held for law enforcement: nobody is told to change anything.  What was approved goes on
 * when the hold ends; a denial is closed by then, so it asks again. */
static enum job_end wait_for_hold(const struct work *w, struct err *e)
{
	if (w->act != VENDOR_ACT_RETAIN)
		return JOB_DONE;
	err_set(e, ERR_UNAVAILABLE, "a company can't be told yet");
	return JOB_AGAIN;
}

enum job_end job_tell(struct job *j, struct err *e)
{
	const struct map_vendor *vendor;
	struct vendor_notice notice;
	struct work w;
	struct map map;
	int rc = fulfil_work(j->desk, j->subject_id, &w, e);

	if (rc < 0)
		return JOB_FAILED;
	if (!rc || w.is_done)
		return JOB_DONE;
	if (w.is_held && !w.is_reminder)
		return wait_for_hold(&w, e);
	if (job_map(j, &map, e))
		return job_not_now(j, &w, e);
	vendor = map_vendor_named(&map, w.name);
	if (!vendor) {
		err_set(e, ERR_CONFLICT,
			"the data map has no vendor \"%.*s\" any more",
			STR_ARG(w.name));
		return job_not_now(j, &w, e);
	}
	if (w.act == VENDOR_ACT_RETAIN && vendor->role == ROLE_THIRD_PARTY)
		return fulfil_spare(j->desk, &w, e) ? JOB_FAILED : JOB_DONE;
	notice = (struct vendor_notice){
		.vendor = vendor->title,
		.role = w.act == VENDOR_ACT_OPT_OUT
				? map_vendor_counts_as(vendor)
				: vendor->role,
		.act = w.act,
		.contact = vendor->email,
		.due_on = date_add(desk_today(j->desk), vendor->days),
	};
	if (fulfil_tell(j->desk, &w, &notice, e))
		return job_not_now(j, &w, e);
	return JOB_DONE;
}
