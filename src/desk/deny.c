#include "desk/deny.h"

#include "desk/answer_words.h"
#include "desk/deny_facts.h"
#include "desk/deny_tell.h"
#include "desk/note.h"
#include "desk/purpose.h"
#include "desk/record.h"
#include "desk/second.h"
#include "desk/undelete.h"
#include "law/reference.h"

static const str unverified = STR_INIT("UNVERIFIED");
static const str accurate = STR_INIT("ACCURATE");

bool case_may_deny_on(
	const struct ground *g, enum kind kind, struct date decided_on)
{
	return ground_applies(g, kind, decided_on);
}

bool ground_wants_why(const struct ground *g)
{
	return !str_eq(str_of(g->id), unverified);
}

bool ground_weighs(const struct ground *g)
{
	return str_eq(str_of(g->id), accurate);
}

/* 11 CCR 7022(f)(1), (2): what the exception does not cover is deleted, and what covers it is
 * told, unless a law forbids that. */
static void check_extent(const struct denial *x, const struct ground *g,
	const struct record *r, struct problems *ps)
{
	if (ground_locks(g, r->kind) && r->state == STATE_REVIEW && !x->is_all)
		problem_add(ps, "all", "missing",
			"Confirm that everything found falls under the "
			"exception, or keep only the rows that do");
	if (x->is_untold && !ground_may_be_silent(g))
		problem_add(ps, "untold", "ground",
			"On this ground the letter says why");
}

/* What a hurried click leaves out.  An exception keeps what was found: before the
 * search there is nothing that it could be about. */
static void check_denial(const struct denial *x, const struct ground *g,
	const struct record *r, struct problems *ps)
{
	if (!g) {
		problem_add(ps, "ground", "missing",
			"Choose the ground on which the request is denied");
		return;
	}
	note_check(x->why, "why",
		ground_wants_why(g)
			? "Write the facts. The letter gives them, and the "
			  "business has to prove them"
			: NULL,
		ps);
	statement_check(&x->health, ps);
	note_check(x->evidence, "evidence",
		ground_needs_evidence(g)
			? "Write what you base this on. Without evidence it "
			  "is no ground"
			: NULL,
		ps);
	if (ground_locks(g, r->kind) && !x->purpose.n)
		problem_add(ps, "purpose", "missing",
			"Write what the information is kept for");
	if (x->purpose.n > PERSON_kept_for_max || !str_is_text(x->purpose))
		problem_add(
			ps, "purpose", "long", "Keep it under 200 characters");
	check_extent(x, g, r, ps);
}

struct denying {
	str reference;
	const struct denial *x;
	const struct ground *g;
	struct problems *ps;
	struct undelete off;
	bool waits; /* for a second person */
};

/* What is contested is right as it is: the one decision that has to be weighed. */
static int check_weighed(const struct denying *c, struct err *e)
{
	c->ps->n = 0;
	circumstances_check(&c->x->weighed, ground_weighs(c->g), c->ps);
	return c->ps->n ? err_set(e, ERR_INVALID, "the denial lacks something")
			: 0;
}

/* What stays serves one purpose: said where everybody asks who may be sold, and
 * to vendors. */
static int lock(struct desk *d, const struct record *r, const struct denying *c,
	struct err *e)
{
	uint32_t bit;

	if (!ground_locks(c->g, r->kind))
		return 0;
	if (purpose_lock(d, c->x->purpose, &bit, e))
		return -1;
	return record_suppress(d, r, bit, e);
}

/* Kept before it is carried out, too: a second person finds it on the page. */
static void note_denial(struct record *r, const struct denying *c)
{
	struct person *p = &r->person;

	p->ground = str_of(c->g->id);
	p->denied_in = str_of(state_code(r->state));
	p->why_denied.v = c->x->why;
	p->kept_for = ground_locks(c->g, r->kind) ? c->x->purpose : STR("");
	p->all_kept = p->kept_for.n ? STR("yes") : STR("");
	p->untold = c->x->is_untold ? STR("yes") : STR("");
	statement_note(p, &c->x->health);
	p->evidence.v = ground_needs_evidence(c->g) ? c->x->evidence : STR("");
	if (ground_weighs(c->g))
		circumstances_keep(p, &c->x->weighed);
}

void denial_forget(struct person *p)
{
	const struct health_stays none = { 0 };

	p->ground = p->kept_for = p->denied_in = STR("");
	p->all_kept = p->untold = STR("");
	p->why_denied.v = p->evidence.v = STR("");
	statement_note(p, &none);
	circumstances_forget(p);
}

