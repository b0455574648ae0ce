#include "desk/declare.h"

#include "desk/agent_post.h"
#include "desk/code.h"
#include "desk/door.h"
#include "desk/form.h"
#include "desk/identity.h"
#include "desk/limit.h"
#include "desk/parent_post.h"
#include "law/field.h"
#include "law/reference.h"
#include "words/words.h"

#define CODE_DECLARE "declaration code"

static const int64_t hour_ms = 3600000;

/* Letters go there by post, so the declaration does. */
static bool is_on_paper(const struct record *r)
{
	return person_is_by_paper(&r->person) && r->person.postal.v.n;
}

/* Who can be written to, and may be asked: 11 CCR 7063(a). */
static bool has_signer(const struct record *r)
{
	if (!r->seal || is_for_child(r) ||
		(!is_on_paper(r) && (!r->person.email.v.n ||
					    person_is_by_paper(&r->person))))
		return false;
	return !agent_asks(r) || proof_asks_consumer(agent_proof(r), r->kind);
}

/* The letter says until when the answer comes: not of a day that passed. */
static bool may_ask(struct desk *d, const struct record *r)
{
	return r->state == STATE_REVIEW && has_signer(r) &&
	       field_is_allowed(STR("declaration"), r->kind) &&
	       date_cmp(desk_today(d), record_due_on(r)) <= 0 &&
	       identity_lacks_declaration(r);
}

static bool is_too_soon(struct desk *d, const struct declaration *x)
{
	return x->asked_at && desk_now(d) - x->asked_at <
				      LIMIT_DECLARATION_AGAIN_HOURS * hour_ms;
}

/* While it is searched again nobody knows yet what it takes: who signs then loses
 * nothing. */
bool declaration_is_open(const struct record *r, const struct declaration *x)
{
	return x->asked_at && !x->signed_at && r->seal &&
	       (r->state == STATE_SEARCHING ||
		       (r->state == STATE_REVIEW &&
			       identity_lacks_declaration(r)));
}

int declaration_of(struct desk *d, const struct record *r,
	struct declaration *out, struct err *e)
{
	struct sql_declaration_of_row row = { 0 };
	int rc = sql_declaration_of(d->db, d->arena,
		&(struct sql_declaration_of_in){ r->row.id }, &row, e);

	if (rc < 0)
		return -1;
	*out = (struct declaration){ .is_waited_for = row.waits > 0,
		.asked_at = row.asked_at,
		.signed_at = row.signed_at };
	out->can = desk_may(d, PERM_DECIDE) && may_ask(d, r) &&
		   !is_too_soon(d, out);
	out->can_record = desk_may(d, PERM_INTAKE) && is_on_paper(r) &&
			  declaration_is_open(r, out);
	return 0;
}

/* --- asked for --- */

static int write_letter(struct desk *d, const struct record *r, const void *ctx,
	struct post_draft *out, struct err *e)
{
	enum lang l = record_lang(r);
	str ref = reference_show(d->arena, r->row.reference);
	struct letter_declaration v = {
		.name = r->person.name,
		.reference = ref,
		.what = say(l, form_of(r->kind)->what),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.due_on = words_date(d->arena, l, record_due_on(r)),
		.link = post_link(d, l, "/s/",
			arena_fmt(d->arena, "%.*s/declare", STR_ARG(ref))),
	};

	(void)ctx;
	if (post_sign(d, &v.sign, e))
		return -1;
	v.is_paper = is_on_paper(r);
	if (v.is_paper && !v.sign.address.n) {
		err_set(e, ERR_CONFLICT,
			"a declaration on paper needs an address to send it "
			"back to");
		return err_hint(e, "set the postal address of the business");
	}
	out->kind = LETTER_DECLARATION;
	out->words = letters_declaration(d->arena, l, &v);
	return 0;
}

