/*
 * Look, then approve.
 */
#include "web/preview.h"

#include "desk/limit.h"
#include "web/html.h"

enum { LET_ROWS_MAX = 64 }; /* that one form names; more than a page shows */

static bool is_named(const struct let_choice *c, size_t place)
{
	for (size_t i = 0; i < c->rows.n; i++)
		if (c->rows.at[i] == place)
			return true;
	return false;
}

static void fill_rows(struct arena *a, const struct let_choice *typed,
	struct preview_table *t)
{
	t->is_typed = typed->table.n && str_eq(typed->table, t->table->name) &&
		      str_eq(typed->system, t->table->system);
	t->let_why = t->is_typed ? typed->why : STR("");
	t->rows.n = t->table->rows.n;
	t->rows.at = arena_many(a, struct preview_row, t->rows.n);
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct case_cells *cells = &t->table->rows.at[i];

		t->rows.at[i] = (struct preview_row){ cells,
			t->is_typed ? is_named(typed, i)
				    : cells->may_let && cells->is_going };
	}
}

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
			.number = i + 1,
		};
		fill_rows(a, &v->let, out);
		v->systems += out->is_first;
		for (size_t k = 0; k < t->rows.n; k++)
			out->shared += t->rows.at[k].is_shared;
		v->rows_stuck += t->rows_stuck;
		if (!t->is_erased && t->changes.n)
			v->trimmed += (int64_t)t->rows_going;
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

static void fill_knows(struct http_request *q, const struct case_preview *p,
	struct preview_page *v)
{
	v->knows.n = p->knows.n;
	v->knows.at = arena_many(q->arena, struct preview_know, p->knows.n);
	for (size_t i = 0; i < p->knows.n; i++)
		v->knows.at[i] = (struct preview_know){ p->knows.at[i],
			desk_case_path(q->arena, p->knows.at[i], "") };
}

/* Whoever sent the other form of the page sees what was decided. */
static bool is_instead_typed(const struct preview_page *v)
{
	return problem_of(&v->problems, "instead") ||
	       problem_of(&v->problems, "instead_why");
}

/* typed: what was sent and is not right; NULL: nothing. */
static int draw(void *ctx, struct http_request *q, struct http_response *r,
	const struct preview_page *typed, struct err *e)
{
	struct case_view c;
	struct case_preview p;
	struct preview_page v = { .systems = 0 };

	if (typed)
		v = *typed;
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
	v.stuck = p.never_empty;
	v.is_parts = p.is_parts;
	v.let_why = p.let_why;
	v.why_max = LIMIT_NOTE_BYTES;
	if (!is_instead_typed(&v))
		v.instead = (struct instead_choice){ p.instead, p.instead_why };
	v.page.has_problem = v.problems.n > 0;
	if (v.problems.n)
		r->status = 422;
	fill_knows(q, &p, &v);
	keep_list_fill(q, &c, &v.page, &v.kept);
	v.kept.has_facts = true;
	fill_tables(q->arena, &p, &v);
	fill_vendors(q->arena, &c, &v);
	html_preview(&r->body, &v);
	return 0;
}

int web_preview(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	return draw(ctx, q, r, NULL, e);
}

int web_instead(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct preview_page v = { .instead = { .what = http_form(q, "instead"),
					  .why = http_form(
						  q, "instead_why") } };
	int rc = case_instead(
		web_desk(q), http_param(q, "ref"), &v.instead, &v.problems, e);

	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "instead", e);
}

static void read_let(struct http_request *q, struct let_choice *c)
{
	size_t *rows = arena_many(q->arena, size_t, LET_ROWS_MAX);
	size_t n = 0, at = 0;
	str value;
	int64_t place;

	*c = (struct let_choice){
		.seen = http_form(q, "seen"),
		.system = http_form(q, "system"),
		.table = http_form(q, "table"),
		.is_all = str_eq(http_form(q, "all"), STR("yes")),
		.why = http_form(q, "let_why"),
	};
	while (n < LET_ROWS_MAX && http_form_next(q, "row", &at, &value))
		if (str_int(value, &place) && place >= 0)
			rows[n++] = (size_t)place;
	c->rows.at = rows;
	c->rows.n = n;
}

int web_let(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	struct preview_page v = { .rows = 0 };
	int rc;

	read_let(q, &v.let);
	rc = case_let(
		web_desk(q), http_param(q, "ref"), &v.let, &v.problems, e);
	if (v.problems.n)
		return draw(ctx, q, r, &v, e);
	return desk_back_to_case(q, r, rc, "instead", e);
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
