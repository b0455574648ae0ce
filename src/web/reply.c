#include "web/reply.h"

#include "web/html.h"
#include "web/web.h"

static const struct problems no_problems;

int reply_open(struct web *w, struct http_request *q, struct http_response *r,
	struct page *page, struct reply_form *form, const struct problems *ps,
	struct err *e)
{
	str title = page->title;

	if (web_page(w, q, r, title, page, NULL, e))
		return -1;
	page->is_private = true;
	form->answer = http_form(q, "answer");
	form->rows = http_form(q, "rows");
	form->reason = http_form(q, "reason");
	form->problems = ps ? ps : &no_problems;
	if (!ps)
		return 0;
	page->has_problem = true;
	r->status = 422;
	return 0;
}

int reply_done(struct web *w, struct http_request *q, struct http_response *r,
	struct reply_done_view *v, struct err *e)
{
	if (web_page(
		    w, q, r, STR("Your answer is recorded"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	html_reply_done(&r->body, v);
	return 0;
}
