/*
 * Requests that are answered by letter, whose clock starts when they are sent,
 * confirmed or not (11 CCR 7021(b)), and where a request of any kind stands.  What
 * is stopped at once has a path of its own (desk/stop.h) and never comes here.
 */
#include "desk/intake.h"

#include <string.h>

#include "base/enc.h"
#include "base/rand.h"
#include "desk/account.h"
#include "desk/agent_post.h"
#include "desk/ask_again.h"
#include "desk/call_back.h"
#include "desk/charge.h"
#include "desk/closing.h"
#include "desk/code.h"
#include "desk/declare.h"
#include "desk/form.h"
#include "desk/heed.h"
#include "desk/identity.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/message.h"
#include "desk/package.h"
#include "desk/parent.h"
#include "desk/parent_form.h"
#include "desk/parent_post.h"
#include "desk/post.h"
#include "desk/receive.h"
#include "desk/same.h"
#include "desk/spoken.h"
#include "desk/stop.h"
#include "desk/suppress.h"
#include "desk/telling.h"
#include "desk/trace.h"
#include "desk/withdraw.h"
#include "law/reason.h"
#include "law/reference.h"
#include "words/words.h"

enum { HOUR_S = 3600, QUARTER_HOUR_S = 900 };

static const struct {
	const char *code;
	const char *title;
	const char *short_title;
} channels[] = {
#define CHANNEL(name, code, title, short_title) { code, title, short_title },
#include "tbl/channels.h"
};

const char *channel_code(enum channel c)
{
	must((size_t)c < COUNTOF(channels));
	return channels[c].code;
}

const char *channel_title(str code)
{
	for (size_t i = 0; i < COUNTOF(channels); i++)
		if (str_eq(code, str_of(channels[i].code)))
			return channels[i].title;
	return "Other";
}

const char *channel_short(str code)
{
	for (size_t i = 0; i < COUNTOF(channels); i++)
		if (str_eq(code, str_of(channels[i].code)))
			return channels[i].short_title;
	return "Other";
}

int intake_dates(
	struct desk *d, enum kind kind, struct deadlines *out, struct err *e)
{
	return deadlines_of(kind, desk_today(d), out, e);
}

/* --- requests that are answered by letter --- */

static str due_words(struct desk *d, enum lang l, str iso)
{
	struct date day = { 0 };

	return date_parse(iso, &day) ? words_date(d->arena, l, day) : STR("");
}

/* 11 CCR 7063(a): the one code shows both, that the address is theirs and that they
 * permitted the agent to ask. */
static bool asks_consumer(const struct record *r)
{
	return agent_asks(r) && proof_asks_consumer(agent_proof(r), r->kind);
}

/* A child is sent none, and of a parent it would say no more than who reads a mailbox
 * (11 CCR 7070(c)). */
static bool sends_code(const struct record *r)
{
	return !is_for_child(r) && (!agent_asks(r) || asks_consumer(r));
}

/* 11 CCR 7070(a)(2), (c) */
static int fill_parent(struct desk *d, const struct record *r,
	struct letter_receipt *v, struct err *e)
{
	enum lang l = record_lang(r);
	struct parent p;

	if (parent_of(d, r, &p, e) < 0)
		return -1;
	must(p.asks && p.wanted != PARENT_CHECK_END);
	v->parent_how = say(l, parent_check_row(p.wanted)->how);
	if (p.wanted == PARENT_CHECK_FORM)
		v->form_link = post_link(d, l, "/s/",
			arena_fmt(
				d->arena, "%.*s/form", STR_ARG(v->reference)));
	return 0;
}

/* The receipt goes to who asked alone (desk/tbl/agent_letters.h).
 * 11 CCR 7021(a): what happens, how identity is checked, by when. */
