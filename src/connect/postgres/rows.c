/*
 * Look-ups.  Identifiers are standardized twice: roughly by the database, which
 * may bring rows too many, and then exactly by ident/, so that all connectors
 * answer the same.
 */
#include "base/base.h"
#include "connect/filled.h"
#include "connect/hashed.h"
#include "connect/postgres/array.h"
#include "connect/postgres/hash.h"
#include "connect/postgres/session.h"

enum {
	OID_INT8 = 20, /* of PostgreSQL's catalog; they never change */
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701,
	OID_BPCHAR = 1042, /* char(n) */
	OID_NUMERIC = 1700,
};

struct alike {
	const char *expression; /* NULL: every row may match */
	bool is_inside;
};

static struct alike alike_of(enum ident_kind kind)
{
	static const struct alike all[IDENT_KINDS] = {
#define ALIKE(KIND, is_inside, expression) \
	[IDENT_##KIND] = { expression, is_inside },
#include "connect/postgres/tbl/alike.h"
	};

	must((size_t)kind < COUNTOF(all));
	return all[kind];
}

static const char *alike_values(
	struct arena *a, const struct row_query *q, bool is_inside)
{
	struct buf b = buf_in(a, PG_ARRAY_MAX);

	pg_array_start(&b);
	for (size_t i = 0; i < q->values_n; i++) {
		str v = q->values[i].v.v;

		pg_array_put(&b, is_inside ? inside_pattern(a, v) : v);
	}
	return pg_array_end(&b);
}

static str alike_text(struct arena *a, struct alike k, str column)
{
	const struct statement_part parts[] = { { "column", column } };

	return arena_fmt(a, "%s %s any($1::text[])",
		statement_fill(a, k.expression, parts, COUNTOF(parts)),
		k.is_inside ? "like" : "=");
}

/* What a look-up is made of, as texts. */
struct pg_look {
	str table;
	str columns;
	str condition;
};

static const char *rows_text(struct arena *a, enum pg_statement s,
	const struct row_query *q, const struct pg_look *l)
{
	const struct statement_part parts[] = {
		{ "columns", l->columns },
		{ "table", l->table },
		{ "column", name_quoted(a, q->where) },
		{ "same", l->condition },
		{ "alike", l->condition },
		{ "n", arena_fmt(a, "%zu", q->rows_max) },
	};

	return statement_fill(a, pg_statements[s], parts, COUNTOF(parts));
}

static struct pg_among among_of(const struct row_query *q)
{
	struct pg_among in = { .table = q->table,
		.columns = { .at = { q->where }, .n = 1 },
		.values = q->values,
		.n = q->values_n,
		.parameter = 1 };

	for (size_t i = 0; i < q->parts_n; i++)
		in.columns.at[i] = q->parts[i];
	in.columns.n = q->parts_n ? q->parts_n : 1;
	return in;
}

/* The statement for a look-up; value: its parameters, one for each column that is looked
 * in. */
static int plan_rows(struct pg_conn *c, struct arena *a,
	const struct row_query *q, struct pg_ask *ask, const char **value,
	struct err *e)
{
	struct pg_among in = among_of(q);
	struct alike k;
	struct pg_look l = { .condition = { 0 } };

