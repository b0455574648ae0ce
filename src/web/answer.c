/*
 * Read the letter, then send it.
 */
#include "web/answer.h"

#include "web/case.h"
#include "web/html.h"
#include "web/letter_flow.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct answer_page *v, struct err *e)
{
	struct case_view c;
	int rc = case_load(web_desk(q), http_param(q, "ref"), false, &c, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	/* Somebody sent it, or something opened again, meanwhile. */
	if (!c.can_answer)
		return desk_changed_meanwhile(q, r, c.reference);
	if (c.is_unasked) {
		http_redirect(r, desk_case_path(q->arena, c.reference, ""));
		return 0;
	}
	if (desk_page_fill(
		    w, q, r, STR("Read the answer, then send it"), &v->page, e))
		return -1;
	letter_flow_all(q->arena, c.answer.at, c.answer.n);
	v->c = &c;
	v->path = desk_case_path(q->arena, c.reference, "");
	v->waiting = c.vendors - c.vendors_confirmed;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_answer(&r->body, v);
	return 0;
}

int web_answer(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct answer_page v = { .waiting = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_answer_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct answer_page v = { .reason = http_form(q, "reason") };
	int rc = case_answer(
		web_desk(q), http_param(q, "ref"), v.reason, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc,
		rc                     ? ""
		: case_nobody_asked(q) ? "ended-unasked"
				       : "answered",
		e);
}
