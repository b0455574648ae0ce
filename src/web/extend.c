/*
 * More time: the reason, and the letter with it.
 */
#include "web/extend.h"

#include "web/html.h"
#include "web/letter_flow.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct extend_view *v, struct err *e)
{
	struct extension_page x;
	int rc = case_extension(
		web_desk(q), http_param(q, "ref"), str_trim(v->reason), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	/* Somebody was faster, or the day has passed. */
	if (!x.x.can)
		return desk_changed_meanwhile(q, r, x.reference);
	if (desk_page_fill(
		    w, q, r, STR("Take more time to answer"), &v->page, e))
		return -1;
	letter_flow_all(q->arena, x.letter, x.letter_n);
	v->x = &x;
	v->path = desk_case_path(q->arena, x.reference, "");
	v->due = date_words(q->arena, x.due_on);
	v->until = date_words(q->arena, x.x.until);
	v->notice_by = date_words(q->arena, x.x.notice_by);
	v->letter.at = x.letter;
	v->letter.n = x.letter_n;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_extend(&r->body, v);
	return 0;
}

int web_extend(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct extend_view v = { .reason = STR("") };

	return draw(ctx, q, r, &v, e);
}

int web_extend_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct extend_view v = { .reason = http_form(q, "reason") };
	int rc = case_extend(
		web_desk(q), http_param(q, "ref"), v.reason, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "extending", e);
}
