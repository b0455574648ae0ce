/*
 * What becomes of a request of the portal when nobody has to look: its package is
 * approved, made, and the letter about it is sent.  Where the business has decisions made
 * by two people, a person looks all the same.
 */
#include "desk/portal.h"

#include "desk/case.h"
#include "desk/config.h"
#include "desk/doubt.h"
#include "desk/identity.h"
#include "desk/minor.h"
#include "desk/record.h"
#include "desk/setting.h"
#include "desk/trace.h"

static const str by_itself = STR_INIT("yes");
static const str by_staff = STR_INIT("staff");

int portal_go_on(struct desk *d, const struct record *r, struct err *e)
{
	bool can = r->state == STATE_REVIEW || r->state == STATE_ANSWERING;

	return can && str_eq(r->person.portal, by_itself)
		       ? desk_job(d, JOB_PORTAL, r->row.id, desk_now(d), e)
		       : 0;
}

int portal_doubt(
	struct desk *d, struct record *r, const char *why, struct err *e)
{
	if (r->person.doubted.n)
		return 0;
	r->person.doubted = STR("yes");
	if (r->person.portal.n)
		r->person.portal = by_staff;
	if (record_save_person(d, r, e) || identity_store(d, r, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_PORTAL_DOUBTED, r->row.reference, e, AD("why", why));
}

/* --- left to staff --- */

struct leaving {
	str reference;
	const char *why;
};

static int leave(struct desk *d, void *ctx, struct err *e)
{
	const struct leaving *x = ctx;
	struct record r;

	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!str_eq(r.person.portal, by_itself))
		return 0;
	r.person.portal = by_staff;
	if (record_save_person(d, &r, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_PORTAL_TO_STAFF, r.row.reference, e,
		AD("why", x->why));
}

/* What is known before the package is looked at. */
static int why_not(struct desk *d, const struct record *r, struct leaving *x,
	struct err *e)
{
	struct suspicions seen;
	struct settings s;
	int is_minor = minor_is_known(d, r, e);

	if (is_minor < 0 || settings_load(d, &s, e) ||
		trace_suspicions(d, r->row.id, &seen, e))
		return -1;
	x->why = seen.n     ? "the request is part of a pattern of fraud"
		 : is_minor ? "they are known to be under 16"
		 : config_flag(s.four_eyes)
			 ? "decisions take two people here (four eyes)"
		 : r->person.left_out.n
			 ? "more addresses came to light than are searched for"
		 : doubt_count(&r->person)
			 ? "of an address that was found it is not known whose"
			 : NULL;
	return 0;
}

/* --- without a person --- */

/* A fee, a system that is searched again: a person sees what it is. */
static bool is_for_staff(const struct err *e)
{
	return e->code == ERR_CONFLICT || e->code == ERR_DENIED;
}

static int review(struct desk *d, const struct record *r, const char *folder,
	struct err *e)
{
	struct leaving x = { .reference = r->row.reference };
	struct package_row p;

	if (package_row(d, r->row.id, &p, e))
		return -1;
	if (p.state == PACKAGE_WANTED || p.state == PACKAGE_MADE)
		return 0;
	if (why_not(d, r, &x, e))
		return -1;
	if (!x.why && p.state == PACKAGE_STOPPED)
		x.why = "the package was not made";
	if (!x.why && package_approve_whole(d, r, folder, &x.why, e)) {
		if (!is_for_staff(e))
			return -1;
		x.why = "it may not be approved as it stands";
	}
	return x.why ? desk_write(d, leave, &x, e) : 0;
}

static int answer(struct desk *d, const struct record *r, struct err *e)
{
	struct leaving x = { .reference = r->row.reference };
	struct package_row p;

	if (r->row.answered_at || package_row(d, r->row.id, &p, e))
		return r->row.answered_at ? 0 : -1;
	if (p.state == PACKAGE_MADE)
		return case_answer_itself(d, r->row.reference, e);
	x.why = "nothing was found, or not everywhere";
	return desk_write(d, leave, &x, e);
}

int portal_work(
	struct desk *d, int64_t request_id, const char *folder, struct err *e)
{
	struct record r;
	int rc = record_by_id(d, request_id, &r, e);

	if (rc <= 0)
		return rc;
	if (!portal_is_on(d) || !r.seal || !str_eq(r.person.portal, by_itself))
		return 0;
	return r.state == STATE_REVIEW      ? review(d, &r, folder, e)
	       : r.state == STATE_ANSWERING ? answer(d, &r, e)
					    : 0;
}
