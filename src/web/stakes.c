#include "web/stakes.h"

#include "desk/limit.h"
#include "web/html.h"

static void fill_fields(struct http_request *q, const struct stakes *typed,
	struct stakes_view *v)
{
	v->fields.n = STAKES;
	for (size_t i = 0; i < STAKES; i++) {
		v->fields.at[i] = (struct stake_field){
			.of = &v->x->at[i],
			.id = arena_fmt(q->arena, "f-%s", v->x->at[i].code),
			.problem = problem_of(&v->problems, v->x->at[i].code),
		};
		if (typed)
			v->fields.at[i].text = typed->text[i];
	}
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, const struct stakes *typed,
	struct stakes_view *v, struct err *e)
{
	struct stakes_page x;
	int rc = case_stakes(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (!x.can)
		return desk_changed_meanwhile(q, r, x.reference);
	if (desk_page_fill(w, q, r, STR("Weigh how sure to be"), &v->page, e))
		return -1;
	v->x = &x;
	v->path = desk_case_path(q->arena, x.reference, "");
	v->note_max = LIMIT_NOTE_BYTES;
	v->raises = typed && typed->raises;
	fill_fields(q, typed, v);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_stakes(&r->body, v);
	return 0;
}

int web_stakes(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct stakes_view v = { .note_max = 0 };

	return draw(ctx, q, r, NULL, &v, e);
}

int web_stakes_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct stakes_view v = { .note_max = 0 };
	struct stakes typed = { .raises = str_eq(
					http_form(q, "raise"), STR("yes")) };
	struct stakes_page x;
	int rc = case_stakes(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	for (size_t i = 0; i < STAKES; i++)
		typed.text[i].v = http_form(q, x.at[i].code);
	rc = case_weigh(
		web_desk(q), http_param(q, "ref"), &typed, &v.problems, e);
	if (v.problems.n)
		return draw(ctx, q, r, &typed, &v, e);
	return desk_back_to_case(q, r, rc, "weighed", e);
}
