/*
 * What whoever looks can do to a case now: each button is what the use case behind it
 * would allow, asked with the same facts.
 */
#include "desk/agent_post.h"
#include "desk/call_back.h"
#include "desk/case_fill.h"
#include "desk/correct.h"
#include "desk/explain.h"
#include "desk/fraud.h"
#include "desk/identity.h"
#include "desk/post.h"
#include "desk/reopen.h"
#include "desk/search_again.h"
#include "desk/telling.h"
#include "desk/untold.h"
#include "desk/withdraw.h"

void case_fill_buttons(struct desk *d, const struct record *r,
	const struct tally *t, struct case_view *v)
{
	struct state_facts all = {
		.is_identified = true,
		.is_decided = true,
		.is_found = true,
		.is_searched = true,
		.is_previewed = true,
		.is_free = !v->hold.is_held,
		.is_settled = true,
		.is_whole = true,
		.is_told = true,
		.has_basis = true,
		.has_recipients = true,
		.is_fee_settled = v->charge.state == CHARGE_NONE ||
				  v->charge.state == CHARGE_ACCEPTED,
	};
	struct unsaid unsaid = untold_unsaid(r, t);
	bool may = desk_may(d, PERM_DECIDE);

	v->can_hold = desk_may(d, PERM_HOLD) &&
		      (v->hold.is_here ||
			      (v->is_open && r->seal &&
				      kind_row(r->kind)->flow == FLOW_ERASE));
	v->can_approve = may && case_may_approve(r->kind) &&
			 state_can(r->kind, r->state, ON_APPROVED, &all);
	v->can_check_parent = desk_may(d, PERM_PARENT_CHECK) && v->is_open &&
			      v->parent.asks && !v->parent.is_checked;
	v->can_correct = may && correct_can(r) && !t->systems_searching &&
			 !v->hold.is_held;
	v->can_correct_by_hand = may && r->state == STATE_WORKING &&
				 correct_is_stuck(t) && !v->hold.is_held;
	v->can_package = desk_may(d, PERM_REVEAL) && package_is_for(r->kind) &&
			 r->state == STATE_REVIEW &&
			 v->package.state != PACKAGE_WANTED;
	v->can_explain = may && explain_can(r) && !t->systems_searching;
	v->can_refuse = may && fraud_can(r);
	v->can_end = may && telling_can_end(r, t);
	v->can_retry = desk_may(d, PERM_RETRY) &&
		       (t->systems_stuck > 0 || t->vendors_refused > 0);
	v->can_search_again = desk_may(d, PERM_RETRY) && search_again_can(r, t);
	v->can_chase = desk_may(d, PERM_CHASE) &&
		       t->vendors_late + t->keepers_late > 0;
	v->can_deny = may && state_can(r->kind, r->state, ON_DENIED, &all);
	v->can_take_back = may && withdraw_is_told(r);
	v->can_call = desk_may(d, PERM_INTAKE) && call_back_can(r);
	v->can_search = may && agent_proof(r) != PROOF_POWER &&
			!v->parent.asks &&
			state_can(r->kind, r->state, ON_SEARCH_STARTED, &all) &&
			identity_has_way(d, &r->person);
	v->answer_needs_reason = r->state == STATE_WORKING && t->vendors_open;
	v->can_say_untold = may && r->seal && v->is_open && !v->is_unasked &&
			    !r->row.answered_at;
	v->can_answer =
		may && !r->row.answered_at &&
		((!unsaid.vendors && !unsaid.systems) || v->is_unasked) &&
		(r->state == STATE_ANSWERING ||
			(r->state == STATE_WORKING && !t->systems_open &&
				!t->vendors_untold));
}

/* After the letters and the buttons. */
int case_fill_close(struct desk *d, const struct record *r, struct case_view *v,
	struct err *e)
{
	struct state_facts facts = { .is_decided = true };
	int is_refused = post_is_refused(d, r->row.id, e);

	v->can_close = is_refused > 0 && !r->row.answered_at &&
		       desk_may(d, PERM_DECIDE) &&
		       state_can(r->kind, r->state, ON_UNDELIVERABLE, &facts);
	if (is_refused < 0)
		return -1;
	v->can_reopen = desk_may(d, PERM_DECIDE) && reopen_can(d, r, e) > 0;
	return 0;
}
