/* The check of a parent: by which method, and what was shown. */
#include "web/parent.h"

#include "desk/limit.h"
#include "law/reference.h"
#include "web/html.h"

static const struct parent_check_row *row_of(enum parent_check c)
{
	return c == PARENT_CHECK_END ? NULL : parent_check_row(c);
}

static int fill_methods(struct desk *d, struct parent_view *v, struct err *e)
{
	struct parent_checks offered;

	if (parent_checks_offered(d, &offered, e))
		return -1;
	v->methods.at = arena_many(d->arena, struct parent_method, offered.n);
	for (size_t i = 0; i < offered.n; i++)
		v->methods.at[v->methods.n++] = (struct parent_method){
			.row = parent_check_row(offered.at[i]),
			.is_first = !i,
			.is_chosen = parent_check_of(v->typed_check) ==
				     offered.at[i],
		};
	return 0;
}

static int draw(const struct web *w, struct http_request *q,
	struct http_response *r, struct parent_view *v, struct err *e)
{
	struct desk *d = web_desk(q);
	struct documents forms;
	struct case_view c;
	int rc = case_load(d, http_param(q, "ref"), false, &c, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no such request");
	if (fill_methods(d, v, e) ||
		parent_forms(d, http_param(q, "ref"), &forms, e) ||
		desk_page_fill(
			w, q, r, STR("The parent or guardian"), &v->page, e))
		return -1;
	v->reference = c.reference;
	v->path = desk_case_path(q->arena, c.reference, "");
	v->parent = c.parent;
	v->can_reveal = desk_may(d, PERM_REVEAL);
	v->can_discard = c.is_open && desk_may(d, PERM_DECIDE);
	v->can_check = c.can_check_parent;
	v->wanted = row_of(c.parent.wanted);
	v->saw_max = LIMIT_NOTE_BYTES;
	v->forms = documents_lines(q->arena, LANG_EN, &forms);
	if (c.parent.is_checked) {
		v->check = row_of(c.parent.check);
		v->checked = date_words(q->arena, c.parent.checked_on);
	}
	v->page.has_problem = v->problems.n > 0;
	if (v->problems.n)
		r->status = 422;
	html_parent(&r->body, v);
	return 0;
}

int web_parent(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct parent_view v = { .saw_max = 0 };

	return draw(ctx, q, r, &v, e);
}

int web_parent_post(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct parent_view v = { .typed_check = http_form(q, "check"),
		.saw = http_form(q, "saw") };
	int rc = parent_check(web_desk(q), http_param(q, "ref"), v.typed_check,
		v.saw, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "parent-checked", e);
}

int web_parent_form_show(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	str file;

	(void)ctx;
	if (parent_form_show(web_desk(q), http_param(q, "ref"), documents_id(q),
		    &file, e))
		return -1;
	documents_download(q, r, "form", file);
	return 0;
}

int web_parent_form_discard(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	int rc = document_discard(web_desk(q), DOCUMENT_PARENT,
		http_param(q, "ref"), documents_id(q), e);

	(void)ctx;
	return desk_back_to_case(q, r, rc, "discarded", e);
}

int web_parents(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct parents_view v = { .lines = { NULL, 0 } };
	struct parents all;

	if (parents_waiting(web_desk(q), &all, e) ||
		desk_page_fill(ctx, q, r, STR("Parents to check"), &v.page, e))
		return -1;
	v.page.place = DESK_PARENTS;
	v.lines.at = arena_many(q->arena, struct parents_line, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct parent_row *p = &all.at[i];

		v.lines.at[v.lines.n++] = (struct parents_line){
			.href = desk_case_path(q->arena, p->reference, ""),
			.reference = p->reference,
			.kind = kind_title(p->kind),
			.received = date_words(q->arena, p->received_on),
			.wanted = row_of(p->wanted) ? row_of(p->wanted)->title
						    : "Nothing",
		};
	}
	html_parents(&r->body, &v);
	return 0;
}
