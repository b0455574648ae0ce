/*
 * A law-enforcement hold: place it, renew it, lift it.
 */
#include "web/hold.h"

#include "desk/limit.h"
#include "web/html.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct hold_view *v, struct err *e)
{
	struct hold_page x;
	int rc = case_hold(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (desk_page_fill(w, q, r, STR("Law-enforcement hold"), &v->page, e))
		return -1;
	v->x = &x;
	v->path = desk_case_path(q->arena, x.reference, "");
	v->placed = date_words(q->arena, x.x.placed_on);
	v->until = date_words(q->arena, x.x.until);
	v->place_until = date_words(q->arena, x.place_until);
	v->renew_until = date_words(q->arena, x.renew_until);
	v->order_max = LIMIT_NOTE_BYTES;
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_hold(&r->body, v);
	return 0;
}

int web_hold(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct hold_view v = { .order_max = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_hold_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct hold_view v = { .order = http_form(q, "order") };
	struct desk *d = web_desk(q);
	str reference = http_param(q, "ref");
	str act = http_form(q, "act");
	const char *flash = "lifted";
	int rc;

	if (str_eq(act, STR("place"))) {
		flash = "held";
		rc = case_hold_place(d, reference, v.order, &v.problems, e);
	} else if (str_eq(act, STR("renew"))) {
		flash = "renewed";
		rc = case_hold_renew(d, reference, v.order, &v.problems, e);
	} else if (str_eq(act, STR("lift"))) {
		rc = case_hold_lift(d, reference, e);
	} else {
		return err_set(e, ERR_INVALID, "place, renew or lift it");
	}
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, flash, e);
}
