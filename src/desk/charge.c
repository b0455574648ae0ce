#include "desk/charge.h"

#include "base/rand.h"
#include "desk/agent_post.h"
#include "desk/child.h"
#include "desk/form.h"
#include "desk/heed.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/note.h"
#include "desk/post.h"
#include "law/amount.h"
#include "law/deadline.h"
#include "law/reference.h"
#include "words/words.h"

enum { TOKEN_BYTES = 24, TOKEN_MAX = 64, CENTS = 100 };

static enum charge_state state_of_text(str s)
{
	return str_eq(s, STR("asked"))      ? CHARGE_ASKED
	       : str_eq(s, STR("accepted")) ? CHARGE_ACCEPTED
	       : str_eq(s, STR("declined")) ? CHARGE_DECLINED
					    : CHARGE_NONE;
}

static str dollars(struct arena *a, int64_t cents)
{
	return arena_fmt(a, "$%lld.%02lld", (long long)(cents / CENTS),
		(long long)(cents % CENTS));
}

static bool may_ask(const struct record *r)
{
	struct state_facts facts = { .is_unfounded = true };

	return r->seal && !r->row.approved_at && !child_opened(r) &&
	       state_can(r->kind, r->state, ON_FEE_ASKED, &facts) &&
	       fee_of(r->kind, true)->is_allowed;
}

int charge_of(struct desk *d, const struct record *r, struct charge *out,
	struct err *e)
{
	struct sql_fee_of_row row;
	int rc = sql_fee_of(
		d->db, d->arena, &(struct sql_fee_of_in){ r->row.id }, &row, e);

	*out = (struct charge){ .can = !rc && desk_may(d, PERM_DECIDE) &&
				       may_ask(r) };
	if (rc <= 0)
		return rc < 0 ? -1 : 0;
	out->state = state_of_text(row.state);
	out->amount = dollars(d->arena, row.cents);
	out->asked_at = row.asked_at;
	out->answered_at = row.answered_at;
	return 0;
}

int charge_narrow(struct desk *d, int64_t request_id, struct state_facts *facts,
	struct err *e)
{
	struct sql_fee_of_row row;
	int rc = sql_fee_of(d->db, d->arena,
		&(struct sql_fee_of_in){ request_id }, &row, e);

	facts->is_fee_settled =
		!rc || (rc > 0 && state_of_text(row.state) == CHARGE_ACCEPTED);
	return rc < 0 ? -1 : 0;
}

int charge_page(
	struct desk *d, str reference, struct charge_page *out, struct err *e)
{
	struct record r;
	int rc;

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct charge_page){
		.reference = reference_show(d->arena, r.row.reference),
		.why = r.person.fee_why,
		.proof = r.person.fee_proof,
		.due_on = record_due_on(&r),
		.citation = fee_of(r.kind, true)->citation,
	};
	return charge_of(d, &r, &out->charge, e) ? -1 : 1;
}

/* --- asked --- */

/* "45", "45.5" and "$45.50"; 0: none, or out of bounds. */
static int64_t read_cents(str typed)
{
	int64_t whole = 0, part = 0;
	str left, right;

	typed = str_trim(typed);
	if (typed.n && typed.p[0] == '$')
		typed = str_from(typed, 1);
	if (!str_cut(typed, '.', &left, &right)) {
		left = typed;
		right = STR("");
	} else if (!right.n || right.n > 2 || !str_int(right, &part) ||
		   part < 0) {
		return 0;
	}
	if (!str_int(left, &whole) || whole < 0 || whole > LIMIT_FEE_DOLLARS)
		return 0;
	return whole * CENTS + (right.n == 1 ? part * 10 : part);
}

struct asking {
	str reference;
	struct charge_ask in;
	int64_t cents;
	str token;
};

static int write_letter(struct desk *d, const struct record *r, const void *ctx,
	struct post_draft *out, struct err *e)
{
	const struct asking *x = ctx;
	enum lang l = record_lang(r);
	struct letter_fee v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.why = { note_line(d->arena, x->in.why) },
		.amount = dollars(d->arena, x->cents),
		.due_on = words_date(d->arena, l, record_due_on(r)),
		.link = post_link(d, l, "/fee/", x->token),
	};

	if (post_sign(d, &v.sign, e))
		return -1;
	out->kind = LETTER_FEE;
	out->words = letters_fee(d->arena, l, &v);
	return 0;
}

static str token_hash(struct desk *d, str token)
{
	return keys_hash(d->arena, d->keys, "fee", token);
}

