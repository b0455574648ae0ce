#ifndef CONNECT_HTTP_HTTP_H
#define CONNECT_HTTP_HTTP_H

#include "connect/connector.h"
#include "connect/http/recipe.h"
#include "connect/http/wire.h"

/*
 * Systems that are HTTP APIs, spoken to as a recipe says.  Internal to this
 * folder.
 */
struct http_conn {
	struct conn head;
	enum conn_mode mode;
	struct recipe recipe;
	struct wire *wire;
};

static inline struct http_conn *http_own(struct conn *c)
{
	return (struct http_conn *)c;
}

/* Puts the table's name before the error. */
int http_in_table(str table, struct err *e);
/* ERR_INVALID when the recipe has no such table, or the table no such column. */
int http_table_of(const struct http_conn *c, str name,
	const struct http_table **out, struct err *e);
int http_column_of(const struct http_table *t, str name,
	const struct http_column **out, struct err *e);

/* As rows() of struct connector; the table's name is the caller's to add. */
int http_look_up(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e);

/* The calls of struct connector. */
int http_rows(struct conn *c, const struct row_query *q, row_fn *fn, void *ctx,
	struct err *e);
int http_erase(struct conn *c, const struct erase_step *steps, size_t n,
	int64_t *erased, struct err *e);
/* The tables of the recipe. */
int http_describe(struct conn *c, column_fn *fn, void *ctx, struct err *e);
int http_plan(struct conn *c, struct arena *a, const struct row_query *q,
	str *out, struct err *e);

#endif
