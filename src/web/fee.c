/*
 * Staff ask for a fee.
 */
#include "web/fee.h"

#include "desk/limit.h"
#include "web/html.h"

static str day_words(struct arena *a, int64_t at)
{
	return at ? date_words(a, date_pacific(at)) : STR("");
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct fee_view *v, struct err *e)
{
	struct charge_page x;
	int rc = charge_page(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (desk_page_fill(w, q, r, STR("Ask for a fee"), &v->page, e))
		return -1;
	v->x = &x;
	v->path = desk_case_path(q->arena, x.reference, "");
	v->due = date_words(q->arena, x.due_on);
	v->asked = day_words(q->arena, x.charge.asked_at);
	v->answered = day_words(q->arena, x.charge.answered_at);
	v->note_max = LIMIT_NOTE_BYTES;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_fee(&r->body, v);
	return 0;
}

int web_fee(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct fee_view v = { .note_max = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_fee_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct fee_view v = { .typed = { .amount = http_form(q, "amount"),
				      .why = http_form(q, "why"),
				      .proof = http_form(q, "proof") } };
	int rc = case_charge(
		web_desk(q), http_param(q, "ref"), &v.typed, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "fee-asked", e);
}
