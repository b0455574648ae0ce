/*
 * What staff do on the page of a case: each form asks a use case, and a form that is not
 * taken is drawn again with what was typed.
 */
#include "web/case.h"

#include "desk/declare.h"
#include "desk/deny.h"
#include "desk/doubt.h"
#include "desk/reopen.h"
#include "desk/resume.h"
#include "desk/search_again.h"
#include "desk/telling.h"
#include "desk/withdraw.h"

bool case_nobody_asked(const struct http_request *q)
{
	struct case_view c;
	struct err ignored = { 0 };

	return case_load(web_desk(q), http_param(q, "ref"), false, &c,
		       &ignored) > 0 &&
	       c.is_unasked;
}

/* The button says which: nothing but a form of somebody's own can be wrong. */
int web_case_speak(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct problems ps = { 0 };
	int rc = case_speak(web_desk(q), http_param(q, "ref"),
		http_form(q, "language"), &ps, e);

	(void)ctx;
	if (!rc && ps.n)
		return err_set(e, ERR_INVALID,
			"the language is none that consumers are served in");
	return desk_back_to_case(q, r, rc, "spoken", e);
}

int web_case_take(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	return desk_back_to_case(q, r,
		case_take(web_desk(q), http_param(q, "ref"), e), "taken", e);
}

int web_case_retry(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	return desk_back_to_case(q, r,
		case_retry(web_desk(q), http_param(q, "ref"), e), "retried", e);
}

int web_case_search_again(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	(void)ctx;
	return desk_back_to_case(q, r,
		case_search_again(web_desk(q), http_param(q, "ref"), e),
		"searching", e);
}

int web_case_send_back(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	(void)ctx;
	return desk_back_to_case(q, r,
		case_send_back(web_desk(q), http_param(q, "ref"), e),
		"sent-back", e);
}

int web_case_chase(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	return desk_back_to_case(q, r,
		case_chase(web_desk(q), http_param(q, "ref"), e), "chased", e);
}

int web_case_search(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	int rc = case_search(web_desk(q), http_param(q, "ref"), back.reason,
		&back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "searching", e);
}

int web_case_vouch(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	int rc = case_vouch(web_desk(q), http_param(q, "ref"), back.reason,
		&back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "vouched", e);
}

int web_case_declaration(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	(void)ctx;
	return desk_back_to_case(q, r,
		case_ask_declaration(web_desk(q), http_param(q, "ref"), e),
		"declaration-asked", e);
}

/* On the one ground that needs no facts: the letter says what the law wants. */
int web_case_unverified(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct denial x = { .ground = STR("UNVERIFIED") };
	struct problems ps = { 0 };
	int rc = case_deny(web_desk(q), http_param(q, "ref"), &x, &ps, e);

	(void)ctx;
	return desk_back_to_case(q, r, rc, rc > 0 ? "proposed" : "denied", e);
}

int web_case_undeliverable(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	int rc = case_undeliverable(web_desk(q), http_param(q, "ref"),
		back.reason, &back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "closed", e);
}

int web_case_taken_back(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	int rc = case_taken_back(web_desk(q), http_param(q, "ref"), back.reason,
		&back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "taken-back", e);
}

/* Leads to the case that begins. */
int web_case_resume(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	str again;

	(void)ctx;
	if (case_resume(web_desk(q), http_param(q, "ref"), &again, e))
		return -1;
	http_flash(r, "resumed");
	http_redirect(r, desk_case_path(q->arena, again, ""));
	return 0;
}

/* Takes a denial back whose letter was not sent. */
int web_case_reopen(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	int rc = case_reopen(web_desk(q), http_param(q, "ref"), back.reason,
		&back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "reopened", e);
}

int web_case_message(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "message") };
	int rc = message_answer(web_desk(q), http_param(q, "ref"), back.reason,
		&back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "replied", e);
}

int web_case_declared(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct case_returned back = { .declared = {
					      { http_form(q, "signed_by") },
					      http_form(q, "signed_on") } };
	int rc = case_declared(web_desk(q), http_param(q, "ref"),
		&back.declared, &back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "declared", e);
}

int web_case_end(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	int rc = telling_end(web_desk(q), http_param(q, "ref"), back.reason,
		&back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "ended", e);
}

int web_case_correct_by_hand(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct case_returned back = { .correction = correction_of(q) };
	int rc = case_correct_by_hand(web_desk(q), http_param(q, "ref"),
		&back.correction, &back.problems, e);

	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(
		q, r, rc, rc > 0 ? "proposed" : "corrected", e);
}

static bool is_ticked(const struct http_request *q, size_t place)
{
	size_t at = 0;
	str value;
	int64_t n;

	while (http_form_next(q, "theirs", &at, &value))
		if (str_int(value, &n) && n == (int64_t)place)
			return true;
	return false;
}

int web_case_doubt(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct doubt_said *said =
		arena_many(q->arena, struct doubt_said, DOUBTS_AT_ONCE);
	bool is_any_theirs = false;
	size_t n = 0, at = 0;
	str value;
	int rc;

	(void)ctx;
	while (n < DOUBTS_AT_ONCE && http_form_next(q, "listed", &at, &value)) {
		bool is_theirs = is_ticked(q, n);

		said[n++] = (struct doubt_said){ value, is_theirs };
		is_any_theirs |= is_theirs;
	}
	rc = case_doubts(web_desk(q), http_param(q, "ref"), said, n, e);
	return desk_back_to_case(
		q, r, rc, is_any_theirs ? "searching" : "doubt", e);
}

int web_case_drop(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_returned back = { .reason = http_form(q, "reason") };
	int64_t task = 0;
	int rc;

	if (!str_int(http_form(q, "task"), &task))
		task = 0;
	rc = case_drop(web_desk(q), http_param(q, "ref"), task, back.reason,
		&back.problems, e);
	if (back.problems.n)
		return case_draw(ctx, q, r, false, &back, e);
	return desk_back_to_case(q, r, rc, "dropped", e);
}
