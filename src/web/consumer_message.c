/* Writing to staff about a request: by its number alone. */
#include "desk/intake.h"
#include "desk/message.h"
#include "web/html.h"
#include "web/status.h"
#include "web/web.h"

static int draw(struct web *w, struct http_request *q, struct http_response *r,
	struct write_view *v, struct err *e)
{
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
	if (web_page(w, q, r, STR("Write to us about this request"), &v->page,
		    NULL, e))
		return -1;
	v->page.is_private = true;
	v->reference = s.reference;
	v->is_full = !s.can_write;
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_message_write(&r->body, v->page.lang, v);
	return 0;
}

int web_message(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct write_view v = { .is_sent = http_query(q, "sent").n > 0 };

	return draw(ctx, q, r, &v, e);
}

int web_message_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct write_view v = { .text = { http_form(q, "text") } };

	if (message_send(web_desk(q), http_param(q, "ref"), v.text.v, q->peer,
		    &v.problems, e))
		return -1;
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_redirect(r, arena_fmt(q->arena, "/s/%.*s/message?sent=1",
				 STR_ARG(http_param(q, "ref"))));
	return 0;
}