static int send_receipt(struct desk *d, const struct record *r, struct err *e)
{
	enum lang l = agent_asks(r) ? agent_lang(r) : record_lang(r);
	struct letter_receipt v = {
		.name = r->person.name,
		.reference = reference_show(d->arena, r->row.reference),
		.what = say(l, form_of(r->kind)->what),
		.received_on = due_words(d, l, r->row.received_on),
		.due_on = due_words(d, l, r->row.due_on),
		.extendable_to = due_words(d, l, r->row.extendable_to),
		.is_opted_out = heed_is_theirs(d, r) ||
				str_eq(r->person.stop_sale, STR("yes")),
	};
	struct letter_words words;

	if (is_for_child(r) && fill_parent(d, r, &v, e))
		return -1;
	v.is_agent = agent_asks(r);
	v.asks_consumer = asks_consumer(r);
	v.has_power = agent_proof(r) == PROOF_POWER;
	v.is_by_sms = code_is_by_sms(r);
	v.is_account = str_eq(r->person.account, STR("yes"));
	v.is_called_back = !code_can_go(r);
	v.has_phone = r->person.phone.v.n > 0;
	v.is_by_points = v.is_called_back && !v.has_phone &&
			 identity_has_way(d, &r->person);
	if (person_is_by_paper(&r->person)) {
		v.code_link = code_link(d, r);
		v.code_minutes = LIMIT_CODE_MINUTES;
	}
	v.status_link = post_link(d, l, "/s/", v.reference);
	if (post_sign(d, &v.sign, e))
		return -1;
	words = letters_receipt(d->arena, l, &v);
	return post_requester(d, r, LETTER_RECEIPT, &words, e);
}

int intake_ask(struct desk *d, const struct record *r, struct err *e)
{
	if (send_receipt(d, r, e))
		return -1;
	if (!sends_code(r))
		return 0;
	return code_can_go(r) ? code_send(d, r, CODE_CONFIRM, e)
			      : call_back_ask(d, r, e);
}

struct sending {
	const struct draft *draft;
	str peer;
	struct newcomer newcomer;
};

static int store_sending(struct desk *d, void *ctx, struct err *e)
{
	struct sending *s = ctx;
	struct record *r = &s->newcomer.record;
	struct identifier id[RECEIVE_IDENTIFIERS];
	size_t n = receive_identifiers(d, &s->draft->person, id);

	if (receive_store(d, &s->newcomer, e) ||
		receive_store_identifiers(d, r, id, n, e) ||
		trace_keep(d, r, s->peer, e))
		return -1;
	if (str_eq(r->person.stop_sale, STR("yes")) &&
		stop_now(d, stop_row(KIND_OPT_OUT), r, id, n, e))
		return -1;
	if (heed_signal(d, r, e))
		return -1;
	if (!sends_code(r) || !str_eq(r->person.account, STR("yes")))
		return intake_ask(d, r, e);
	return send_receipt(d, r, e)
		       ? -1
		       : intake_confirmed(d, r, AUDIT_ACCOUNT_CONFIRMED, e);
}

/* Who was not asked has not said yes. */
static void not_yes(enum kind kind, struct person *p)
{
	if (question_is_asked(QUESTION_SALE, kind) && !p->stop_sale.n)
		p->stop_sale = STR("no");
}

int intake_store(struct desk *d, const struct intake *in, struct sent *out,
	struct err *e)
{
	struct draft copy = *in->draft;
	struct sending s = { .draft = &copy, .peer = in->peer };

	must(form_of(copy.kind));
	not_yes(copy.kind, &copy.person);
	if (copy.person.declared.n)
		copy.person.signed_on = date_iso(d->arena, desk_today(d));
	s.newcomer = (struct newcomer){
		.kind = copy.kind,
		.channel = in->channel,
		.received_on = in->received_on,
		.person = &copy.person,
		.by = in->by,
		.parent = in->parent,
	};
	if (desk_write(d, store_sending, &s, e))
		return -1;
	*out = (struct sent){
		.reference = s.newcomer.record.row.reference,
		.due_on = record_due_on(&s.newcomer.record),
		.received_at = s.newcomer.record.row.received_at,
	};
	return 0;
}

int intake_send(struct desk *d, const struct draft *f, enum channel channel,
	str peer, struct sent *out, struct problems *ps, struct err *e)
{
	struct draft copy = *f;

	must(form_of(f->kind));
	form_only(f->kind, &copy.person);
	not_yes(f->kind, &copy.person);
	form_check(d, f->kind, &copy.person, ps);
	if (ps->n)
		return 0;
	account_settle(d, &copy.person);
	if (receive_limit(d, "intake", peer, LIMIT_INTAKE_PEER, e))
		return -1;
	return intake_store(d,
		&(struct intake){
			.draft = &copy, .channel = channel, .peer = peer },
		out, e);
}

