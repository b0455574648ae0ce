/*
 * Look-ups: some values a request, and of each request page after page.  A page
 * has its own memory, so that a service with a million rows takes that of one
 * page.
 */
#include <inttypes.h>

#include "base/base.h"
#include "base/json.h"
#include "connect/http/fill.h"
#include "connect/http/http.h"
#include "connect/json_cell.h"
#include "connect/matcher.h"

enum { PAGES_MAX = 1000000 };

struct look {
	struct http_conn *conn;
	const struct row_query *query;
	const struct http_look *how;
	const struct http_column **columns; /* of the query, then `where` */
	row_fn *fn;
	void *ctx;
	struct matcher matcher; /* of the values of this request */
	size_t rows_n;
	bool has_where; /* some row has the column that was asked by */
	bool is_enough;
};

/* Where the pages are. */
struct pages {
	struct http_fill fill;
	struct cell page;
	struct cell size;
	str url;         /* of this page; lives with the pages */
	str next;        /* that the service hands over; or empty */
	int64_t number;  /* of page or offset */
	str last_cursor; /* to see one that stays the same */
	struct arena *arena;
	size_t n;
};

/* --- one page --- */

static int take_row(
	struct look *l, struct arena *a, const json_t *row, struct err *e)
{
	const struct row_query *q = l->query;
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 2];
	size_t n = q->columns_n + !q->is_all;

	must(n <= COUNTOF(cells));
	if (!json_is_object(row))
		return err_set(e, ERR_CORRUPT, "a row that is no object");
	for (size_t i = 0; i < n; i++) {
		const json_t *v = json_path_get(row, &l->columns[i]->path);

		cells[i] = (struct cell){ .type = CELL_NULL };
		if (v && json_cell(a, v, &cells[i], e) < 0)
			return -1;
		l->has_where |= i == q->columns_n && v;
	}
	l->rows_n++;
	if (!q->is_all && !matcher_takes(&l->matcher, &cells[q->columns_n]))
		return 0;
	for (size_t i = 0; i < q->columns_n; i++)
		cell_cut(&cells[i], q->cell_max);
	l->is_enough = q->is_all && q->rows_max && l->rows_n >= q->rows_max;
	return l->fn(l->ctx, cells, q->columns_n, e);
}

static int no_rows_there(const struct look *l, struct err *e)
{
	err_set(e, ERR_INVALID, "the answer has no %s at \"%.*s\"",
		l->how->is_one ? "row" : "list of rows",
		STR_ARG(l->how->rows.written));
	return err_hint(e, "\"rows\" of the recipe is the path to the list; "
			   "\"row\" that to the one row");
}

/* *n: the rows of this page; *last: the last of them, or NULL. */
static int take_rows(struct look *l, struct arena *a, const json_t *tree,
	const json_t **last, struct err *e)
{
	const json_t *rows = json_path_get(tree, &l->how->rows);
	size_t n = json_array_size(rows);

	*last = NULL;
	if (l->how->is_one) {
		*last = json_is_null(rows) ? NULL : rows;
		if (!rows)
			return no_rows_there(l, e);
		return *last ? take_row(l, a, rows, e) : 0;
	}
	if (!json_is_array(rows))
		return no_rows_there(l, e);
	for (size_t i = 0; i < n && !l->is_enough; i++) {
		*last = json_array_get(rows, i);
		if (take_row(l, a, *last, e) < 0)
			return -1;
	}
	return 0;
}

/* --- from page to page --- */

static bool says_no_more(const struct look *l, const json_t *tree)
{
	return l->how->more.n &&
	       !json_is_true(json_path_get(tree, &l->how->more));
}

static int repeats(struct err *e)
{
	err_set(e, ERR_CORRUPT, "the service hands over the same page again");
	return err_hint(e, "compare \"paging\" of the recipe with what the "
			   "service says of its pages");
}

/* 1 there is a next page, 0 none, -1. */
static int next_cursor(struct look *l, struct pages *p, const json_t *tree,
	const json_t *last, struct err *e)
{
	const json_t *v = json_path_get(
		l->how->is_cursor_of_row ? last : tree, &l->how->cursor);

	if (!v || json_is_null(v) || json_is_false(v))
		return 0;
	if (json_cell(p->arena, v, &p->page, e) < 0)
		return -1;
	p->page = cell_dup(p->arena, &p->page);
	if (!p->page.v.v.n)
		return 0;
	if (l->how->paging == HTTP_PAGING_URL) {
		p->next = p->page.v.v;
		return 1;
	}
	if (str_eq(p->page.v.v, p->last_cursor))
		return repeats(e);
	p->last_cursor = p->page.v.v;
	p->fill.page = &p->page;
	return 1;
}

