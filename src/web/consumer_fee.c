/* The requester accepts a fee or declines it, by the link of the letter. */
#include "web/fee.h"
#include "web/html.h"
#include "words/words.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct fee_offer_view *v, struct err *e)
{
	struct charge_offer x;
	int rc = charge_open(web_desk(q), http_param(q, "token"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND, "this link is not valid");
		return err_hint(e, "open it as it stands in the letter");
	}
	if (web_page(w, q, r, STR("A fee for your request"), &v->page, NULL, e))
		return -1;
	v->page.is_private = true;
	v->x = &x;
	v->token = http_param(q, "token");
	v->due = words_date(q->arena, v->page.lang, x.due_on);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_fee_offer(&r->body, v->page.lang, v);
	return 0;
}

int web_fee_offer(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct fee_offer_view v = { .due = { 0 } };

	return draw(ctx, q, r, &v, e);
}

/* Answered meanwhile, or the case went on: the page says how it stands. */
int web_fee_decide(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct fee_offer_view v = { .due = { 0 } };
	str choice = http_form(q, "choice");
	bool accepts = str_eq(choice, STR("yes"));

	if (!accepts && !str_eq(choice, STR("no"))) {
		problem_add(&v.problems, "choice", "missing",
			"Choose one of the two");
		return draw(ctx, q, r, &v, e);
	}
	if (charge_decide(web_desk(q), http_param(q, "token"), accepts, e) &&
		e->code != ERR_CONFLICT)
		return -1;
	http_redirect(r, arena_fmt(q->arena, "/fee/%.*s",
				 STR_ARG(http_param(q, "token"))));
	return 0;
}
