#include "desk/fraud.h"

#include "base/base.h"
#include "desk/agent_post.h"
#include "desk/closing.h"
#include "desk/note.h"
#include "desk/post.h"
#include "desk/record.h"
#include "desk/unstop.h"
#include "law/deadline.h"
#include "law/deny.h"
#include "law/reference.h"
#include "words/words.h"

static const str ground_id = STR_INIT("FRAUD");

static const struct state_facts documented = { .is_fraud_documented = true };

bool fraud_can(const struct record *r)
{
	return r->seal && outcome_of(r->row.outcome) != OUTCOME_DENIED &&
	       state_can(r->kind, r->state, ON_DENIED, &documented) &&
	       ground_applies(
		       ground_of(ground_id), r->kind, record_received_on(r));
}

/* --- the letter --- */

/* 11 CCR 7026(e), 7027(f): who asked, and that is the authorized agent. */
static struct post_to asker_of(const struct record *r)
{
	struct post_to agent = { .address = r->person.agent_email };

	return agent_asks(r) ? agent : post_to_consumer(&r->person);
}

static bool can_be_told(const struct post_to *to)
{
	return to->address.v.n || to->is_paper;
}

static int write_letter(struct desk *d, const struct record *r,
	bool is_released, struct letter_words *out, struct err *e)
{
	enum lang l = agent_asks(r) ? agent_lang(r) : record_lang(r);
	const struct ground *g = ground_of(ground_id);
	struct letter_stop_denied v = {
		.reference = reference_show(d->arena, r->row.reference),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.phrase = say(l, kind_row(r->kind)->phrase),
		.ground = say(l, g->told),
		.citation = words_citation(d->arena, l, str_of(g->citation)),
		.why = { note_line(d->arena, r->person.why_denied.v) },
		.stays = !is_released,
		.again_link =
			post_link(d, l, "/", str_of(kind_row(r->kind)->path)),
		.keep_until = words_date(
			d->arena, l, record_keep_until(desk_today(d))),
	};

	if (post_sign(d, &v.sign, e))
		return -1;
	*out = letters_stop_denied(d->arena, l, &v);
	return 0;
}

/* Who gave nothing can't be told; the page of the request says it. */
static int tell(
	struct desk *d, const struct record *r, bool is_released, struct err *e)
{
	struct post_to to = asker_of(r);
	struct letter_words words;

	if (!can_be_told(&to))
		return 0;
	return write_letter(d, r, is_released, &words,
		       e) || post_put(d, r, LETTER_STOP_DENIED, &to, &words, e)
		       ? -1
		       : 0;
}

/* --- the decision --- */

struct refusing {
	str reference;
	const struct fraud *x;
	bool is_own; /* nobody else said it */
	bool waits;
};

static str words_of(struct desk *d, const struct fraud *x)
{
	return arena_fmt(d->arena, "fraud\n%.*s\n%.*s", STR_ARG(x->why),
		STR_ARG(x->evidence));
}

static int carry_out(
	struct desk *d, struct record *r, bool is_own_only, struct err *e)
{
	const struct ground *g = ground_of(ground_id);
	struct sql_request_ground_in ground = { r->row.id, r->person.ground };
	struct sql_receipt_drop_in receipt = { r->row.id };
	struct unstop off = { is_own_only, AUDIT_RELEASED_FRAUD, false };

	if (record_move(d, r, ON_DENIED, &documented, e) ||
		sql_request_ground(d->db, &ground, e) < 0 ||
		sql_task_end(d->db,
			&(struct sql_task_end_in){ r->row.id, desk_now(d) },
			e) < 0 ||
		unstop(d, r, &off, e) || tell(d, r, off.is_released, e) ||
		DESK_AUDIT(d, AUDIT_DENIED, r->row.reference, e,
			AD("reason", g->title), AD("citation", g->citation)) ||
		sql_receipt_drop(d->db, &receipt, e) < 0)
		return -1;
	return closing_store(d, r, e);
}

static int refuse(struct desk *d, void *ctx, struct err *e)
{
	struct refusing *c = ctx;
	struct record r;
	int rc;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (!fraud_can(&r))
		return err_set(e, ERR_CONFLICT,
			"this request can't be refused as fraudulent");
	r.person.ground = ground_id;
	r.person.why_denied.v = c->x->why;
	r.person.evidence.v = c->x->evidence;
	if (record_save_person(d, &r, e))
		return -1;
	rc = second_ask(d, &r,
		&(struct second_decision){
			SECOND_DENY, words_of(d, c->x), { 0 } },
		e);
	c->waits = rc > 0;
	if (rc)
		return rc < 0 ? -1 : 0;
	return carry_out(d, &r, c->is_own, e);
}

int case_refuse_fraud(struct desk *d, str reference, const struct fraud *x,
	struct problems *ps, struct err *e)
{
	struct fraud tidy = { str_trim(x->why), str_trim(x->evidence) };
	struct refusing c = { .reference = reference, .x = &tidy };
	struct record r;

	if (desk_need(d, PERM_DECIDE, e) || record_need(d, reference, &r, e))
		return -1;
	if (!fraud_can(&r))
		return err_set(e, ERR_CONFLICT,
			"this request can't be refused as fraudulent");
	note_check(tidy.why, "why",
		"Write why you believe that it is fraudulent. The letter says "
		"it",
		ps);
	note_check(tidy.evidence, "evidence",
		"Write what you base this on. Without evidence it stays in "
		"force",
		ps);
	if (ps->n)
		return 0;
	if (unstop_look(d, &r, &c.is_own, e) || desk_write(d, refuse, &c, e))
		return -1;
	return c.waits;
}

int case_fraud(
	struct desk *d, str reference, struct fraud_page *out, struct err *e)
{
	struct letter_words words;
	struct record r;
	struct post_to to;
	int rc;

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	to = asker_of(&r);
	*out = (struct fraud_page){
		.reference = reference_show(d->arena, r.row.reference),
		.phrase = kind_row(r.kind)->phrase,
		.citation = ground_of(ground_id)->citation,
		.can = fraud_can(&r),
		.has_address = can_be_told(&to),
	};
	if (unstop_stays(d, &r, &out->stays, e) ||
		second_look(d, r.row.id, &out->second, e))
		return -1;
	if (!out->second.is_waiting)
		return 1;
	out->proposed =
		(struct fraud){ r.person.why_denied.v, r.person.evidence.v };
	if (out->has_address && write_letter(d, &r, !out->stays, &words, e))
		return -1;
	if (out->has_address)
		out->letter = letter_ahead_of(d->arena, &words);
	return 1;
}
