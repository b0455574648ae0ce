/* The next step of a case, in a sentence and what to do about it. */
#include "connect/map.h"
#include "desk/agent_post.h"
#include "desk/call_back.h"
#include "desk/case_fill.h"
#include "desk/limit.h"
#include "desk/untold.h"

/* Whom the next step is about: one by its name, several by their number. */
static str next_name(
	struct arena *a, const struct next *next, const struct tally *t)
{
	if (str_eq(str_of(next->code), STR("untold")))
		return t->vendors_unsaid ? t->unsaid_title
					 : t->system_unsaid_title;
	if (t->systems_stuck)
		return t->stuck_title;
	if (t->vendors_refused)
		return t->refused_title;
	if (t->keepers_open && !t->vendors_late)
		return t->keeper_title;
	if (t->vendors_late == 1)
		return t->late_title;
	if (!t->vendors_late && t->vendors_open == 1)
		return t->vendor_title;
	return arena_fmt(a, "%d vendors",
		t->vendors_late ? t->vendors_late : t->vendors_open);
}

static const struct case_task *first_gone(
	const struct map *map, const struct case_view *v)
{
	for (size_t i = 0; i < v->tasks.n; i++) {
		const struct case_task *t = &v->tasks.at[i];

		if (t->is_done || !t->problem.n)
			continue;
		if (t->is_system ? !map_system_named(map, t->name)
				 : !map_vendor_named(map, t->name))
			return t;
	}
	return NULL;
}

/* A map that can't be read says nothing about who is in it. */
static const struct case_task *gone_task(
	struct desk *d, const struct tally *t, const struct case_view *v)
{
	const struct case_task *gone = NULL;
	struct arena *a;
	struct map map;
	struct err e;

	if (!desk_may(d, PERM_DECIDE) ||
		(!t->systems_stuck && !t->vendors_refused))
		return NULL;
	a = arena_new(LIMIT_REQUEST_ARENA);
	if (!map_read(a, d->data_map, &map, &e))
		gone = first_gone(&map, v);
	arena_free(a);
	return gone;
}

/* The first that the answer may go out without. */
static const struct case_task *late_task(
	struct desk *d, const struct record *r, const struct case_view *v)
{
	if (!desk_may(d, PERM_DECIDE) || !v->has_due)
		return NULL;
	for (size_t i = 0; i < v->tasks.n; i++) {
		const struct case_task *t = &v->tasks.at[i];
		struct give_up x = { .is_done = t->is_done,
			.is_system = t->is_system,
			.is_told = t->asked_at > 0,
			.has_problem = t->problem.n > 0 };

		if (case_may_give_up(r, v->days_left, v->hold.is_held, &x))
			return t;
	}
	return NULL;
}

/* It stands above whatever the next step would be. */
static void fill_second(struct desk *d, struct case_view *v)
{
	const char *act = v->second.is_denial ? "deny it" : "approve it";

	v->next_sentence = STR("Waiting for a second pair of eyes");
	v->next_detail =
		v->second.is_own
			? arena_fmt(d->arena,
				  "You decided to %s. Somebody else has to "
				  "decide the same.",
				  act)
			: arena_fmt(d->arena,
				  "%.*s decided to %s. Look at it, and decide "
				  "the same or send it back.",
				  STR_ARG(v->second.who), act);
}

/* The next step of a case that waits for its package. */
static void fill_next_package(struct desk *d, struct case_view *v)
{
	if (v->package.state == PACKAGE_WANTED) {
		v->next_sentence = STR("Making the package");
		v->next_detail = STR("The worker makes it, and reads it back "
				     "before it is kept.");
	} else if (v->package.state == PACKAGE_STOPPED) {
		v->next_sentence = STR("The package was not made: look "
				       "through it again");
		v->next_detail = arena_fmt(
			d->arena, "%.*s.", STR_ARG(v->package.problem));
	}
}

