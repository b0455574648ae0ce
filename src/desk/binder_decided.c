/* Decisions with their reasons, each with what it rests on: what was denied, what is
 * kept, what was weighed.  Reasons that are one field stand in binder_load.c. */
#include "desk/binder_data.h"

#include "desk/agent_case.h"
#include "desk/charge.h"
#include "desk/declare.h"
#include "desk/fulfil.h"
#include "desk/keep.h"
#include "desk/stakes.h"
#include "law/deny.h"

void binder_decide(struct binder *x, const struct binder_decision *made)
{
	must(x->decisions.n < BINDER_DECISIONS_MAX);
	x->decisions.at[x->decisions.n++] = *made;
}

bool binder_is_silent(const struct record *r)
{
	const struct ground *g = ground_of(r->person.ground);

	return outcome_of(r->row.outcome) == OUTCOME_DENIED && g &&
	       (ground_is_silent(g) || r->person.untold.n);
}

/* What it is about, then what was written, then what it serves. */
static str ground_text(struct binder *x, str what, str why, str purpose)
{
	struct buf b = buf_in(x->arena, what.n + why.n + purpose.n + 100);

	buf_put(&b, what);
	if (why.n)
		buf_fmt(&b, "%s%.*s", b.n ? ". " : "", STR_ARG(why));
	if (purpose.n)
		buf_fmt(&b, "%sIt may be used for this alone: %.*s",
			b.n ? ". " : "", STR_ARG(purpose));
	must(buf_ok(&b));
	return buf_str(&b);
}

static void put_denied(const struct record *r, struct binder *x)
{
	const struct person *p = &r->person;
	const struct ground *g = ground_of(p->ground);

	if (outcome_of(r->row.outcome) != OUTCOME_DENIED || !g)
		return;
	if (x->is_silent) {
		binder_decide(
			x, &(struct binder_decision){
				   .code = "denied",
				   .title = STR("Denied"),
				   .citation = "",
				   .text = STR("As the letter to the requester "
					       "says it; see what this file "
					       "leaves out."),
			   });
		return;
	}
	binder_decide(
		x, &(struct binder_decision){
			   .code = "denied",
			   .title = arena_fmt(x->arena, "Denied: %s", g->title),
			   .citation = g->citation,
			   .text = ground_text(
				   x, STR(""), p->why_denied.v, p->kept_for),
		   });
	if (p->all_kept.n)
		binder_decide(x, &(struct binder_decision){
					 .code = "all_kept",
					 .title = STR("Staff confirmed that "
						      "everything found falls "
						      "under the exception"),
					 .citation = "11 CCR 7022(f)(2)",
					 .text = p->all_kept,
				 });
	if (p->evidence.v.n)
		binder_decide(x, &(struct binder_decision){
					 .code = "evidence",
					 .title = STR("What that rests on"),
					 .citation = g->citation,
					 .text = p->evidence.v,
				 });
}

/* What the data map and staff kept of a deletion: what, on which ground, for what. */
static void put_kept(const struct record *r, struct binder *x)
{
	static const struct map map; /* which English needs not */
	str rest = r->person.kept;
	struct kept k;

	while (kept_next(&rest, &k)) {
		const struct ground *g = ground_of(k.ground);

		if (g && !*g->told)
			continue;
		binder_decide(x,
			&(struct binder_decision){
				.code = "kept",
				.title = arena_fmt(x->arena, "Kept: %s",
					g ? g->title : "someone else’s too"),
				.citation = g ? g->citation : "",
				.text = ground_text(x,
					kept_words(x->arena, &map, LANG_EN, &k),
					STR(""), k.purpose),
			});
	}
}

static str keep_text(struct binder *x, const struct keep *k)
{
	return ground_text(x,
		arena_fmt(x->arena, "%.*s, rows: %lld%s%.*s%s",
			STR_ARG(k->title), (long long)k->rows,
			k->until.n ? ", until " : "", STR_ARG(k->until),
			k->is_over ? ", not kept any longer" : ""),
		k->why.v, k->purpose);
}

/* Rows that staff chose, with their facts. */
static int put_keeps(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct keeps all;

	if (keep_list(d, r, &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const struct keep *k = &all.at[i];

		if (k->ground && !*k->ground->told)
			continue;
		binder_decide(
			x, &(struct binder_decision){
				   .code = "kept_by_staff",
				   .title = arena_fmt(x->arena,
					   "Kept by staff: %s",
					   k->ground ? k->ground->title : ""),
				   .citation =
					   k->ground ? k->ground->citation : "",
				   .text = keep_text(x, k),
			   });
	}
	return 0;
}

static void put_weighed(const struct record *r, struct binder *x)
{
	struct stake at[STAKES];
	size_t n = stakes_of(r, at);

	for (size_t i = 0; n && i < STAKES; i++)
		if (at[i].text.v.n)
			binder_decide(x,
				&(struct binder_decision){
					.code = "weighed",
					.title = arena_fmt(x->arena,
						"Weighed, how sure to be who "
						"asks: %s",
						at[i].title),
					.citation = at[i].citation,
					.text = at[i].text.v,
				});
}

/* Who asks for the consumer, and what they showed; the document itself is no evidence
 * that stays (11 CCR 7060(d)). */
static int put_agent(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct agent_case a;

	if (agent_case_load(d, r, true, &a, e))
		return -1;
	if (!a.is_there)
		return 0;
	binder_fact(&x->who, "agent_proof", "What the agent showed",
		str_of(a.proof));
	binder_decide(
		x, &(struct binder_decision){
			   .code = "agent",
			   .title = STR("An authorized agent asks"),
			   .citation = a.citation,
			   .text = arena_fmt(x->arena, "Shown: %s%s%s", a.proof,
				   a.is_accepted ? "; accepted by staff" : "",
				   a.is_destroyed ? "; destroyed since" : ""),
		   });
	return 0;
}

static int put_fee(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	static const char *const words[] = {
		[CHARGE_NONE] = "",
		[CHARGE_ASKED] = "asked for, not answered",
		[CHARGE_ACCEPTED] = "accepted",
		[CHARGE_DECLINED] = "declined",
	};
	struct charge c;

	if (charge_of(d, r, &c, e))
		return -1;
	if (c.state != CHARGE_NONE)
		binder_fact(&x->stand, "fee", "Fee",
			arena_fmt(x->arena, "%.*s, %s", STR_ARG(c.amount),
				words[c.state]));
	return 0;
}

static int put_declaration(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	struct declaration y;

	if (declaration_of(d, r, &y, e))
		return -1;
	if (y.asked_at)
		binder_fact(&x->stand, "declaration", "Declaration",
			y.signed_at ? STR("asked for after the search, signed")
				    : STR("asked for after the search, not "
					  "signed"));
	return 0;
}

int binder_load_decided(
	struct desk *d, const struct record *r, struct binder *x, struct err *e)
{
	put_denied(r, x);
	put_kept(r, x);
	put_weighed(r, x);
	return put_keeps(d, r, x, e) || put_agent(d, r, x, e) ||
			       put_fee(d, r, x, e) ||
			       put_declaration(d, r, x, e)
		       ? -1
		       : 0;
}
