/*
 * One case as a page.  What may be done is in the view the desk made; this file
 * picks the one button for the next step and finds words and places.
 */
#include "web/case.h"

#include <ctype.h>

#include "desk/ask_again.h"
#include "desk/deny.h"
#include "desk/doubt.h"
#include "desk/limit.h"
#include "desk/telling.h"
#include "desk/withdraw.h"
#include "web/html.h"
#include "web/letter_flow.h"

/* --- next step --- */

static enum case_button button_of(const struct case_view *c)
{
	static const struct {
		const char *code;
		enum case_button button;
	} rows[] = {
		{ "review", CASE_PREVIEW },
		{ "package", CASE_PACKAGE },
		{ "decide-correction", CASE_CORRECT },
		{ "explain", CASE_EXPLAIN },
		{ "reach", CASE_RETRY },
		{ "reach-vendor", CASE_RETRY },
		{ "chase", CASE_CHASE },
		{ "finish", CASE_ANSWER },
		{ "answer", CASE_ANSWER },
		{ "close-unasked", CASE_CLOSE },
		{ "held-due", CASE_DENY },
		{ "fee-declined", CASE_DENY },
		{ "fee-due", CASE_DENY },
		{ "unverified", CASE_UNVERIFIED },
		{ "declaration", CASE_UNVERIFIED },
		{ "declaration-due", CASE_UNVERIFIED },
		{ "decide", CASE_SEARCH },
		{ "code", CASE_SEARCH },
		{ "permission", CASE_SEARCH },
		{ "power", CASE_POWER },
		{ "no-proof", CASE_DENY },
		{ "parent", CASE_PARENT },
		{ "untold", CASE_UNTOLD },
		{ "hold-over", CASE_REOPEN },
		{ "resume", CASE_RESUME },
		{ "enter-anew", CASE_ENTER },
		{ "enter-shown", CASE_ENTER },
		{ "enter-grown", CASE_ENTER },
		{ "call-back", CASE_CALL },
		{ "whose", CASE_WHOSE },
	};
	const bool may[] = {
		[CASE_PREVIEW] = c->can_approve,
		[CASE_PACKAGE] = c->can_package,
		[CASE_CORRECT] = c->can_correct,
		[CASE_EXPLAIN] = c->can_explain,
		[CASE_ANSWER] = c->can_answer,
		[CASE_CLOSE] = c->can_answer,
		[CASE_RETRY] = c->can_retry,
		[CASE_CHASE] = c->can_chase,
		[CASE_SEARCH] = c->can_search,
		[CASE_POWER] = c->agent.can_accept,
		[CASE_DENY] = c->can_deny,
		[CASE_UNVERIFIED] = c->can_vouch,
		[CASE_PARENT] = c->can_check_parent,
		[CASE_UNTOLD] = c->can_say_untold,
		[CASE_REOPEN] = c->can_reopen,
		[CASE_RESUME] = c->resume == RESUME_HERE,
		[CASE_ENTER] = c->resume > RESUME_HERE,
		[CASE_CALL] = c->can_call,
		[CASE_WHOSE] = c->can_doubt || c->can_show_doubt,
	};

	if (c->second.is_waiting && c->agent.can_refuse)
		return c->second.is_own ? CASE_NO_BUTTON : CASE_REFUSE;
	if (c->second.is_waiting && c->second.is_denial)
		return c->can_deny && !c->second.is_own ? CASE_DENY
							: CASE_NO_BUTTON;
	if (c->second.is_waiting && c->second.is_own)
		return CASE_NO_BUTTON;
	for (size_t i = 0; i < COUNTOF(rows); i++)
		if (str_eq(str_of(c->next.code), str_of(rows[i].code)))
			return may[rows[i].button] ? rows[i].button
						   : CASE_NO_BUTTON;
	return CASE_NO_BUTTON;
}

/* "Chase MailHarbor" to "chase MailHarbor", behind "Next: ". */
static str lowered(struct arena *a, str s)
{
	char *out = arena_cstr(a, s);

	if (s.n)
		out[0] = (char)tolower((unsigned char)out[0]);
	return (str){ out, s.n };
}

