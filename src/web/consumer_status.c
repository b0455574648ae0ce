/* Where a request stands, for whoever has its reference number. */
#include <ctype.h>

#include "desk/correct_show.h"
#include "desk/form.h"
#include "desk/intake.h"
#include "desk/limit.h"
#include "desk/spoken.h"
#include "desk/statement.h"
#include "desk/withdraw.h"
#include "law/reference.h"
#include "law/state.h"
#include "web/documents.h"
#include "web/html.h"
#include "web/status.h"
#include "web/web.h"
#include "words/words.h"

static int draw_form(struct web *w, struct http_request *q,
	struct http_response *r, const struct problems *ps, struct err *e)
{
	struct status_form_view v = { .typed = http_form(q, "reference") };

	if (web_page(w, q, r, STR("Check on a request"), &v.page, NULL, e))
		return -1;
	if (ps) {
		v.problems = *ps;
		v.page.has_problem = true;
		r->status = 422;
	}
	html_status_form(&r->body, v.page.lang, &v);
	return 0;
}

int web_status_form(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	return draw_form(ctx, q, r, NULL, e);
}

int web_status_find(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str typed = http_form(q, "reference");
	struct problems ps = { 0 };
	struct reference ref;
	struct status s;
	int rc = 0;

	if (!typed.n)
		problem_add(&ps, "reference", "missing",
			"Enter the reference number");
	else if (!reference_parse(typed, &ref))
		problem_add(&ps, "reference", "unreadable",
			"Check the reference number. It has 8 letters and "
			"digits, like K7QF-2M9X");
	else
		rc = intake_status(web_desk(q), typed, q->peer, &s, e);
	if (rc < 0)
		return -1;
	if (!ps.n && !rc)
		problem_add(&ps, "reference", "unknown",
			"We have no request with this number. Check it "
			"against our letter");
	if (ps.n)
		return draw_form(ctx, q, r, &ps, e);
	http_redirect(r, arena_fmt(q->arena, "/s/%.*s", STR_ARG(s.reference)));
	return 0;
}

static void fill_lists(
	struct arena *a, const struct status *s, struct status_view *v)
{
	v->steps.n = s->steps.n;
	v->steps.at = arena_many(a, struct status_bar_step, s->steps.n);
	for (size_t i = 0; i < s->steps.n; i++)
		v->steps.at[i] = (struct status_bar_step){
			.title = str_of(s->steps.at[i].title),
			.state = s->steps.at[i].is_current ? STEP_NOW
				 : s->steps.at[i].is_done  ? STEP_DONE
							   : STEP_LATER,
		};
	v->recipients.n = s->recipients.n;
	v->recipients.at = arena_many(a, struct status_told, s->recipients.n);
	for (size_t i = 0; i < s->recipients.n; i++)
		v->recipients.at[i] = (struct status_told){
			.title = s->recipients.at[i].title,
			.text = str_of(s->recipients.at[i].text),
			.is_done = s->recipients.at[i].is_confirmed,
		};
}

/* "delete personal information" to "Delete personal information". */
static str heading(struct arena *a, enum lang l, enum kind kind)
{
	str phrase = say(l, kind_row(kind)->phrase);

	return arena_fmt(a, "%c%.*s", toupper((unsigned char)phrase.p[0]),
		STR_ARG(str_from(phrase, 1)));
}

static const char *closed_title(const struct status *s)
{
	if (kind_is_at_once(s->kind))
		return outcome_of(s->outcome) == OUTCOME_DENIED
			       ? "In force since, until it was refused"
			       : "In force since";
	return s->is_undelivered || kind_row(s->kind)->flow == FLOW_OPT_IN ||
			       kind_row(s->kind)->flow == FLOW_OPT_IN_MINOR ||
			       outcome_of(s->outcome) == OUTCOME_WITHDRAWN ||
			       s->joined.n
		       ? "Closed"
		       : "Answered";
}

static void fill_said(
	struct arena *a, const struct status *s, struct status_view *v)
{
	v->is_waiting = s->is_waiting;
	if (s->can_write)
		v->write_href =
			arena_fmt(a, "/s/%.*s/message", STR_ARG(s->reference));
	v->answers.n = s->answers.n;
	v->answers.at = arena_many(a, struct status_said, s->answers.n);
	for (size_t i = 0; i < s->answers.n; i++)
		v->answers.at[i] = (struct status_said){
			words_date(a, v->page.lang,
				date_pacific(s->answers.at[i].at)),
			s->answers.at[i].text,
		};
}

static const char *recipients_must(enum kind kind)
{
	switch (kind_row(kind)->flow) {
	case FLOW_STOP:
		return "must keep to your choice too";
	case FLOW_CORRECT:
		return "must correct it too";
	default:
		return "must delete it too";
	}
}

static int fill_corrected(struct http_request *q, const struct status *s,
	struct status_view *v, struct err *e)
{
	struct statement_page page;
	int rc = correct_show_is_there(web_desk(q), s->reference, e);

