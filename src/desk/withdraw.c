/* What is asked for is not done any more: the case closes, its systems are left alone,
 * and the requester gets a letter that says so. */
#include "desk/withdraw.h"

#include "desk/agent_post.h"
#include "desk/closing.h"
#include "desk/code.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/post.h"
#include "desk/record.h"
#include "law/deadline.h"
#include "law/reference.h"
#include "words/words.h"

enum { HOUR_S = 3600 };

#define CODE_WITHDRAW "withdraw code"

/* A case that came back to review has erased something before. */
static bool is_untouched(const struct record *r)
{
	return form_of(r->kind) && !r->row.approved_at &&
	       state_can(r->kind, r->state, ON_WITHDRAWN,
		       &(struct state_facts){ .is_identified = true });
}

bool withdraw_can(const struct record *r)
{
	return is_untouched(r) && code_can_go(r);
}

bool withdraw_is_told(const struct record *r)
{
	return is_untouched(r) && r->seal && !code_can_go(r);
}

struct withdrawing {
	str reference;
	str code;
	const char *why_not;
	bool is_too_soon;
};

static int open_case(struct desk *d, str reference,
	bool (*can)(const struct record *r), struct record *r, struct err *e)
{
	if (record_need(d, reference, r, e) || record_lock(d, r, e))
		return -1;
	if (can(r))
		return 0;
	return err_set(e, ERR_CONFLICT,
		"this request can't be taken back any more: it is \"%s\"",
		state_title(r->state));
}

static int send_code(struct desk *d, void *ctx, struct err *e)
{
	struct withdrawing *w = ctx;
	struct record r;

	if (open_case(d, w->reference, withdraw_can, &r, e))
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

static int write_letter(struct desk *d, const struct record *r, const void *ctx,
	struct post_draft *out, struct err *e)
{
	enum lang l = record_lang(r);
	struct letter_withdrawn v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.is_opted_out = str_eq(r->person.stop_sale, STR("yes")),
		.again_link =
			post_link(d, l, "/r/", str_of(kind_row(r->kind)->path)),
		.keep_until = words_date(
			d->arena, l, record_keep_until(desk_today(d))),
	};

	(void)ctx;
	if (post_sign(d, &v.sign, e))
		return -1;
	out->kind = LETTER_WITHDRAWN;
	out->words = letters_withdrawn(d->arena, l, &v);
	return 0;
}

static int send_letter(struct desk *d, const struct record *r, struct err *e)
{
	return post_requester(
		d, r, &(struct post_writer){ write_letter, NULL }, e);
}

static int end_tasks(struct desk *d, const struct record *r, struct err *e)
{
	struct sql_task_end_in in = { r->row.id, desk_now(d) };

	return sql_task_end(d->db, &in, e) < 0 ? -1 : 0;
}

static int end_case(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_identified = true };

	return record_move(d, r, ON_WITHDRAWN, &facts, e) ||
			       end_tasks(d, r, e) || send_letter(d, r, e)
		       ? -1
		       : 0;
}

static int confirm(struct desk *d, void *ctx, struct err *e)
{
	struct withdrawing *w = ctx;
	struct record r;

	if (open_case(d, w->reference, withdraw_can, &r, e) ||
		code_try(d, &r, CODE_WITHDRAW, w->code, &w->why_not, e))
		return -1;
	if (w->why_not)
		return 0;
	if (end_case(d, &r, e) || DESK_AUDIT(d, AUDIT_WITHDRAWN,
					  r.row.reference, e, AD("by", "code")))
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

/* --- by phone or letter --- */

struct telling {
	str reference;
	str note;
};

static int take_back(struct desk *d, void *ctx, struct err *e)
{
	const struct telling *x = ctx;
	struct record r;

	if (open_case(d, x->reference, withdraw_is_told, &r, e))
		return -1;
	r.person.taken_back.v = x->note;
	if (record_save_person(d, &r, e) || end_case(d, &r, e) ||
		DESK_AUDIT(d, AUDIT_TAKEN_BACK, r.row.reference, e,
			AD("id", d->actor.id)))
		return -1;
	return closing_store(d, &r, e);
}

int case_taken_back(struct desk *d, str reference, str note,
	struct problems *ps, struct err *e)
{
	struct telling x = { reference, str_trim(note) };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	note_check(x.note, "taken_back",
		"Write who took it back, and how you knew them", ps);
	return ps->n ? 0 : desk_write(d, take_back, &x, e);
}