static void fill_next(struct arena *a, struct case_page *v)
{
	const struct case_view *c = v->c;
	bool is_staffs = c->is_open && c->next.turn == TURN_STAFF;

	v->next_prefix = is_staffs ? "Next: " : "";
	v->next = is_staffs ? lowered(a, c->next_sentence) : c->next_sentence;
	v->next_detail = c->next_detail;
	if (!c->is_open) {
		v->next = arena_fmt(
			a, "Closed: %.*s", STR_ARG(lowered(a, c->outcome)));
		v->next_detail = arena_fmt(a,
			c->is_withdrawn ? "Ended on %.*s, day %d."
			: c->is_undelivered
				? "Not delivered; ended on %.*s, day %d."
				: "Answered on %.*s, day %d.",
			STR_ARG(date_words(a, c->closed_on)),
			date_between(c->received_on, c->closed_on));
		if (c->resume != RESUME_NOT)
			v->next_detail = arena_fmt(a, "%.*s. %.*s",
				STR_ARG(c->next_sentence),
				STR_ARG(c->next_detail));
	}
	v->button = button_of(c);
	v->can_deny_unverified =
		c->can_deny && c->foretold.n &&
		(v->button == CASE_UNVERIFIED ||
			str_eq(str_of(c->next.code), STR("decide")));
	v->has_early_answer = c->can_answer && c->answer_needs_reason;
}

/* --- dates --- */

static void fill_clock(struct arena *a, struct case_page *v, struct date today)
{
	const struct case_view *c = v->c;
	struct clock_dates dates = {
		.received_on = c->received_on,
		.confirm_by = c->confirm_by,
		.confirmed_on = c->receipt_confirmed_on,
		.due_on = c->due_on,
		.extendable_to = c->extendable_to,
		.first_due_on = c->extension.first_due_on,
		.today = today,
		.closed_on = c->closed_on,
	};
	int left = c->days_left;

	clock_bar_draw(a, &dates, &v->clock);
	v->days_number = left < 0 ? -left : left;
	v->days_words = left < -1    ? "days late"
			: left == -1 ? "day late"
			: left == 1  ? "day left"
				     : "days left";
	if (!c->is_open) {
		v->days_number = date_between(c->received_on, c->closed_on);
		v->days_words = v->days_number == 1 ? "day to answer"
						    : "days to answer";
	}
	v->dates.received = date_words(a, c->received_on);
	v->dates.confirmed = date_words(a, c->receipt_confirmed_on);
	v->dates.due =
		arena_fmt(a, "%.*s, day %d", STR_ARG(date_words(a, c->due_on)),
			date_between(c->received_on, c->due_on));
	if (v->clock.is_extendable)
		v->dates.extended = date_words(a, c->extendable_to);
	v->dates.first_due = date_words(a, c->extension.first_due_on);
}

/* --- lists --- */

static const char *tone_icon(const char *tone)
{
	switch (*tone) {
	case 'o':
		return "tick";
	case 'b':
		return "alert";
	case 'k':
		return "lock";
	default:
		return "clock";
	}
}

static const char *event_icon(const struct case_event *e)
{
	return *e->tone == 'g' ? "tick" : *e->tone == 'b' ? "exclaim" : "";
}

static void fill_lists(struct arena *a, struct case_page *v)
{
	const struct case_view *c = v->c;

	v->lines.n = c->tasks.n;
	v->lines.at = arena_many(a, struct case_line, c->tasks.n);
	for (size_t i = 0; i < c->tasks.n; i++) {
		const struct case_task *t = &c->tasks.at[i];

		v->lines.at[i] =
			(struct case_line){ t, { tone_icon(t->tone) } };
		v->tasks_done += t->is_done;
	}
	v->moments.n = c->events.n;
	v->moments.at = arena_many(a, struct case_moment, c->events.n);
	for (size_t i = 0; i < c->events.n; i++)
		v->moments.at[i] = (struct case_moment){ &c->events.at[i],
			{ event_icon(&c->events.at[i]) } };
	v->others.n = c->others.n;
	v->others.at = arena_many(a, struct case_other, c->others.n);
	for (size_t i = 0; i < c->others.n; i++)
		v->others.at[i] = (struct case_other){ c->others.at[i],
			desk_case_path(a, c->others.at[i], "") };
}