	ask->values_n = 0;
	if (pg_table_quoted(c, q->table, &l.table, e) ||
		pg_put_columns(c, a, q, &l.columns, e))
		return -1;
	if (q->is_all) {
		ask->sql = rows_text(a,
			q->rows_max ? PG_SAY_ROWS_FEW : PG_SAY_ROWS_ALL, q, &l);
	} else if (q->match == MATCH_IDENT) {
		k = alike_of(q->kind);
		l.condition = k.expression ? alike_text(a, k,
						     name_quoted(a, q->where))
					   : STR("true");
		if (k.expression)
			value[ask->values_n++] =
				alike_values(a, q, k.is_inside);
		ask->sql = rows_text(a, PG_SAY_ROWS_IDENT, q, &l);
	} else {
		if (pg_put_among(c, a, &in, &l.condition, value, e) < 0)
			return -1;
		ask->values_n = (int)in.columns.n;
		ask->sql = rows_text(a, PG_SAY_ROWS_EXACT, q, &l);
	}
	ask->values = value;
	return 0;
}

struct row_reader {
	const struct pg_conn *conn;
	const struct row_query *q;
	row_fn *fn;
	void *ctx;
	const size_t *fills; /* of each column */
};

/* What the database found alike, looked at exactly. */
static bool is_match(const struct row_query *q, const PGresult *res)
{
	str raw = pg_value_at(res, (int)q->columns_n);
	struct ident id;

	if (ident_read(&id, IDENT_TOYON_1, q->kind, raw) != IDENT_FAULT_NONE)
		return false;
	for (size_t i = 0; i < q->values_n; i++)
		if (str_eq(q->values[i].v.v, (str){ id.text, id.n }))
			return true;
	return false;
}

static int read_cell(const struct row_reader *rd, const PGresult *res, size_t i,
	struct cell *out, struct err *e)
{
	int at = (int)i;
	Oid type = PQftype(res, at);

	*out = (struct cell){ .type = CELL_TEXT };
	if (PQgetisnull(res, 0, at)) {
		out->type = CELL_NULL;
		return 0;
	}
	if (type == OID_INT2 || type == OID_INT4 || type == OID_INT8)
		out->type = CELL_INT;
	out->is_decimal =
		type == OID_NUMERIC || type == OID_FLOAT4 || type == OID_FLOAT8;
	out->v.v = pg_value_at(res, at);
	if (type == OID_BPCHAR || rd->fills[i])
		out->v.v = filled_value(out->v.v);
	if (pg_is_hashed(rd->conn, rd->q, i) &&
		hashed_cell(rd->q->table, out->v.v, out, e))
		return -1;
	cell_cut(out, rd->q->cell_max);
	return 0;
}

static int take_row(void *ctx, const PGresult *res, struct err *e)
{
	const struct row_reader *rd = ctx;
	const struct row_query *q = rd->q;
	struct cell cells[CONNECT_COLUMNS_MAX];

	must(q->columns_n <= COUNTOF(cells));
	if (!q->is_all && q->match == MATCH_IDENT && !is_match(q, res))
		return 0;
	for (size_t i = 0; i < q->columns_n; i++)
		if (read_cell(rd, res, i, &cells[i], e))
			return -1;
	return rd->fn(rd->ctx, cells, q->columns_n, e);
}

static int learn_fills(struct pg_conn *c, struct arena *a,
	const struct row_query *q, const size_t **out, struct err *e)
{
	size_t *fills = arena_many(a, size_t, q->columns_n);

	*out = fills;
	for (size_t i = 0; i < q->columns_n; i++)
		if (pg_fill_of(c, q->table, q->columns[i], &fills[i], e) < 0)
			return -1;
	return 0;
}

int pg_rows(struct conn *conn, const struct row_query *q, row_fn *fn, void *ctx,
	struct err *e)
{
	struct pg_conn *c = pg_own(conn);
	struct arena *a = arena_new(PG_SCRATCH_MAX);
	struct pg_ask ask = { .what = table_in_words(a, q->table) };
	struct row_reader rd = { c, q, fn, ctx, NULL };
	const char *values[MAP_PARTS_MAX];
	int rc = plan_rows(c, a, q, &ask, values, e);

	if (!rc)
		rc = learn_fills(c, a, q, &rd.fills, e);
	if (!rc)
		rc = pg_link_ask(&c->link, &ask, take_row, &rd, NULL, e);
	arena_free(a);
	return rc;
}

int pg_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	struct pg_ask ask = { .what = table_in_words(a, q->table) };
	const char *values[MAP_PARTS_MAX];

	if (plan_rows(pg_own(conn), a, q, &ask, values, e) < 0)
		return -1;
	*out = str_of(ask.sql);
	return 0;
}
