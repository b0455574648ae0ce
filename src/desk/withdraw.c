/* What is asked for is not done any more: the case closes, its systems are left alone,
 * and the requester gets a letter that says so. */
#include "desk/withdraw.h"

#include "desk/agent_post.h"
#include "desk/closing.h"
#include "desk/code.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/post.h"
#include "desk/record.h"
#include "law/deadline.h"
#include "law/reference.h"

enum { HOUR_S = 3600 };

#define CODE_WITHDRAW "withdraw code"

/* A case that came back to review has erased something before.  By a code, so of who
 * can be sent one. */
bool withdraw_can(const struct record *r)
{
	return form_of(r->kind) && !r->row.approved_at && code_can_go(r) &&
	       state_can(r->kind, r->state, ON_WITHDRAWN,
		       &(struct state_facts){ .is_identified = true });
}

struct withdrawing {
	str reference;
	str code;
	const char *why_not;
	bool is_too_soon;
};

static int open_case(struct desk *d, const struct withdrawing *w,
	struct record *r, struct err *e)
{
	if (record_need(d, w->reference, r, e) || record_lock(d, r, e))
		return -1;
	if (withdraw_can(r))
		return 0;
	return err_set(e, ERR_CONFLICT,
		"this request can't be taken back any more: it is \"%s\"",
		state_title(r->state));
}

static int send_code(struct desk *d, void *ctx, struct err *e)
{
	struct withdrawing *w = ctx;
	struct record r;

	if (open_case(d, w, &r, e))
		return -1;
	return code_send_again(d, &r, CODE_WITHDRAW, &w->is_too_soon, e);
}

int withdraw_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	struct withdrawing w = { .reference = reference };

	if (desk_limit_request(
		    d, "code", reference, LIMIT_CODES_PER_HOUR, HOUR_S, e) ||
		desk_write(d, send_code, &w, e))
		return -1;
	if (w.is_too_soon)
		problem_add(ps, "code", "soon",
			"We sent a code less than 30 seconds ago. Please wait "
			"a moment");
	return 0;
}

static int send_letter(struct desk *d, const struct record *r, struct err *e)
{
	struct letter_withdrawn v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = str_of(form_of(r->kind)->what),
		.received_on = date_words(d->arena, record_received_on(r)),
		.is_opted_out = str_eq(r->person.stop_sale, STR("yes")),
		.again_link =
			post_link(d, "/r/", str_of(kind_row(r->kind)->path)),
		.keep_until =
			date_words(d->arena, record_keep_until(desk_today(d))),
	};
	struct letter_words words;

	if (post_sign(d, &v.sign, e))
		return -1;
	words = letters_withdrawn(d->arena, &v);
	return post_requester(d, r, LETTER_WITHDRAWN, &words, e);
}

static int end_tasks(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_end_in in = { r->row.id, desk_now(d) };

	return sql_task_end(d->db, &in, e) < 0 ? -1 : 0;
}

static int confirm(struct desk *d, void *ctx, struct err *e)
{
	struct state_facts facts = { .is_identified = true };
	struct withdrawing *w = ctx;
	struct record r;

	if (open_case(d, w, &r, e) ||
		code_try(d, &r, CODE_WITHDRAW, w->code, &w->why_not, e))
		return -1;
	if (w->why_not)
		return 0;
	if (record_move(d, &r, ON_WITHDRAWN, &facts, e) ||
		end_tasks(d, &r, e) || send_letter(d, &r, e) ||
		DESK_AUDIT(d, AUDIT_WITHDRAWN, r.row.reference, e,
			AD("by", "code")))
		return -1;
	return closing_store(d, &r, e);
}

int withdraw_confirm(struct desk *d, str reference, str code,
	struct problems *ps, struct err *e)
{
	struct withdrawing w = { .reference = reference };

	if (!code_read(d->arena, code, &w.code, ps))
		return 0;
	if (desk_write(d, confirm, &w, e))
		return -1;
	if (w.why_not)
		problem_add(ps, "code", "wrong", w.why_not);
	return 0;
}
