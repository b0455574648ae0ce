/* What the database holds, by its information schema. */
#include "base/base.h"
#include "connect/mariadb/session.h"

static int take_any(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	bool *is_any = ctx;

	(void)cells;
	(void)n;
	(void)e;
	*is_any = true;
	return 0;
}

int maria_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e)
{
	struct maria_conn *c = maria_own(conn);
	struct arena *a = arena_new(MARIA_SCRATCH_MAX);
	struct cell names[] = { cell_text(table), cell_text(column) };
	struct maria_values v = { .arena = a };
	struct maria_ask ask = { .sql = maria_statements[MARIA_SAY_EMPTIABLE],
		.what = "its columns" };
	struct maria_reader rd = {
		.fn = take_any, .ctx = out, .whole = SIZE_MAX
	};
	int rc;

	*out = false;
	for (size_t i = 0; i < COUNTOF(names); i++)
		maria_values_put(&v, &names[i], AS_IT_IS);
	ask.values = v.at;
	ask.n = v.n;
	rc = maria_link_ask(&c->link, &ask, &rd, NULL, e);
	arena_free(a);
	return rc;
}

struct fact_reader {
	column_fn *fn;
	void *ctx;
};

static int take_fact(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct fact_reader *rd = ctx;
	struct column_fact f = {
		.table = cells[0].v.v,
		.column = cells[1].v.v,
		.type = cells[2].v.v,
		.is_key = str_eq(cells[3].v.v, STR("1")),
		.refers_table = cells[4].v.v,
		.refers_column = cells[5].v.v,
		.has_rules = true,
		.has_form = true,
		.is_unique = str_eq(cells[7].v.v, STR("1")),
		.is_full = str_eq(cells[8].v.v, STR("1")),
	};

	must(n == 9);
	if (!f.is_key)
		str_int(cells[6].v.v, &f.key_place);
	return rd->fn(rd->ctx, &f, e);
}

int maria_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct maria_ask ask = { .sql = maria_statements[MARIA_SAY_DESCRIBE],
		.what = "its tables" };
	struct fact_reader facts = { fn, ctx };
	struct maria_reader rd = {
		.fn = take_fact, .ctx = &facts, .whole = SIZE_MAX
	};

	return maria_link_ask(&maria_own(conn)->link, &ask, &rd, NULL, e);
}

struct ripple_reader {
	ripple_fn *fn;
	void *ctx;
};

static int take_ripple(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct ripple_reader *rd = ctx;
	struct ripple r = { cells[0].v.v, cells[1].v.v, cells[2].v.v,
		cells[3].v.v, cells[4].v.v };

	(void)n;
	return rd->fn(rd->ctx, &r, e);
}

static int tell_keys(struct conn *conn, enum maria_statement s, ripple_fn *fn,
	void *ctx, struct err *e)
{
	struct maria_ask ask = { .sql = maria_statements[s],
		.what = "its foreign keys" };
	struct ripple_reader ripples = { fn, ctx };
	struct maria_reader rd = {
		.fn = take_ripple, .ctx = &ripples, .whole = SIZE_MAX
	};

	return maria_link_ask(&maria_own(conn)->link, &ask, &rd, NULL, e);
}

int maria_ripples(struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(conn, MARIA_SAY_RIPPLES, fn, ctx, e);
}

int maria_references(struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	return tell_keys(conn, MARIA_SAY_TUPLE_KEYS, fn, ctx, e);
}
