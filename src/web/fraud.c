#include "web/fraud.h"

#include "desk/limit.h"
#include "web/html.h"
#include "web/letter_flow.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct fraud_view *v, struct err *e)
{
	struct fraud_page x;
	int rc = case_fraud(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (!x.can)
		return desk_changed_meanwhile(q, r, x.reference);
	if (desk_page_fill(w, q, r, STR("Refuse as fraudulent"), &v->page, e))
		return -1;
	v->x = &x;
	letter_flow_all(q->arena, x.letter.at, x.letter.n);
	v->path = desk_case_path(q->arena, x.reference, "");
	v->note_max = LIMIT_NOTE_BYTES;
	if (!v->typed.why.n && !v->problems.n)
		v->typed = x.proposed;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_fraud(&r->body, v);
	return 0;
}

int web_fraud(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct fraud_view v = { .note_max = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_fraud_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct fraud_view v = {
		.typed = { .why = http_form(q, "why"),
			.evidence = http_form(q, "evidence") },
	};
	int rc = case_refuse_fraud(
		web_desk(q), http_param(q, "ref"), &v.typed, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, rc > 0 ? "proposed" : "refused", e);
}