static int ask(struct desk *d, void *ctx, struct err *e)
{
	const str *reference = ctx;
	struct sql_declaration_ask_in in = { .at = desk_now(d) };
	struct declaration before;
	struct record r;

	if (record_need(d, *reference, &r, e) || record_lock(d, &r, e) ||
		declaration_of(d, &r, &before, e))
		return -1;
	if (!may_ask(d, &r))
		return err_set(e, ERR_CONFLICT,
			"a declaration is not what this case lacks, or nobody "
			"can be asked for it");
	if (is_too_soon(d, &before))
		return err_set(e, ERR_TOO_MANY,
			"the declaration was asked for less than %d hours ago",
			LIMIT_DECLARATION_AGAIN_HOURS);
	in.request_id = r.row.id;
	if (sql_declaration_ask(d->db, &in, e) < 0 ||
		post_requester(
			d, &r, &(struct post_writer){ write_letter, NULL }, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DECLARATION_ASKED, r.row.reference, e,
		AD("id", d->actor.id));
}

int case_ask_declaration(struct desk *d, str reference, struct err *e)
{
	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	return desk_write(d, ask, &reference, e);
}

/* --- signed --- */

static int is_there(struct desk *d, const struct record *r, struct err *e)
{
	struct declaration x;

	if (declaration_of(d, r, &x, e))
		return -1;
	return declaration_is_open(r, &x);
}

static const struct door door = { CODE_DECLARE, is_there };

int declare_page(
	struct desk *d, str reference, struct declare_page *out, struct err *e)
{
	struct declaration x;
	struct record r;
	int rc = record_by_reference(d, reference, &r, e);

	if (rc <= 0)
		return rc;
	if (declaration_of(d, &r, &x, e))
		return -1;
	if (!x.asked_at)
		return 0;
	*out = (struct declare_page){
		.reference = reference_show(d->arena, r.row.reference),
		.what = form_of(r.kind)->what,
		.due_on = record_due_on(&r),
		.state = x.signed_at                    ? DECLARE_SIGNED
			 : !declaration_is_open(&r, &x) ? DECLARE_OVER
			 : code_can_go(&r)              ? DECLARE_OPEN
							: DECLARE_ON_PAPER,
		.is_by_sms = code_is_by_sms(&r),
	};
	if (x.signed_at)
		out->signed_on = date_pacific(x.signed_at);
	return 1;
}

int declare_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	return door_send_code(d, &door, reference, ps, e);
}

struct signing {
	struct door_try try;
	personal signed_by;
};

/* As a form would have kept it; day as ISO date. */
static int keep_signed(
	struct desk *d, struct record *r, personal by, str day, struct err *e)
{
	struct sql_declaration_signed_in in = { r->row.id, desk_now(d) };

	r->person.declared = STR("yes");
	r->person.signed_by = by;
	r->person.signed_on = day;
	return record_save_person(d, r, e) ||
			       sql_declaration_signed(d->db, &in, e) < 0 ||
			       identity_store(d, r, e)
		       ? -1
		       : 0;
}

static int sign(struct desk *d, void *ctx, struct err *e)
{
	struct signing *s = ctx;
	struct record r;

	if (door_enter(d, &door, &s->try, &r, e))
		return -1;
	if (s->try.why_not)
		return 0;
	if (keep_signed(
		    d, &r, s->signed_by, date_iso(d->arena, desk_today(d)), e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DECLARATION_SIGNED, r.row.reference, e,
		AD("by", "code"));
}

int declare_sign(struct desk *d, str reference, const struct declare_in *in,
	struct problems *ps, struct err *e)
{
	struct person p = { .declared = in->declared,
		.signed_by = in->signed_by };
	struct signing s = { .try = { .reference = reference } };

	declaration_check(&p, "Tick the box if you declare this", ps);
	if (!code_read(d->arena, in->code, &s.try.code, ps) || ps->n)
		return 0;
	s.signed_by = p.signed_by;
	if (desk_write(d, sign, &s, e))
		return -1;
	if (s.try.why_not)
		problem_add(ps, "code", "wrong", s.try.why_not);
	return 0;
}

/* --- on paper --- */

struct returning {
	str reference;
	personal signed_by;
	struct date signed_on;
	struct problems *ps;
};

static int record_return(struct desk *d, void *ctx, struct err *e)
{
	struct returning *x = ctx;
	struct declaration before;
	struct record r;

	x->ps->n = 0;
	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e) ||
		declaration_of(d, &r, &before, e))
		return -1;
	if (!before.can_record)
		return err_set(e, ERR_CONFLICT,
			"no declaration on paper is waited for here");
	if (date_cmp(x->signed_on, record_received_on(&r)) < 0) {
		problem_add(x->ps, "signed_on", "early",
			"That is before they asked");
		return 0;
	}
	if (keep_signed(
		    d, &r, x->signed_by, date_iso(d->arena, x->signed_on), e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DECLARATION_RETURNED, r.row.reference, e,
		AD("id", d->actor.id),
		AD("day", date_iso(d->arena, x->signed_on)));
}

static bool read_signed_on(struct desk *d, str typed, struct date *out)
{
	return date_parse(str_trim(typed), out) &&
	       date_cmp(*out, desk_today(d)) <= 0;
}

int case_declared(struct desk *d, str reference, const struct declared *in,
	struct problems *ps, struct err *e)
{
	struct person p = { .declared = STR("yes"),
		.signed_by = in->signed_by };
	struct returning x = { .reference = reference, .ps = ps };

	if (desk_need(d, PERM_INTAKE, e))
		return -1;
	declaration_check(&p, "", ps);
	if (!read_signed_on(d, in->signed_on, &x.signed_on))
		problem_add(ps, "signed_on", "unreadable",
			"Enter the day that stands on it, not one to come");
	x.signed_by = p.signed_by;
	return ps->n ? 0 : desk_write(d, record_return, &x, e);
}