	if (rc > 0)
		v->corrected_href = arena_fmt(
			q->arena, "/s/%.*s/corrected", STR_ARG(s->reference));
	if (rc < 0 || statement_page(web_desk(q), s->reference, &page, e) < 0)
		return -1;
	if (page.can_give)
		v->statement_href = arena_fmt(
			q->arena, "/s/%.*s/statement", STR_ARG(s->reference));
	return 0;
}

static void fill_language(const struct http_request *q, const struct status *s,
	struct status_view *v)
{
	v->is_spoken = http_query(q, "spoken").n > 0 && s->lang == v->page.lang;
	if (!s->can_speak || s->lang == v->page.lang)
		return;
	v->letters_code = lang_code(s->lang);
	v->letters_title = lang_title(s->lang);
}

/* By the number alone, as it is read: what is written stays the same. */
int web_status_speak(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct desk *d = web_desk(q);
	str ref = http_param(q, "ref");

	(void)ctx;
	if (spoken_choose(d, ref, d->lang, q->peer, e) &&
		e->code != ERR_CONFLICT)
		return -1;
	http_redirect(r, arena_fmt(q->arena, "/s/%.*s?spoken=1", STR_ARG(ref)));
	return 0;
}

int web_status(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct status_view v = { 0 };
	struct status s;
	int rc = intake_status(
		web_desk(q), http_param(q, "ref"), q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND,
			"there is no request with this reference number");
		return err_hint(e, "check it against our letter");
	}
	if (web_page(ctx, q, r, STR("Where your request stands"), &v.page, NULL,
		    e))
		return -1;
	v.page.is_private = true;
	v.reference = s.reference;
	v.kind_title = heading(q->arena, v.page.lang, s.kind);
	v.told = str_of(s.told);
	fill_language(q, &s, &v);
	v.is_open = s.is_open && !kind_is_at_once(s.kind);
	v.is_undelivered = s.is_undelivered;
	v.received = words_date(q->arena, v.page.lang, s.received_on);
	v.due = words_date(q->arena, v.page.lang, s.due_on);
	if (s.can_withdraw)
		v.withdraw_href = arena_fmt(
			q->arena, "/s/%.*s/withdraw", STR_ARG(s.reference));
	v.joined = s.joined;
	v.can_opt_in = s.kind == KIND_OPT_OUT;
	v.can_allow = s.kind == KIND_LIMIT && v.page.limits;
	v.closed_title = closed_title(&s);
	v.closed = words_date(q->arena, v.page.lang,
		date_is_none(s.in_force_on) ? s.closed_on : s.in_force_on);
	if (s.needs_code)
		v.code_href = arena_fmt(q->arena, "/r/%s/code?ref=%.*s",
			kind_row(s.kind)->path, STR_ARG(s.reference));
	v.recipients_must = recipients_must(s.kind);
	if (!date_is_none(s.ask_from))
		v.ask_from = words_date(q->arena, v.page.lang, s.ask_from);
	v.declares_on_paper = s.declares_on_paper;
	if (s.wants_declaration)
		v.declare_href = arena_fmt(
			q->arena, "/s/%.*s/declare", STR_ARG(s.reference));
	if (s.wants_form)
		v.form_href = arena_fmt(
			q->arena, "/s/%.*s/form", STR_ARG(s.reference));
	if (s.has_package)
		v.package_href = arena_fmt(
			q->arena, "/s/%.*s/package", STR_ARG(s.reference));
	fill_lists(q->arena, &s, &v);
	fill_said(q->arena, &s, &v);
	if (documents_href(q, s.reference, &v.documents_href, e) ||
		fill_corrected(q, &s, &v, e))
		return -1;
	html_status_page(&r->body, v.page.lang, &v);
	return 0;
}

/* --- taking it back --- */

static int draw_withdraw(struct web *w, struct http_request *q,
	struct http_response *r, struct withdraw_view *v, struct err *e)
{
	struct status s;
	int rc = intake_status(
		web_desk(q), http_param(q, "ref"), q->peer, &s, e);

	if (rc < 0)
		return -1;
	if (!rc || !s.can_withdraw) {
		err_set(e, ERR_NOT_FOUND,
			"there is no request with this number that could be "
			"taken back");
		return err_hint(e, "check the number against our letter");
	}
	v->is_by_sms = s.is_code_by_sms;
	if (web_page(w, q, r, STR("Take this request back"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->reference = s.reference;
	v->what = form_of(s.kind)->what;
	v->minutes = LIMIT_CODE_MINUTES;
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_withdraw(&r->body, v->page.lang, v);
	return 0;
}

int web_withdraw(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct withdraw_view v = { .is_sent = http_query(q, "sent").n > 0 };

	return draw_withdraw(ctx, q, r, &v, e);
}

int web_withdraw_post(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct withdraw_view v = { .is_sent = true };
	bool sends = http_form(q, "send").n > 0;
	str ref = http_param(q, "ref");

	if (sends ? withdraw_send_code(web_desk(q), ref, &v.problems, e)
		  : withdraw_confirm(web_desk(q), ref, http_form(q, "code"),
			    &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw_withdraw(ctx, q, r, &v, e);
	http_redirect(r, arena_fmt(q->arena,
				 sends ? "/s/%.*s/withdraw?sent=1" : "/s/%.*s",
				 STR_ARG(ref)));
	return 0;
}
