/*
 * Look, then approve.
 */
#include "web/preview.h"

#include "web/html.h"

static void fill_tables(
	struct arena *a, const struct case_preview *p, struct preview_page *v)
{
	v->tables.n = p->tables.n;
	v->tables.at = arena_many(a, struct preview_table, p->tables.n);
	for (size_t i = 0; i < p->tables.n; i++) {
		const struct case_table *t = &p->tables.at[i];
		struct preview_table *out = &v->tables.at[i];

		*out = (struct preview_table){
			.table = t,
			.page = v,
			.is_first = !i || !str_eq(p->tables.at[i - 1].system,
						  t->system),
			.hidden = t->rows_total - t->rows.n,
		};
		v->systems += out->is_first;
		for (size_t k = 0; k < t->rows.n; k++)
			out->shared += t->rows.at[k].is_shared;
	}
}

static void fill_vendors(
	struct arena *a, const struct case_view *c, struct preview_page *v)
{
	v->vendors.at = arena_many(a, struct preview_vendor, c->tasks.n);
	for (size_t i = 0; i < c->tasks.n; i++)
		if (!c->tasks.at[i].is_system)
			v->vendors.at[v->vendors.n++] =
				(struct preview_vendor){ c->tasks.at[i].title };
}

static int load_case(struct http_request *q, struct case_view *c, struct err *e)
{
	int rc = case_load(web_desk(q), http_param(q, "ref"), false, c, e);

	if (rc > 0)
		return 0;
	return rc < 0 ? -1
		      : err_set(e, ERR_NOT_FOUND, "there is no such request");
}

int web_preview(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct case_view c;
	struct case_preview p;
	struct preview_page v = { .systems = 0 };

	if (load_case(q, &c, e) ||
		case_preview(web_desk(q), http_param(q, "ref"), &p, e) ||
		desk_page_fill(ctx, q, r, STR("Review what will be deleted"),
			&v.page, e))
		return -1;
	v.reference = c.reference;
	v.path = desk_case_path(q->arena, c.reference, "");
	v.who = c.masked_name;
	v.rows = p.rows;
	v.shared = p.shared;
	v.seen = c.seen;
	v.can_approve = c.can_approve;
	if (!c.second.is_denial)
		v.second = c.second;
	v.knows.n = p.knows.n;
	v.knows.at = arena_many(q->arena, struct preview_know, p.knows.n);
	for (size_t i = 0; i < p.knows.n; i++)
		v.knows.at[i] = (struct preview_know){ p.knows.at[i],
			desk_case_path(q->arena, p.knows.at[i], "") };
	keep_list_fill(q, &c, &v.page, &v.kept);
	v.kept.has_facts = true;
	fill_tables(q->arena, &p, &v);
	fill_vendors(q->arena, &c, &v);
	html_preview(&r->body, &v);
	return 0;
}

/* A search that ended after the preview was drawn may have found more: then
 * nothing is approved, and the case says that it changed. */
int web_approve(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	int rc = case_approve(
		web_desk(q), http_param(q, "ref"), http_form(q, "seen"), e);

	(void)ctx;
	return desk_back_to_case(q, r, rc, rc > 0 ? "proposed" : "approved", e);
}
