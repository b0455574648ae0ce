/* Where a request of any kind stands, as its page tells the consumer. */
#include "desk/intake.h"

#include "base/base.h"
#include "desk/agent_post.h"
#include "desk/ask_again.h"
#include "desk/call_back.h"
#include "desk/charge.h"
#include "desk/code.h"
#include "desk/declare.h"
#include "desk/form.h"
#include "desk/limit.h"
#include "desk/message.h"
#include "desk/package.h"
#include "desk/parent.h"
#include "desk/parent_form.h"
#include "desk/parent_post.h"
#include "desk/spoken.h"
#include "desk/telling.h"
#include "desk/withdraw.h"
#include "law/reference.h"
#include "words/words.h"

enum { QUARTER_HOUR_S = 900 };

static const struct {
	const char *title;
	enum state state; /* the step that a request in this state is at */
} letter_steps[] = {
	{ "Received", STATE_UNCONFIRMED },
	{ "Searching", STATE_SEARCHING },
	{ "Reviewing", STATE_REVIEW },
	{ "Carrying out", STATE_WORKING },
	{ "Answered", STATE_ANSWERING },
};

/* Two steps; the second one is the act of the consumer that is still open. */
static void fill_two(
	struct status *s, const char *first, const char *second, bool is_done)
{
	s->steps.n = 2;
	s->steps.at[0] = (struct status_step){ first, true, false };
	s->steps.at[1] = (struct status_step){ second, is_done, s->is_open };
}

/* A request that is closed and of which nothing was done was never carried out. */
static bool is_refused(const struct status *s)
{
	return !s->is_open && outcome_of(s->outcome) == OUTCOME_DENIED;
}

static void fill_letter_steps(const struct record *r, struct status *s)
{
	bool has_work = !kind_only_answers(r->kind) && !is_refused(s);
	size_t now = COUNTOF(letter_steps);

	for (size_t i = 0; i < COUNTOF(letter_steps); i++)
		if (letter_steps[i].state == r->state)
			now = i;
	for (size_t i = 0; i < COUNTOF(letter_steps); i++) {
		if (letter_steps[i].state == STATE_WORKING && !has_work)
			continue;
		s->steps.at[s->steps.n++] = (struct status_step){
			.title = letter_steps[i].title,
			.is_done = i < now || (i == 0 && now > 0),
			.is_current = i == now,
		};
	}
	if (s->is_undelivered)
		s->steps.n--;
}

static void fill_steps(const struct record *r, struct status *s)
{
	switch (kind_row(r->kind)->flow) {
	case FLOW_STOP:
		fill_two(s, "Received", "In force", true);
		break;
	case FLOW_OPT_IN:
	case FLOW_OPT_IN_MINOR:
		fill_two(s, "Asked", "Confirmed",
			outcome_of(s->outcome) == OUTCOME_COMPLIED);
		break;
	default:
		fill_letter_steps(r, s);
	}
}

static const char *told_of(const struct status *s, enum state state)
{
	if (s->kind == KIND_OPT_IN_SENSITIVE && !s->is_open)
		return outcome_of(s->outcome) == OUTCOME_COMPLIED
			       ? "You allowed it again. You can limit it at any "
				 "time."
			       : "Nothing has changed. Your limit stays.";
	if (kind_row(s->kind)->flow == FLOW_OPT_IN && !s->is_open)
		return outcome_of(s->outcome) == OUTCOME_COMPLIED
			       ? "You opted back in."
			       : "Nothing has changed. You stay opted out.";
	if (kind_row(s->kind)->flow == FLOW_OPT_IN_MINOR && !s->is_open)
		return outcome_of(s->outcome) == OUTCOME_COMPLIED
			       ? "The sale and sharing is allowed. You can opt "
				 "out again at any time."
			       : "Nothing has changed. The information is not "
				 "sold or shared.";
	if (s->joined.n)
		return "You asked for the same before. We joined this with "
		       "your earlier request, and answer both by its day.";
	if (outcome_of(s->outcome) == OUTCOME_WITHDRAWN)
		return "You took this request back, and it is closed.";
	if (kind_is_at_once(s->kind) &&
		outcome_of(s->outcome) == OUTCOME_DENIED)
		return "We believe in good faith that this request was "
		       "fraudulent, so we refused it (11 CCR 7026(e), "
		       "7027(f)). If it was really you, you can ask for it "
		       "again.";
	if (state == STATE_IN_FORCE ||
		(kind_is_at_once(s->kind) &&
			outcome_of(s->outcome) == OUTCOME_COMPLIED))
		return "Your choice took effect the moment we received it.";
	if (state == STATE_UNCONFIRMED && s->is_for_child)
		return "We have the request. Next we find out that you are the "
		       "child’s parent or guardian.";
	if (s->is_fee_asked)
		return "We asked you to accept a fee before we go on. Our "
		       "letter has the link to the page where you say yes or "
		       "no.";
	if (s->declares_on_paper)
		return "Before we go on we ask you to sign that it’s you. "
		       "What you sign comes by mail: sign the letter at its "
		       "end, and send it back to us.";
	if (s->wants_declaration)
		return "Before we go on we ask you to sign that it’s you.";
	if (state == STATE_UNCONFIRMED && s->is_called_back && s->is_by_agent)
		return "We have the request. We will call the person it is "
		       "for, and ask whether they signed the permission.";
	if (state == STATE_UNCONFIRMED && s->is_called_back)
		return "We have your request. We will call you, to make sure "
		       "that it is yours.";
	if (state == STATE_UNCONFIRMED && !s->needs_code && s->is_by_agent)
		return "We have the request, and look at what the agent sent.";
	if (state == STATE_UNCONFIRMED && !s->needs_code)
		return "We have your request. Our letter to you says what "
		       "happens next.";
	if (is_refused(s) && !s->is_undelivered)
		return "We could not do what you asked. Our letter to you says "
		       "why, and what you can do.";
	return s->is_undelivered
		       ? "Your request is closed, but our answer did not reach "
			 "you. The mail to the address you gave us came back. "
			 "Write to us or call us and say this number. Then we "
			 "will give you our answer."
		       : state_row(state)->told;
}