static void fill_messages(struct arena *a, struct case_page *v)
{
	const struct messages *m = &v->c->messages;

	v->messages.n = m->n;
	v->messages.at = arena_many(a, struct case_message, m->n);
	for (size_t i = 0; i < m->n; i++)
		v->messages.at[i] = (struct case_message){
			.is_answer = m->at[i].is_answer,
			.day = date_short(a, date_pacific(m->at[i].at)),
			.text = m->at[i].text,
		};
}

static void put_decision(
	struct case_page *v, const char *path, const char *title, str text)
{
	v->decisions.at[v->decisions.n++] =
		(struct case_decision){ path, title, text };
}

static void fill_declaration(struct arena *a, struct case_page *v)
{
	const struct declaration *x = &v->c->declaration;

	if (!x->asked_at)
		return;
	v->declaration = arena_fmt(a,
		x->signed_at ? "The declaration was signed on %.*s."
			     : "The declaration was asked for on %.*s, and is "
			       "not signed.",
		STR_ARG(date_words(a,
			date_pacific(
				x->signed_at ? x->signed_at : x->asked_at))));
}

/* What can be decided besides the next step, each on a page of its own. */
static void fill_decisions(struct arena *a, struct case_page *v)
{
	const struct case_view *c = v->c;

	v->decisions.at = arena_many(a, struct case_decision, 6);
	if (c->parent.asks)
		put_decision(v, "parent", "The parent or guardian",
			c->parent.is_checked
				? arena_fmt(a, "Checked on %.*s.",
					  STR_ARG(date_words(
						  a, c->parent.checked_on)))
				: STR("Not checked yet: nothing is carried "
				      "out before."));
	if (c->extension.can)
		put_decision(v, "extend", "Take more time",
			arena_fmt(a, "Once, until %.*s. The letter says why.",
				STR_ARG(date_words(a, c->extension.until))));
	if (c->charge.can || c->charge.state != CHARGE_NONE)
		put_decision(v, "fee", "Ask for a fee",
			c->charge.state == CHARGE_NONE
				? STR("Only if it is manifestly unfounded or "
				      "excessive.")
				: arena_fmt(a, "%.*s, asked for on %.*s.",
					  STR_ARG(c->charge.amount),
					  STR_ARG(date_words(a,
						  date_pacific(
							  c->charge
								  .asked_at)))));
	if (c->can_weigh)
		put_decision(v, "weigh", "Weigh how sure to be",
			STR("Six things, kept with the case. It can take more "
			    "then, never less."));
	if (c->can_deny)
		put_decision(v, "deny", "Deny this request",
			STR("In whole, on a ground of the law."));
	if (c->can_refuse)
		put_decision(v, "fraud", "Refuse as fraudulent",
			STR("Only with evidence. The letter says why."));
	if (c->can_hold)
		put_decision(v, "hold", "Law-enforcement hold",
			c->hold.is_here
				? arena_fmt(a, "On until %.*s.",
					  STR_ARG(date_words(a, c->hold.until)))
				: STR("Nothing is deleted or used for 90 "
				      "days."));
}

static void put_check(struct case_page *v, bool is_good, str text)
{
	v->checks.at[v->checks.n++] = (struct case_check){ is_good, text };
}

static bool is_proven(const struct case_task *t)
{
	return t->is_done && !t->is_dropped &&
	       !str_eq(t->state, STR("by_hand"));
}

static void fill_checks(struct arena *a, struct case_page *v)
{
	const struct case_view *c = v->c;
	int waiting = c->vendors - c->vendors_confirmed;
	int systems = 0, proven = 0;

	/* Nothing was to be done there, and nobody is waited for. */
	if (c->is_denied)
		return;
	for (size_t i = 0; i < c->tasks.n; i++) {
		systems += c->tasks.at[i].is_system;
		proven +=
			c->tasks.at[i].is_system && is_proven(&c->tasks.at[i]);
	}
	v->checks.at = arena_many(a, struct case_check, 3);
	if (systems)
		put_check(v, proven == systems,
			arena_fmt(a, "%d of %d systems read again and %s",
				proven, systems,
				kind_row(c->kind)->flow == FLOW_CORRECT
					? "right"
					: "clear"));
	if (c->vendors && !waiting)
		put_check(v, true,
			arena_fmt(a, "%d of %d companies confirmed",
				c->vendors_confirmed, c->vendors));
	if (waiting)
		put_check(v, false,
			arena_fmt(a,
				"%d of %d companies confirmed. Wait, or say "
				"why you don’t",
				c->vendors_confirmed, c->vendors));
}

