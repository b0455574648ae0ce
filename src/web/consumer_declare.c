/* The consumer signs the declaration that staff asked for. */
#include "desk/intake.h"
#include "desk/limit.h"
#include "web/declare.h"
#include "web/html.h"
#include "web/web.h"
#include "words/words.h"

/* By its number, as the page of the request is: numbers that are none are counted. */
static int find(struct http_request *q, struct declare_page *x, struct err *e)
{
	struct status s;
	int rc = intake_status(
		web_desk(q), http_param(q, "ref"), q->peer, &s, e);

	if (rc > 0)
		rc = declare_page(web_desk(q), s.reference, x, e);
	if (rc)
		return rc < 0 ? -1 : 0;
	err_set(e, ERR_NOT_FOUND, "there is nothing to sign under this number");
	return err_hint(e, "see where your request stands");
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct declare_view *v, struct err *e)
{
	struct declare_page x;
	enum lang l;

	if (find(q, &x, e) ||
		web_page(w, q, r, STR("Sign that it’s you"), &v->page, NULL, e))
		return -1;
	l = v->page.lang;
	v->page.is_private = true;
	v->x = &x;
	v->due = words_date(q->arena, l, x.due_on);
	v->signed_on = words_date(q->arena, l, x.signed_on);
	v->minutes = LIMIT_CODE_MINUTES;
	if (v->problems.n) {
		v->page.has_problem = true;
		r->status = 422;
	}
	html_declare(&r->body, l, v);
	return 0;
}

int web_declare(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct declare_view v = { .is_sent = http_query(q, "sent").n > 0 };

	return draw(ctx, q, r, &v, e);
}

/* Signed meanwhile, or the case went on: the page says how it stands. */
int web_declare_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct declare_view v = { .is_sent = true,
		.typed = { http_form(q, "code"), http_form(q, "declared"),
			{ http_form(q, "signed_by") } } };
	bool sends = http_form(q, "send").n > 0;
	str ref = http_param(q, "ref");
	int rc = sends ? declare_send_code(web_desk(q), ref, &v.problems, e)
		       : declare_sign(
				 web_desk(q), ref, &v.typed, &v.problems, e);

	if (rc && e->code != ERR_NOT_FOUND)
		return -1;
	if (!rc && v.problems.n)
		return draw(ctx, q, r, &v, e);
	http_redirect(r, arena_fmt(q->arena,
				 sends && !rc ? "/s/%.*s/declare?sent=1"
					      : "/s/%.*s/declare",
				 STR_ARG(ref)));
	return 0;
}
