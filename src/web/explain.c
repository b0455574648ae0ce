/*
 * The answer about an automated decision: staff write what the law wants told.
 */
#include "web/explain.h"

#include "desk/limit.h"
#include "web/html.h"
#include "web/letter_flow.h"

static void fill_choices(struct arena *a, struct explain_view *v)
{
	v->choices.at =
		arena_many(a, struct explain_choice, explained_results_count());
	for (size_t i = 0; i < explained_results_count(); i++) {
		const struct explained_result *r = explained_result_at(i);

		if (r->kind == v->x->kind)
			v->choices.at[v->choices.n++] =
				(struct explain_choice){ r,
					str_eq(v->typed.explained_result,
						str_of(r->value)) };
	}
}

static void fill_fields(struct arena *a, struct explain_view *v)
{
	v->fields.at = arena_many(a, struct explain_field, explained_count());
	for (size_t i = 0; i < explained_count(); i++) {
		const struct explained_row *row = explained_at(i);

		if (row->kind == v->x->kind)
			v->fields.at[v->fields.n++] =
				(struct explain_field){ row,
					explained_text(row, &v->typed)->v };
	}
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct explain_view *v, struct err *e)
{
	struct explain_page x;
	int rc = explain_load(web_desk(q), http_param(q, "ref"), &x, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	v->path = desk_case_path(q->arena, x.reference, "");
	if (!x.can) {
		http_flash(r, "changed");
		http_redirect(r, v->path);
		return 0;
	}
	v->is_appeal = x.kind == KIND_APPEAL_ADMT;
	v->title = v->is_appeal ? "Review the decision"
				: "Tell how it was decided";
	if (desk_page_fill(w, q, r, str_of(v->title), &v->page, e))
		return -1;
	v->x = &x;
	letter_flow_all(q->arena, x.letter.at, x.letter.n);
	if (x.letter.n && !v->is_typed)
		v->typed = x.proposed;
	v->text_max = LIMIT_NOTE_BYTES;
	fill_choices(q->arena, v);
	fill_fields(q->arena, v);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_explain(&r->body, v);
	return 0;
}

int web_explain_look(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct explain_view v = { .text_max = 0 };

	return draw(ctx, q, r, &v, e);
}

static void read_typed(struct http_request *q, struct person *out)
{
	out->explained_result = http_form(q, "explained_result");
	out->explained_times = http_form(q, "explained_times");
	out->explained_part = http_form(q, "explained_part");
	out->explained_human = http_form(q, "explained_human");
	for (size_t i = 0; i < explained_count(); i++)
		explained_text(explained_at(i), out)->v =
			http_form(q, explained_at(i)->name);
}

int web_explain(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct explain_view v = { .is_typed = true };
	int rc;

	read_typed(q, &v.typed);
	rc = case_explain(
		web_desk(q), http_param(q, "ref"), &v.typed, &v.problems, e);
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(
		q, r, rc, rc > 0 ? "proposed" : "explained", e);
}