/* --- the code --- */

struct confirming {
	str reference;
	str code;
	bool is_right;
	const char *why_not;
};

/* The same asked before, and know asked a third time, need no search.  Both go by
 * the email address: one that no code came back from says nothing about either. */
static int start_search(struct desk *d, struct record *r, struct err *e)
{
	struct state_facts facts = { .is_identified = true };
	bool is_over;

	if (person_is_by_phone(&r->person)) {
		if (record_move(d, r, ON_CODE_CONFIRMED, &facts, e))
			return -1;
		return desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
	}
	if (same_join(d, r, &is_over, e) || is_over)
		return is_over ? 0 : -1;
	if (record_move(d, r, ON_CODE_CONFIRMED, &facts, e) ||
		same_refuse_know(d, r, &is_over, e))
		return -1;
	return is_over ? 0 : desk_job(d, JOB_SEARCH, r->row.id, desk_now(d), e);
}

int intake_confirmed(
	struct desk *d, struct record *r, enum audit_event event, struct err *e)
{
	struct sql_request_email_confirmed_in in = {
		.id = r->row.id,
		.at = desk_now(d),
	};

	if (sql_request_email_confirmed(d->db, &in, e) < 0 ||
		DESK_AUDIT(d, event, r->row.reference, e, AD("by", "code")))
		return -1;
	r->row.email_confirmed_at = in.at;
	if (identity_store(d, r, e))
		return -1;
	return start_search(d, r, e);
}

/* Denied, approved or closed meanwhile: who it is does not matter any more.  Beside a
 * power of attorney, or without any permission, nobody is asked for a code. */
bool intake_takes_code(const struct record *r)
{
	return sends_code(r) &&
	       state_can(r->kind, r->state, ON_CODE_CONFIRMED,
		       &(struct state_facts){ .is_identified = true });
}

static int try_code(struct desk *d, void *ctx, struct err *e)
{
	struct confirming *c = ctx;
	struct record r;

	c->is_right = false;
	c->why_not = "This code is no longer needed";
	if (record_need(d, c->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (r.row.email_confirmed_at) {
		c->is_right = true;
		c->why_not = NULL;
		return 0;
	}
	if (!intake_takes_code(&r))
		return 0;
	if (code_try(d, &r, CODE_CONFIRM, c->code, &c->why_not, e))
		return -1;
	if (c->why_not)
		return 0;
	c->is_right = true;
	return intake_confirmed(d, &r,
		code_is_by_sms(&r) ? AUDIT_PHONE_CONFIRMED
				   : AUDIT_EMAIL_CONFIRMED,
		e);
}

int intake_confirm_code(struct desk *d, str reference, str code, bool *is_right,
	struct problems *ps, struct err *e)
{
	struct confirming c = { .reference = reference };

	*is_right = false;
	if (!code_read(d->arena, code, &c.code, ps))
		return 0;
	if (desk_write(d, try_code, &c, e))
		return -1;
	*is_right = c.is_right;
	if (c.why_not)
		problem_add(ps, "code", "wrong", c.why_not);
	return 0;
}

struct again {
	str reference;
	bool is_too_soon;
};

static int resend(struct desk *d, void *ctx, struct err *e)
{
	struct again *a = ctx;
	struct record r;

	a->is_too_soon = false;
	if (record_need(d, a->reference, &r, e) || record_lock(d, &r, e))
		return -1;
	if (r.row.email_confirmed_at || !intake_takes_code(&r) ||
		!code_can_go(&r))
		return 0;
	return code_send_again(d, &r, CODE_CONFIRM, &a->is_too_soon, e);
}

int intake_send_code_again(
	struct desk *d, str reference, struct problems *ps, struct err *e)
{
	struct again a = { .reference = reference };

	if (desk_limit_request(
		    d, "code", reference, LIMIT_CODES_PER_HOUR, HOUR_S, e))
		return -1;
	if (desk_write(d, resend, &a, e))
		return -1;
	if (a.is_too_soon)
		problem_add(ps, "code", "soon",
			"We sent a code less than 30 seconds ago. Please wait "
			"a moment");
	return 0;
}

/* --- the status page --- */

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
	s->closed_on = date_pacific(at);
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