static int next_number(struct pages *p, int64_t by)
{
	p->number += by;
	p->page = cell_int(p->arena, p->number);
	p->fill.page = &p->page;
	return by > 0;
}

static int go_on(struct look *l, struct pages *p, const json_t *tree,
	const json_t *last, struct err *e)
{
	size_t n = json_array_size(json_path_get(tree, &l->how->rows));

	if (says_no_more(l, tree) || l->is_enough)
		return 0;
	switch (l->how->paging) {
	case HTTP_PAGING_PAGE:
		return n ? next_number(p, 1) : 0;
	case HTTP_PAGING_OFFSET:
		return n ? next_number(p, (int64_t)n) : 0;
	case HTTP_PAGING_CURSOR:
	case HTTP_PAGING_URL:
		return next_cursor(l, p, tree, last, e);
	case HTTP_PAGING_LINK:
		return p->next.n > 0;
	case HTTP_PAGING_NONE:
	case HTTP_PAGINGS:
		break;
	}
	return 0;
}

static int url_of_page(struct look *l, struct pages *p, struct err *e)
{
	const struct recipe *r = &l->conn->recipe;
	str target, before = p->url;

	if (p->next.n) {
		if (wire_next(p->arena, r, before, p->next, &p->url, e) < 0)
			return -1;
		return str_eq(before, p->url) ? repeats(e) : 0;
	}
	target = http_fill_target(p->arena, l->how->call.target, &p->fill);
	if (!target.n)
		return err_set(e, ERR_LIMIT,
			"a request of more than %d KiB; \"at_once\" of the "
			"recipe is too large",
			HTTP_TARGET_MAX >> 10);
	p->url = arena_fmt(
		p->arena, "%.*s%.*s", STR_ARG(r->url), STR_ARG(target));
	return 0;
}

/* 1 and its tree; 0 the one row is not there; -1. */
static int ask_for_page(struct look *l, struct arena *a, struct pages *p,
	json_t **tree, struct err *e)
{
	struct wire_request q = { .call = &l->how->call, .url = p->url };
	struct wire_answer an = { 0 };

	q.body = http_fill_body(a, &l->how->call, &p->fill);
	if (wire_ask(l->conn->wire, a, &q, &an, e) < 0)
		return -1;
	if (an.status >= 400)
		return l->how->is_one ? 0 : wire_refused(&q, &an, e);
	p->next = l->how->paging == HTTP_PAGING_LINK
			  ? arena_dup(p->arena, an.next)
			  : (str){ 0 };
	if (!json_read(a, an.text, HTTP_ANSWER_MAX, tree, e))
		return 1;
	e->code = e->code == ERR_LIMIT ? ERR_LIMIT : ERR_CORRUPT;
	return err_context(e, "the answer to %.*s %.*s",
		STR_ARG(l->how->call.method),
		STR_ARG(str_head(l->how->call.target, 100)));
}

/* 1 there is a next page, 0 none, -1. */
static int do_page(struct look *l, struct pages *p, struct err *e)
{
	struct arena *a = arena_new(HTTP_ARENA_MAX);
	const json_t *last = NULL;
	json_t *tree;
	int rc = url_of_page(l, p, e);

	if (!rc)
		rc = ask_for_page(l, a, p, &tree, e);
	if (rc == 1)
		rc = take_rows(l, a, tree, &last, e) < 0
			     ? -1
			     : go_on(l, p, tree, last, e);
	arena_free(a);
	return rc;
}

/* All pages of one request. */
static int do_request(
	struct look *l, const struct cell *values, size_t n, struct err *e)
{
	struct pages p = { .arena = arena_new(HTTP_ARENA_MAX),
		.fill = { .values = values, .values_n = n } };
	struct row_query part = *l->query;
	int rc = 1;