static int ask(struct desk *d, void *ctx, struct err *e)
{
	struct asking *x = ctx;
	struct state_facts facts = { .is_unfounded = x->in.proof.n > 0 };
	struct sql_fee_add_in in = { .cents = x->cents, .at = desk_now(d) };
	struct record r;
	int64_t n;

	x->token = rand_token(d->arena, TOKEN_BYTES);
	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!may_ask(&r))
		return err_set(e, ERR_CONFLICT,
			"no fee can be asked for now: the case is \"%s\"",
			state_title(r.state));
	in.request_id = r.row.id;
	in.token_hash = token_hash(d, x->token);
	n = sql_fee_add(d->db, &in, e);
	if (n < 0 ||
		(!n && err_set(e, ERR_CONFLICT, "a fee was asked for already")))
		return -1;
	r.person.fee_why.v = x->in.why;
	r.person.fee_proof.v = x->in.proof;
	if (record_move(d, &r, ON_FEE_ASKED, &facts, e) ||
		record_save_person(d, &r, e) ||
		post_requester(
			d, &r, &(struct post_writer){ write_letter, x }, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_FEE_ASKED, r.row.reference, e,
		AD("amount", dollars(d->arena, x->cents)));
}

int case_charge(struct desk *d, str reference, const struct charge_ask *in,
	struct problems *ps, struct err *e)
{
	struct asking x = { reference,
		{ in->amount, str_trim(in->why), str_trim(in->proof) },
		read_cents(in->amount), STR("") };

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	if (!x.cents)
		problem_add(ps, "amount", "unreadable",
			"Enter your estimate in dollars, like 45 or 45.50");
	note_check(x.in.why, "why",
		"Write why the request is manifestly unfounded or excessive, "
		"and what the fee pays for",
		ps);
	note_check(x.in.proof, "proof", "Write what proves it", ps);
	return ps->n ? 0 : desk_write(d, ask, &x, e);
}

/* --- answered --- */

static int open_token(
	struct desk *d, str token, struct record *r, struct err *e)
{
	struct sql_fee_by_token_in in;
	struct sql_fee_by_token_row row;
	int rc;

	if (!token.n || token.n > TOKEN_MAX)
		return 0;
	in.token_hash = token_hash(d, token);
	rc = sql_fee_by_token(d->db, d->arena, &in, &row, e);
	return rc <= 0 ? rc : record_by_id(d, row.request_id, r, e);
}

static bool can_answer(const struct record *r, enum charge_state state)
{
	return state == CHARGE_ASKED &&
	       state_can(r->kind, r->state, ON_FEE_ACCEPTED,
		       &(struct state_facts){ 0 });
}

int charge_open(
	struct desk *d, str token, struct charge_offer *out, struct err *e)
{
	struct charge c;
	struct record r;
	int rc = open_token(d, token, &r, e);

	if (rc <= 0)
		return rc;
	if (charge_of(d, &r, &c, e))
		return -1;
	*out = (struct charge_offer){
		.reference = reference_show(d->arena, r.row.reference),
		.what = form_of(r.kind)->what,
		.amount = c.amount,
		.due_on = record_due_on(&r),
		.state = c.state,
		.is_open = can_answer(&r, c.state),
	};
	return 1;
}

struct answering {
	str token;
	bool accepts;
};

static int decide(struct desk *d, void *ctx, struct err *e)
{
	const struct answering *x = ctx;
	struct sql_fee_answered_in in = {
		.state = x->accepts ? STR("accepted") : STR("declined"),
		.at = desk_now(d),
	};
	struct state_facts facts = { 0 };
	struct charge c;
	struct record r;
	int rc = open_token(d, x->token, &r, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "this link is not valid");
	if (record_lock(d, &r, e) || charge_of(d, &r, &c, e))
		return -1;
	if (!can_answer(&r, c.state))
		return err_set(
			e, ERR_CONFLICT, "this can't be answered any more");
	in.request_id = r.row.id;
	if (record_move(d, &r, x->accepts ? ON_FEE_ACCEPTED : ON_FEE_DECLINED,
		    &facts, e) ||
		sql_fee_answered(d->db, &in, e) < 0 || heed_signal(d, &r, e))
		return -1;
	return DESK_AUDIT(d,
		x->accepts ? AUDIT_FEE_ACCEPTED : AUDIT_FEE_DECLINED,
		r.row.reference, e, AD("amount", c.amount));
}

int charge_decide(struct desk *d, str token, bool accepts, struct err *e)
{
	struct answering x = { token, accepts };

	return desk_write(d, decide, &x, e);
}