/* --- the page --- */

static str heading_of(struct arena *a, const struct case_view *c)
{
	str who = c->is_revealed && c->person.name.v.n ? c->person.name.v
						       : c->masked_name;

	return arena_fmt(
		a, "%s request from %.*s", c->kind_title, STR_ARG(who));
}

/* What the first of two people wrote stands in the fields. */
static int by_hand_proposed(struct http_request *q, const struct case_view *c,
	struct case_page *v, struct err *e)
{
	struct correct_proposed first;

	if (!c->second.is_waiting || !desk_may(web_desk(q), PERM_REVEAL))
		return 0;
	if (correct_proposed(web_desk(q), c->reference, c->seen, &first, e))
		return -1;
	if (first.is)
		v->correction = first.words;
	return 0;
}

int case_draw(const struct web *w, struct http_request *q,
	struct http_response *r, bool is_revealed,
	const struct case_returned *returned, struct err *e)
{
	struct desk *d = web_desk(q);
	struct case_view c;
	struct case_page v = { .c = &c };
	struct date ask_from;
	int rc = case_load(d, http_param(q, "ref"), is_revealed, &c, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (desk_page_fill(w, q, r,
		    arena_fmt(q->arena, "%.*s %s", STR_ARG(c.reference),
			    c.kind_title),
		    &v.page, e) ||
		documents_card_fill(q, &v.page, &v.documents, e) ||
		spoken_choices(q, c.lang, &v.languages, e) ||
		case_ask_again(d, c.reference, &ask_from, e) ||
		(c.is_open && before_card_fill(q, &v.before, e)) ||
		statement_card_fill(q, &v.page, &v.statement, e))
		return -1;
	v.weighed = weighed_card_of(q->arena, &c);
	if (returned) {
		v.problems = returned->problems;
		v.reason = returned->reason;
		v.correction = returned->correction;
		v.declared = returned->declared;
		v.page.has_problem = v.problems.n > 0;
		r->status = 422;
	}
	v.path = desk_case_path(q->arena, c.reference, "");
	v.heading = heading_of(q->arena, &c);
	v.received = arena_fmt(q->arena, "%.*s, %.*s", STR_ARG(c.channel),
		STR_ARG(date_words(q->arena, c.received_on)));
	if (!returned && c.can_correct_by_hand &&
		by_hand_proposed(q, &c, &v, e))
		return -1;
	fill_next(q->arena, &v);
	v.untold = untold_forms_of(q->arena, &c, &v.page,
		&(struct untold_back){ &v.problems, v.reason },
		v.button == CASE_UNTOLD);
	fill_declaration(q->arena, &v);
	if (c.has_due)
		fill_clock(q->arena, &v, desk_today(d));
	keep_list_fill(q, &c, &v.page, &v.kept);
	v.kept_until = date_words(q->arena, c.keep_until);
	if (!date_is_none(ask_from))
		v.ask_from = date_words(q->arena, ask_from);
	fill_lists(q->arena, &v);
	fill_checks(q->arena, &v);
	fill_decisions(q->arena, &v);
	fill_messages(q->arena, &v);
	letter_flow_all(q->arena, c.answer.at, c.answer.n);
	v.can_reveal = !c.is_revealed && desk_may(d, PERM_REVEAL);
	v.is_verified = kind_is_verified(c.kind);
	v.can_take = c.is_open && !c.is_mine && desk_may(d, PERM_ASSIGN);
	v.can_send_back =
		c.is_open && c.second.is_waiting && desk_may(d, PERM_DECIDE);
	v.addresses_max = LIMIT_IDENTIFIERS;
	v.has_receipt = !c.is_open;
	html_case_page(&r->body, &v);
	return 0;
}

int web_case(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	return case_draw(ctx, q, r, false, NULL, e);
}

int web_case_reveal(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	if (case_reveal(web_desk(q), http_param(q, "ref"), e))
		return -1;
	return case_draw(ctx, q, r, true, NULL, e);
}