/* What staff have to do in a case that waits for their look. */
static void fill_next_review(
	struct desk *d, const struct record *r, struct case_view *v)
{
	if (v->has_mismatch)
		v->next_detail =
			v->is_unverified
				? STR("A detail that was typed is not what we "
				      "hold.")
				: STR("A detail that was typed is not what we "
				      "hold. Make sure who is asking, or deny "
				      "as unverified.");
	if (v->doubts_n)
		return;
	if (package_is_for(r->kind))
		fill_next_package(d, v);
	else if (r->kind == KIND_CORRECT)
		v->next_detail = STR("Type over what is wrong in the rows that "
				     "were found; what stands elsewhere, "
				     "correct by hand. Or deny it.");
}

static void fill_next_answered(struct case_view *v)
{
	v->next_sentence = v->papers ? STR("Print and post the answer")
				     : STR("Sending the answer");
	v->next_detail = v->papers ? STR("The case closes when it is marked as "
					 "posted.")
				   : STR("The case closes when the mail server "
					 "has taken the letter.");
}

static struct next_facts facts_of(const struct record *r, const struct tally *t,
	const struct case_view *v)
{
	struct unsaid unsaid = untold_unsaid(r, t);

	return (struct next_facts){
		.kind = r->kind,
		.state = r->state,
		.systems_open = t->systems_open,
		.systems_unreachable = t->systems_stuck,
		.systems_refusing = t->systems_refusing,
		.keepers_open = t->keepers_open,
		.keepers_late = t->keepers_late,
		.vendors_open = t->vendors_open,
		.vendors_untold = t->vendors_untold,
		.vendors_refused = t->vendors_refused,
		.vendors_late = t->vendors_late,
		.vendors_unsaid = unsaid.vendors,
		.systems_unsaid = unsaid.systems,
		.is_by_agent = agent_asks(r),
		.proof = agent_proof(r),
		.is_for_child = v->parent.asks && !v->parent.is_checked,
		.is_receipt_confirmed = r->row.receipt_confirmed_at > 0,
		.is_held = v->hold.is_held,
		.is_unverified = v->is_unverified,
		.is_declaration_asked = v->declaration.is_waited_for,
		.days_left = v->days_left,
		.has_due = v->has_due,
		.is_fee_asked = v->charge.state == CHARGE_ASKED,
		.is_fee_declined = v->charge.state == CHARGE_DECLINED,
		.is_called_back = call_back_can(r),
		.doubts = (int)v->doubts_n,
		.is_resumable = v->resume == RESUME_HERE,
		.is_hold_over = v->is_hold_over,
		.is_unasked = v->is_unasked,
		.is_anew = v->resume == RESUME_ANEW,
		.is_unshown = v->resume == RESUME_UNSHOWN,
		.is_grown = v->resume == RESUME_GROWN,
	};
}

/* The later the rule, the more it matters: it has the last word. */
void case_fill_next(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v)
{
	struct next_facts f = facts_of(r, t, v);

	v->gone = gone_task(d, t, v);
	if (!v->gone) {
		v->gone = late_task(d, r, v);
		v->is_gone_late = v->gone != NULL;
	}
	v->next = next_of(&f);
	v->next_sentence = next_sentence(
		d->arena, &v->next, next_name(d->arena, &v->next, t));
	v->next_detail = str_of(v->next.detail);
	if (r->state == STATE_REVIEW)
		fill_next_review(d, r, v);
	if (v->is_open && v->second.is_waiting)
		fill_second(d, v);
	if (r->state == STATE_REVIEW && f.is_for_child)
		v->next_detail = STR("Somebody asks for a child under 13. "
				     "First write down how you found out that "
				     "it is the parent or guardian.");
	if (v->gone && !v->is_gone_late)
		v->next_detail = arena_fmt(d->arena,
			"%.*s is not in the data map any more. Put it back "
			"there, or drop it from this case.",
			STR_ARG(v->gone->title));
	if (v->is_open && r->row.answered_at)
		fill_next_answered(v);
}