	part.values = values;
	part.values_n = n;
	l->matcher = matcher_of(p.arena, &part);
	if (l->conn->head.system->page_size) {
		p.size = cell_int(p.arena, l->conn->head.system->page_size);
		p.fill.size = &p.size;
	}
	if (l->how->paging == HTTP_PAGING_PAGE)
		next_number(&p, l->how->first);
	if (l->how->paging == HTTP_PAGING_OFFSET)
		next_number(&p, 0);
	while (rc == 1 && p.n++ < PAGES_MAX)
		rc = do_page(l, &p, e);
	if (rc == 1)
		rc = err_set(
			e, ERR_LIMIT, "more than %d pages", (int)PAGES_MAX);
	arena_free(p.arena);
	return rc;
}

/* What is found by a column that the answer does not have would all be dropped:
 * then the recipe is wrong, and nobody is "not found". */
static int check_where(const struct look *l, struct err *e)
{
	const struct http_column *c = l->columns[l->query->columns_n];

	if (l->query->is_all || !l->rows_n || l->has_where)
		return 0;
	err_set(e, ERR_INVALID, "no row that the service found has \"%.*s\"",
		STR_ARG(c->path.written));
	return err_hint(e,
		"compare the path of the column \"%.*s\" in the "
		"recipe with an answer",
		STR_ARG(c->name));
}

static int do_requests(struct look *l, struct err *e)
{
	const struct row_query *q = l->query;
	size_t n = (size_t)l->how->at_once;

	if (q->is_all || !l->how->by.n)
		return do_request(l, q->is_all ? NULL : q->values,
			q->is_all ? 0 : q->values_n, e);
	for (size_t i = 0; i < q->values_n; i += n)
		if (do_request(l, q->values + i,
			    q->values_n - i < n ? q->values_n - i : n, e) < 0)
			return -1;
	return 0;
}

static int prepare(struct look *l, struct arena *a, struct err *e)
{
	const struct row_query *q = l->query;
	const struct http_table *t;

	if (http_table_of(l->conn, q->table, &t, e) < 0)
		return -1;
	l->columns =
		arena_many(a, const struct http_column *, q->columns_n + 1);
	for (size_t i = 0; i < q->columns_n; i++)
		if (http_column_of(t, q->columns[i], &l->columns[i], e) < 0)
			return -1;
	if (!q->is_all &&
		http_column_of(t, q->where, &l->columns[q->columns_n], e) < 0)
		return -1;
	l->how = recipe_look(t, q->is_all ? (str){ 0 } : q->where);
	if (l->how)
		return 0;
	if (q->is_all)
		return err_set(e, ERR_INVALID,
			"the recipe has no request for all rows");
	return err_set(e, ERR_INVALID, "the recipe can't look up by \"%.*s\"",
		STR_ARG(q->where));
}

/* Unasked, for a look at what there is: only what a GET tells, which changes nothing. */
static bool may_ask(struct http_conn *c, const struct row_query *q)
{
	const struct http_table *t = recipe_table(&c->recipe, q->table);
	const struct http_look *how = t ? recipe_look(t, (str){ 0 }) : NULL;

	return !t || (how && str_eq(how->call.method, STR("GET")));
}

int http_look_up(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct arena *a = arena_new(HTTP_ARENA_MAX);
	struct look l = {
		.conn = http_own(conn), .query = q, .fn = fn, .ctx = ctx
	};
	int rc;

	if (q->is_mapped && !may_ask(l.conn, q)) {
		arena_free(a);
		return 0;
	}
	rc = prepare(&l, a, e);
	/* Nothing is asked for nobody. */
	if (!rc && (q->is_all || q->values_n))
		rc = do_requests(&l, e);
	if (!rc)
		rc = check_where(&l, e);
	arena_free(a);
	return rc;
}

int http_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	return http_look_up(conn, q, fn, ctx, e) < 0
		       ? http_in_table(q->table, e)
		       : 0;
}

int http_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	struct look l = { .conn = http_own(conn), .query = q };

	if (prepare(&l, a, e) < 0)
		return http_in_table(q->table, e);
	*out = arena_fmt(a, "%.*s %.*s%.*s, %s%s", STR_ARG(l.how->call.method),
		STR_ARG(l.conn->recipe.url), STR_ARG(l.how->call.target),
		!l.how->by.n && !q->is_all
			? "every row, compared here"
			: arena_fmt(a, "%d at once%c", l.how->at_once, '\0').p,
		l.how->paging == HTTP_PAGING_NONE ? "" : ", page by page");
	return 0;
}
