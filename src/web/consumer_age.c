/*
 * The age gate.  A form may lead to pages of ours alone (Content-Security-Policy), so
 * the answer leads to one that leads on.
 */
#include "desk/limit.h"
#include "web/age.h"
#include "web/child.h"
#include "web/html.h"
#include "web/web.h"

#define AGE_COOKIE "age"

static int open_gate(
	struct http_request *q, str token, struct age_gate *gate, struct err *e)
{
	int rc = age_gate_open(web_desk(q), token, gate, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "this link is not valid, or no longer");
	return err_hint(e, "go back to where you came from, and try again");
}

static int draw(struct web *w, struct http_request *q, struct http_response *r,
	struct age_view *v, struct err *e)
{
	if (web_page(w, q, r, STR("Date of birth"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->is_answered =
		age_gate_is_remembered(web_desk(q), http_cookie(q, AGE_COOKIE));
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_age(&r->body, v->page.lang, v);
	return 0;
}

int web_age(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct age_view v = { .token = http_query(q, "t") };
	struct age_gate gate;

	if (open_gate(q, v.token, &gate, e))
		return -1;
	return draw(ctx, q, r, &v, e);
}

int web_age_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct age_view v = {
		.token = http_form(q, "t"),
		.typed = { { http_form(q, "month") }, { http_form(q, "day") },
			{ http_form(q, "year") } },
	};
	struct age_gate_answer a = { .typed = v.typed,
		.remembered = http_cookie(q, AGE_COOKIE),
		.peer = q->peer };
	struct age_gate gate;

	if (open_gate(q, v.token, &gate, e) ||
		age_gate_take(web_desk(q), &gate, &a, &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_redirect(
		r, arena_fmt(q->arena, "/age/done?t=%.*s", STR_ARG(v.token)));
	http_cookie_set(r, (struct http_cookie){ .name = AGE_COOKIE,
				   .value = a.keep,
				   .max_age_s = LIMIT_AGE_GATE_HOURS * 3600,
				   .path = "/age" });
	return 0;
}

int web_age_done(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct age_done_view v = { .return_to = STR("") };
	struct age_gate gate;

	if (open_gate(q, http_query(q, "t"), &gate, e))
		return -1;
	if (web_page(ctx, q, r, STR("Thank you"), &v.page, NULL, e))
		return -1;
	v.page.is_private = true;
	v.return_to = gate.return_to;
	http_set(r, "Refresh",
		arena_fmt(q->arena, "0; url=%.*s", STR_ARG(v.return_to)));
	html_age_done(&r->body, v.page.lang, &v);
	return 0;
}