static int fill_recipients(
	struct desk *d, const struct record *r, struct status *s, struct err *e)
{
	struct tally t;

	if (record_tally(d, r->row.id, &t, e))
		return -1;
	s->recipients.at =
		arena_many(d->arena, struct status_recipient, t.rows.n);
	for (size_t i = 0; i < t.rows.n; i++) {
		const struct sql_task_list_row *row = &t.rows.at[i];

		if (!str_eq(row->target, STR("vendor")) || !row->asked_at)
			continue;
		s->recipients.at[s->recipients.n++] = (struct status_recipient){
			.title = row->title,
			.text = row->done_at && !str_eq(row->state,
							STR("dropped"))
					? "confirmed"
					: "told",
		};
	}
	return 0;
}

static struct date day_of(int64_t at)
{
	return at ? date_pacific(at) : (struct date){ 0 };
}

static void fill_answers(
	struct desk *d, const struct record *r, struct status *s)
{
	struct messages m;

	messages_of(d->arena, r, &m);
	s->is_waiting = m.is_waiting;
	s->can_write = !m.is_full;
	s->answers.at = arena_many(d->arena, struct status_answer, m.n);
	for (size_t i = 0; i < m.n; i++)
		if (m.at[i].is_answer)
			s->answers.at[s->answers.n++] =
				(struct status_answer){ m.at[i].at,
					m.at[i].text.v };
}

/* What stops is in force long before its case closes. */
static int fill_in_force(
	struct desk *d, const struct record *r, struct status *s, struct err *e)
{
	int64_t at;

	if (kind_row(r->kind)->flow != FLOW_STOP)
		return 0;
	if (telling_in_force_at(d, r, &at, e))
		return -1;
	s->in_force_on = date_pacific(at);
	return 0;
}

/* Numbers that are none are counted, and only they: whoever knows theirs guesses
 * nothing, and many people may come from one address. */
static int find_for_peer(
	struct desk *d, str typed, str peer, struct record *r, struct err *e)
{
	int rc;

	if (d->actor.kind != ACTOR_API &&
		desk_limit_look(d, "status", peer, LIMIT_STATUS_TRIES_PEER,
			QUARTER_HOUR_S, e))
		return -1;
	rc = record_by_reference(d, typed, r, e);
	if (rc)
		return rc;
	return d->actor.kind == ACTOR_API
		       ? 0
		       : desk_limit(d, "status", peer, LIMIT_STATUS_TRIES_PEER,
				 QUARTER_HOUR_S, e);
}

int intake_status_of(struct desk *d, const struct record *r, struct status *out,
	struct err *e)
{
	struct declaration declaration;
	struct charge fee;
	int rc;

	*out = (struct status){
		.reference = reference_show(d->arena, r->row.reference),
		.kind = r->kind,
		.title = kind_title(r->kind),
		.is_open = state_is_open(r->state),
		.lang = record_lang(r),
		.is_undelivered = r->person.undeliverable.v.n > 0,
		.joined = r->person.joined.n
				  ? reference_show(d->arena, r->person.joined)
				  : STR(""),
		.can_withdraw = withdraw_can(r),
		.is_for_child = is_for_child(r),
		.is_by_paper = person_is_by_paper(&r->person),
		.is_code_by_sms = code_is_by_sms(r),
		.needs_code = r->state == STATE_UNCONFIRMED &&
			      intake_takes_code(r) && code_can_go(r),
		.is_called_back = call_back_can(r) && r->person.phone.v.n,
		.is_by_agent = agent_asks(r),
		.is_identified = r->person.email.v.n || r->person.phone.v.n,
		.has_stopped_sale = str_eq(r->person.stop_sale, STR("yes")),
		.received_at = r->row.received_at,
		.outcome = r->row.outcome,
		.received_on = record_received_on(r),
		.due_on = record_due_on(r),
		.closed_on = day_of(r->row.closed_at),
	};
	if (spoken_can(d, r, &out->can_speak, e) ||
		package_is_there(d, r, &out->has_package, e) ||
		fill_in_force(d, r, out, e) || charge_of(d, r, &fee, e) ||
		declaration_of(d, r, &declaration, e))
		return -1;
	out->wants_declaration = declaration_is_open(r, &declaration);
	out->declares_on_paper = out->wants_declaration && !code_can_go(r);
	rc = parent_form_wanted(d, r->row.reference, e);
	if (rc < 0)
		return -1;
	out->wants_form = rc;
	if (kind_row(r->kind)->flow == FLOW_OPT_IN_MINOR &&
		ask_again_of(d, r, &out->ask_from, e))
		return -1;
	out->is_fee_asked = out->is_open && !r->row.approved_at &&
			    fee.state == CHARGE_ASKED;
	fill_answers(d, r, out);
	out->told = told_of(out, r->state);
	fill_steps(r, out);
	return fill_recipients(d, r, out, e);
}

int intake_status(
	struct desk *d, str typed, str peer, struct status *out, struct err *e)
{
	struct record r;
	int rc = find_for_peer(d, typed, peer, &r, e);

	*out = (struct status){ 0 };
	if (rc <= 0)
		return rc;
	return intake_status_of(d, &r, out, e) ? -1 : 1;
}
