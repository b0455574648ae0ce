/*
 * Calling a requester back.
 */
#include "web/call_back.h"

#include "desk/limit.h"
#include "web/html.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct call_back_view *v, struct err *e)
{
	struct call_back_page x;
	int rc = call_back_page(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (desk_page_fill(w, q, r, STR("Call back"), &v->page, e))
		return -1;
	v->x = &x;
	v->path = desk_case_path(q->arena, x.reference, "");
	v->note_max = LIMIT_NOTE_BYTES;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	else
		v->phone = x.phone.v;
	html_call_back(&r->body, v);
	return 0;
}

int web_call_back(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct call_back_view v = { .note_max = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_called_back(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct call_back in = { .phone = { http_form(q, "phone") },
		.note = http_form(q, "note") };
	struct call_back_view v = { .phone = in.phone.v, .note = in.note };
	int rc = case_call_back(
		web_desk(q), http_param(q, "ref"), &in, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "called-back", e);
}
