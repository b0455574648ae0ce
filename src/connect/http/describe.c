/*
 * What a recipe can ask a service for, as a draft of the data map.  An API tells
 * nobody what it holds; its recipe names tables and columns, and rows of the
 * request for all of them say what the columns hold (connect/propose.h).
 */
#include "base/base.h"
#include "connect/http/http.h"

/* What nearly all services call it; else what one row is asked for by. */
static str key_of(const struct http_table *t)
{
	if (recipe_column(t, STR("id")))
		return STR("id");
	for (size_t i = 0; i < t->looks_n; i++)
		if (t->looks[i].is_one)
			return t->looks[i].by;
	return (str){ 0 };
}

static int tell_table(
	const struct http_table *t, column_fn *fn, void *ctx, struct err *e)
{
	struct column_fact f = { .table = t->name,
		.is_unseen = !recipe_look(t, (str){ 0 }) };
	str key = key_of(t);

	for (size_t i = 0; i < t->columns_n; i++) {
		f.column = t->columns[i].name;
		f.is_key = str_eq(f.column, key);
		if (fn(ctx, &f, e) < 0)
			return -1;
	}
	return 0;
}

int http_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	const struct recipe *r = &http_own(conn)->recipe;

	for (size_t i = 0; i < r->tables_n; i++)
		if (tell_table(&r->tables[i], fn, ctx, e) < 0)
			return -1;
	return 0;
}
