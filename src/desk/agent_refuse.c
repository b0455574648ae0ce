#include "desk/agent_refuse.h"

#include "desk/agent_post.h"
#include "desk/closing.h"
#include "desk/second.h"
#include "desk/stop.h"
#include "desk/telling.h"
#include "desk/unstop.h"
#include "law/deadline.h"
#include "law/deny.h"
#include "law/reference.h"
#include "words/words.h"

static const str ground_id = STR_INIT("AGENT_WITHOUT_PERMISSION");

str agent_refusal_ground(void)
{
	return ground_id;
}

int agent_refusal_letter(struct desk *d, const struct record *r,
	struct letter_words *out, struct err *e)
{
	const struct ground *g = ground_of(ground_id);
	enum lang l = agent_lang(r);
	struct letter_agent_denied v = {
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, kind_row(r->kind)->phrase),
		.received_on = words_date(d->arena, l, record_received_on(r)),
		.ground = say(l, g->told),
		.citation = words_citation(d->arena, l, str_of(g->citation)),
		.again_link = post_link(d, l, "/agent", STR("")),
		.keep_until = words_date(
			d->arena, l, record_keep_until(desk_today(d))),
	};

	if (post_sign(d, &v.sign, e))
		return -1;
	*out = letters_agent_denied(d->arena, l, &v);
	return 0;
}

static int write_refusal(struct desk *d, const struct record *r, struct err *e)
{
	struct letter_words words;

	if (agent_refusal_letter(d, r, &words, e))
		return -1;
	return post_put(d, r, LETTER_AGENT_DENIED,
		&(struct post_to){ .address = r->person.agent_email,
			.name = r->person.agent_name },
		&words, e);
}

int agent_refuse(struct desk *d, struct record *r, struct err *e)
{
	const struct ground *g = ground_of(ground_id);
	struct sql_request_ground_in in = { r->row.id, ground_id };

	r->person.ground = ground_id;
	if (sql_request_ground(d->db, &in, e) < 0 ||
		record_save_person(d, r, e) ||
		DESK_AUDIT(d, AUDIT_DENIED, r->row.reference, e,
			AD("reason", g->title), AD("citation", g->citation)) ||
		write_refusal(d, r, e))
		return -1;
	return closing_store(d, r, e);
}

/* --- with a second person --- */

bool agent_refusal_is_open(const struct record *r)
{
	return r->state == STATE_IN_FORCE && agent_asks(r) &&
	       agent_proof(r) == PROOF_NONE;
}

/* There is nothing to choose: the decision is the ground alone. */
int agent_refusal_propose(struct desk *d, struct record *r, struct err *e)
{
	return second_ask(d, r,
		&(struct second_decision){ SECOND_DENY, ground_id, { 0 } }, e);
}

int agent_refusal_end(struct desk *d, struct record *r, struct err *e)
{
	int64_t at;

	return telling_in_force_at(d, r, &at, e) ||
			       stop_settle(d, r, date_pacific(at), e)
		       ? -1
		       : 0;
}

struct refusing {
	str reference;
	bool is_own; /* nobody else said it */
	bool waits;
};

/* A stop that was sent back is in force as well, and nobody proposes to refuse it. */
static int need_proposal(struct desk *d, const struct record *r, struct err *e)
{
	struct second s;

	if (second_look(d, r->row.id, &s, e))
		return -1;
	if (agent_refusal_is_open(r) && s.is_waiting && s.is_denial)
		return 0;
	return err_set(
		e, ERR_CONFLICT, "nothing waits to be refused in this case");
}

static int refuse(struct desk *d, void *ctx, struct err *e)
{
	static const struct state_facts facts = { .is_unpermitted = true };
	struct refusing *x = ctx;
	struct unstop off = { x->is_own, AUDIT_RELEASED_UNPERMITTED, false };
	struct record r;
	int rc;

	if (record_need(d, x->reference, &r, e) || record_lock(d, &r, e) ||
		need_proposal(d, &r, e))
		return -1;
	rc = agent_refusal_propose(d, &r, e);
	x->waits = rc > 0;
	if (rc)
		return rc < 0 ? -1 : 0;
	if (record_move(d, &r, ON_DENIED, &facts, e) || unstop(d, &r, &off, e))
		return -1;
	return agent_refuse(d, &r, e);
}

int case_refuse_agent(struct desk *d, str reference, struct err *e)
{
	struct refusing x = { .reference = reference };
	struct record r;

	if (desk_need(d, PERM_DECIDE, e) || record_need(d, reference, &r, e))
		return -1;
	if (unstop_look(d, &r, &x.is_own, e) || desk_write(d, refuse, &x, e))
		return -1;
	return x.waits;
}
