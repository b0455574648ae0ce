/* The code that proves an address, and what begins when it comes back. */
#include "desk/intake.h"

#include "base/base.h"
#include "desk/code.h"
#include "desk/form.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/same.h"

enum { HOUR_S = 3600 };

struct confirming {
	str reference;
	str code;
	bool is_right;
	const char *why_not;
};

/* The same asked before, and know asked a third time, need no search.  Both go by
 * the email address: one that no code came back from says nothing about either. */
static int start_search(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_identified = true };
	bool is_over;

	if (person_is_by_phone(&r->person)) {
		if (record_move(d, r, ON_CODE_CONFIRMED, &facts, e))
			return -1;
		return desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
	}
	if (same_join(d, r, &is_over, e) || is_over)
		return is_over ? 0 : -1;
	if (record_move(d, r, ON_CODE_CONFIRMED, &facts, e) ||
		same_refuse_know(d, r, &is_over, e))
		return -1;
	return is_over ? 0 : desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
}

int intake_confirmed(
	struct desk *d, struct record *r, enum audit_event event, struct err *e)
{
	struct sql_request_email_confirmed_in in = {
		.id = r->row.id,
		.at = desk_now(d),
	};

	if (sql_request_email_confirmed(d->db, &in, e) < 0 ||
		DESK_AUDIT(d, event, r->row.reference, e, AD("by", "code")))
		return -1;
	r->row.email_confirmed_at = in.at;
	if (identity_store(d, r, e))
		return -1;
	return start_search(d, r, e);
}

/* Denied, approved or closed meanwhile: who it is does not matter any more.  Beside a
 * power of attorney, or without any permission, nobody is asked for a code. */
bool intake_takes_code(const struct record *r)
{
	return intake_sends_code(r) &&
	       state_can(r->kind, r->state, ON_CODE_CONFIRMED,
		       &(struct state_facts){ .is_identified = true });
}

static int try_code(struct desk *d, void *ctx, struct err *e)
{
	struct confirming *c = ctx;
	struct record r;

	c->is_right = false;
	c->why_not = "This code is no longer needed";
	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (r.row.email_confirmed_at) {
		c->is_right = true;
		c->why_not = NULL;
		return 0;
	}
	if (!intake_takes_code(&r))
		return 0;
	if (code_try(d, &r, CODE_CONFIRM, c->code, &c->why_not, e))
		return -1;
	if (c->why_not)
		return 0;
	c->is_right = true;
	return intake_confirmed(d, &r,
		code_is_by_sms(&r) ? AUDIT_PHONE_CONFIRMED
				   : AUDIT_EMAIL_CONFIRMED,
		e);
}

int intake_confirm_code(struct desk *d, str reference, str code, bool *is_right,
	struct problems *ps, struct err *e)
{
	struct confirming c = { .reference = reference };

	*is_right = false;
	if (!code_read(d->arena, code, &c.code, ps))
		return 0;
	if (desk_write(d, try_code, &c, e))
		return -1;
	*is_right = c.is_right;
	if (c.why_not)
		problem_add(ps, "code", "wrong", c.why_not);
	return 0;
}

struct again {
	str reference;
	bool is_too_soon;
};

static int resend(struct desk *d, void *ctx, struct err *e)
{
	struct again *a = ctx;
	struct record r;

	a->is_too_soon = false;
	if (record_need(d, a->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (r.row.email_confirmed_at || !intake_takes_code(&r) ||
		!code_can_go(&r))
		return 0;
	return code_send_again(d, &r, CODE_CONFIRM, &a->is_too_soon, e);
}

int intake_send_code_again(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	struct again a = { .reference = reference };

	if (desk_limit_request(
		    d, "code", reference, LIMIT_CODES_PER_HOUR, HOUR_S, e))
		return -1;
	if (desk_write(d, resend, &a, e))
		return -1;
	if (a.is_too_soon)
		problem_add(ps, "code", "soon",
			"We sent a code less than 30 seconds ago. Please wait "
			"a moment");
	return 0;
}
