/* Staff enter a statement on health information for who can't send it themselves. */
#include "web/statement_enter.h"

#include "web/html.h"

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct statement_enter_view *v, struct err *e)
{
	struct statement_page page;
	str reference = http_param(q, "ref");
	int rc = statement_page(web_desk(q), reference, &page, e);

	if (rc < 0)
		return -1;
	if (!rc) {
		err_set(e, ERR_NOT_FOUND,
			"there is no statement to enter for this request");
		return err_hint(e,
			"statements are on health information that stays as "
			"it is, once the answer has left");
	}
	if (desk_page_fill(w, q, r, STR("Enter their statement"), &v->page, e))
		return -1;
	v->reference = reference;
	v->path = desk_case_path(q->arena, reference, "");
	v->is_open = page.is_open;
	v->words_max = page.words_max;
	v->parts = statement_parts_fill(q, &page, &v->problems);
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_statement_enter(&r->body, v);
	return 0;
}

int web_statement_enter(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct statement_enter_view v = { .words_max = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_statement_entered(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	struct statement_enter_view v = { .words_max = 0 };
	struct statement_texts texts = statement_texts_read(q);
	int rc = statement_enter(
		web_desk(q), http_param(q, "ref"), &texts, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "statement", e);
}