/* All that was decided: one letter of it changed is another decision. */
static str words_of(struct desk *d, const struct person *p)
{
	return arena_fmt(d->arena,
		"%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s",
		STR_ARG(p->ground), STR_ARG(p->untold), STR_ARG(p->kept_for),
		STR_ARG(p->health), STR_ARG(p->health_items.v),
		STR_ARG(p->evidence.v), STR_ARG(p->why_denied.v),
		STR_ARG(p->nature.v), STR_ARG(p->obtained.v),
		STR_ARG(p->documented.v));
}

/* What the ground is about has to be there: rows that an exception could keep, and what
 * the record says of the rest. */
static int check_facts(struct desk *d, const struct record *r,
	const struct ground *g, struct err *e)
{
	if (!case_may_deny_on(g, r->kind, desk_today(d)))
		return err_set(e, ERR_INVALID,
			"the law has no such ground for this request");
	if (ground_locks(g, r->kind) && r->state != STATE_REVIEW)
		return err_set(e, ERR_INVALID,
			"an exception keeps what was found; search first");
	return deny_fact_check(d, r, g->needs, e);
}

static int deny(struct desk *d, void *ctx, struct err *e)
{
	struct denying *c = ctx;
	struct state_facts facts = { .has_basis = true };
	struct sql_request_ground_in ground;
	struct record r;
	int rc;

	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e) ||
		check_facts(d, &r, c->g, e) || check_weighed(c, e) ||
		!state_move(r.kind, r.state, ON_DENIED, &facts, e))
		return -1;
	note_denial(&r, c);
	if (record_save_person(d, &r, e))
		return -1;
	rc = second_ask(d, &r,
		&(struct second_decision){
			SECOND_DENY, words_of(d, &r.person), { 0 } },
		e);
	c->waits = rc > 0;
	if (rc)
		return rc < 0 ? -1 : 0;
	ground = (struct sql_request_ground_in){ r.row.id, r.person.ground };
	if (record_move(d, &r, ON_DENIED, &facts, e) ||
		undelete(d, &r, &c->off, e) || lock(d, &r, c, e) ||
		deny_tell_plan(d, &r, e) ||
		sql_request_ground(d->db, &ground, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DENIED, r.row.reference, e,
		AD("reason", c->g->title), AD("citation", c->g->citation));
}

int case_deny(struct desk *d, str reference, const struct denial *denial,
	struct problems *ps, struct err *e)
{
	struct denial x = *denial;
	struct denying c = { .reference = reference,
		.x = &x,
		.g = ground_of(x.ground),
		.ps = ps };
	struct record r;

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	x.why = str_trim(x.why);
	x.weighed = circumstances_trimmed(&x.weighed);
	x.evidence = str_trim(x.evidence);
	x.health.items = str_trim(x.health.items);
	x.purpose = note_line(d->arena, str_trim(x.purpose));
	if (record_need(d, reference, &r, e))
		return -1;
	check_denial(&x, c.g, &r, ps);
	if (ps->n)
		return 0;
	if (undelete_look(d, &r, &c.off, e))
		return -1;
	if (desk_write(d, deny, &c, e))
		return ps->n ? 0 : -1;
	return c.waits;
}

/* What one of two people decided, and the letter that it makes. */
static int fill_proposed(struct desk *d, const struct record *r,
	struct denial_page *out, struct err *e)
{
	struct record shown = *r;
	struct answer a;

	if (!out->second.is_waiting || !out->second.is_denial || !r->seal)
		return 0;
	out->proposed = (struct denial){
		.ground = r->person.ground,
		.why = r->person.why_denied.v,
		.purpose = r->person.kept_for,
		.health = statement_noted(&r->person),
		.weighed = circumstances_of(&r->person),
		.evidence = r->person.evidence.v,
		.is_all = r->person.all_kept.n > 0,
		.is_untold = r->person.untold.n > 0,
	};
	shown.row.outcome = str_of(outcome_code(OUTCOME_DENIED));
	shown.person.name.v = STR("");
	if (answer_write_denied(d, &shown, &a, e))
		return -1;
	out->letter = letter_ahead_of(d->arena, &a.words);
	return 0;
}

int case_denial(
	struct desk *d, str reference, struct denial_page *out, struct err *e)
{
	struct state_facts facts = { .has_basis = true };
	struct record r;
	int rc;

	if (desk_need(d, PERM_DECIDE, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct denial_page){
		.reference = reference_show(d->arena, r.row.reference),
		.kind = r.kind,
		.decided_on = desk_today(d),
		.can = r.seal && state_can(r.kind, r.state, ON_DENIED, &facts),
		.is_found = r.state == STATE_REVIEW,
	};
	if (deny_facts(d, &r, &out->met, e) ||
		refused_before(d, &r, &out->before, e) ||
		second_look(d, r.row.id, &out->second, e) ||
		fill_proposed(d, &r, out, e))
		return -1;
	return 1;
}
