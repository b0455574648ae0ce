#include "desk/deny_facts.h"

#include "base/base.h"
#include "desk/agent_post.h"
#include "desk/hold.h"
#include "desk/identity.h"
#include "desk/refused_before.h"
#include "desk/same.h"

static int check_nothing(struct desk *d, const struct record *r, struct err *e)
{
	(void)d, (void)r, (void)e;
	return 0;
}

/* Where the data map says what may be relied on, all of it was there and nothing that was
 * typed is missing: then it is not "not verified".  Specific pieces that are not whole
 * are answered with the categories, and not denied (11 CCR 7024(a)). */
static int check_doubt(struct desk *d, const struct record *r, struct err *e)
{
	const struct unverified *told = identity_foretold(r, false, false);
	struct identity who;

	(void)d;
	identity_of(r, &who);
	if (told && told->act == UNVERIFIED_AS_CATEGORIES) {
		err_set(e, ERR_INVALID,
			"it is known well enough who asks to tell the kinds of "
			"information: approve it, and the answer gives those");
		return err_hint(e, "%s", told->citation);
	}
	if (!who.is_marked || !who.is_whole || identity_has_missed(&r->person))
		return 0;
	return err_set(e, ERR_INVALID,
		"it is established who asks: all that they gave matches");
}

static int check_agent(struct desk *d, const struct record *r, struct err *e)
{
	(void)d;
	if (!agent_asks(r))
		return err_set(e, ERR_INVALID,
			"no agent asks: who made this request asks for "
			"themselves");
	if (r->row.email_confirmed_at)
		return err_set(e, ERR_INVALID,
			"the consumer confirmed the agent's permission");
	return 0;
}

/* Civ. Code 1798.130(b). */
static int check_two_answers(
	struct desk *d, const struct record *r, struct err *e)
{
	int rc = same_know_is_used_up(d, r, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	return err_set(e, ERR_INVALID,
		"no two requests to know of theirs were answered in the 12 "
		"months before");
}

/* 11 CCR 7023(g): the same was refused, and nothing new speaks for it. */
static int check_refusal_before(
	struct desk *d, const struct record *r, struct err *e)
{
	struct refused_before before;

	if (refused_before(d, r, &before, e))
		return -1;
	if (refused_before_is_ground(&before))
		return 0;
	return err_set(e, ERR_INVALID,
		before.has_documents
			? "documents came with this request: it is not "
			  "refused as the same"
			: "no correction of the same was refused in the six "
			  "months before this request");
}

static int check_hold(struct desk *d, const struct record *r, struct err *e)
{
	int is_held = hold_is_on(d, r->row.id, e);

	if (is_held)
		return is_held < 0 ? -1 : 0;
	return err_set(
		e, ERR_INVALID, "there is no hold on this person's data");
}

static int (*const checks[GROUND_NEEDS_END])(
	struct desk *, const struct record *, struct err *) = {
	[GROUND_NEEDS_NOTHING] = check_nothing,
	[GROUND_NEEDS_DOUBT] = check_doubt,
	[GROUND_NEEDS_AGENT] = check_agent,
	[GROUND_NEEDS_TWO_ANSWERS] = check_two_answers,
	[GROUND_NEEDS_REFUSAL_BEFORE] = check_refusal_before,
	[GROUND_NEEDS_HOLD] = check_hold,
};

int deny_fact_check(struct desk *d, const struct record *r,
	enum ground_need need, struct err *e)
{
	must(need < GROUND_NEEDS_END);
	return checks[need](d, r, e);
}

int deny_facts(
	struct desk *d, const struct record *r, unsigned *met, struct err *e)
{
	*met = 0;
	for (size_t i = 0; i < GROUND_NEEDS_END; i++) {
		struct err why = { 0 };

		if (!checks[i](d, r, &why)) {
			*met |= 1u << i;
		} else if (why.code != ERR_INVALID) {
			*e = why;
			return -1;
		}
	}
	return 0;
}
