/*
 * Look-ups.  Identifiers are standardized twice: roughly by the database, which
 * may bring rows too many, and then exactly by ident/, so that all connectors
 * answer the same.
 */
#include "base/base.h"
#include "connect/hashed.h"
#include "connect/mariadb/hash.h"
#include "connect/mariadb/session.h"

enum {
	ALIKE_VALUES_MAX = 1000, /* of more, the whole table is read */
	ALIKE_SIZE_MAX = 1 << 20,
};

static const char *alike_expression(enum ident_kind kind)
{
	static const char *const all[IDENT_KINDS] = {
#define ALIKE(KIND, expression) [IDENT_##KIND] = expression,
#include "connect/mariadb/tbl/alike.h"
	};

	must((size_t)kind < COUNTOF(all));
	return all[kind];
}

/* One pattern a value, and what patterns in ASCII can't tell. */
static str alike_text(
	struct arena *a, const struct row_query *q, struct maria_values *v)
{
	const char *pattern = alike_expression(q->kind);
	const struct statement_part parts[] = {
		{ "column", name_quoted(a, q->where) },
	};
	struct buf b = buf_in(a, ALIKE_SIZE_MAX);

	if (!pattern || q->values_n > ALIKE_VALUES_MAX)
		return STR("1 = 1");
	pattern = statement_fill(a, pattern, parts, COUNTOF(parts));
	buf_puts(
		&b, statement_fill(a, maria_statements[MARIA_SAY_OTHER_LETTERS],
			    parts, COUNTOF(parts)));
	for (size_t i = 0; i < q->values_n; i++) {
		struct cell *c = arena_one(a, struct cell);

		*c = cell_text(inside_pattern(a, q->values[i].v.v));
		buf_fmt(&b, " or %s like ?", pattern);
		maria_values_put(v, c, AS_TEXT);
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

static const char *rows_text(struct arena *a, enum maria_statement s,
	const struct row_query *q, str columns, str condition)
{
	const struct statement_part parts[] = {
		{ "columns", columns },
		{ "table", name_quoted(a, q->table) },
		{ "column", name_quoted(a, q->where) },
		{ "same", condition },
		{ "alike", condition },
		{ "n", arena_fmt(a, "%zu", q->rows_max) },
	};

	return statement_fill(a, maria_statements[s], parts, COUNTOF(parts));
}

static int plan_exact(struct maria_conn *c, const struct row_query *q,
	struct maria_values *v, str *condition, struct err *e)
{
	struct map_names tuple = { .n = q->parts_n };
	struct maria_among in = { .table = q->table,
		.column = q->where,
		.values = q->values,
		.n = q->values_n,
		.is_loose = q->is_loose,
		.tuple = q->parts_n ? &tuple : NULL };
	bool is_joined;

	for (size_t i = 0; i < q->parts_n; i++)
		tuple.at[i] = q->parts[i];
	if (maria_is_joined(c, q, &is_joined, e))
		return -1;
	in.is_loose = in.is_loose || is_joined;
	return maria_put_among(c, &in, v, condition, e) < 0 ? -1 : 0;
}

static int plan_rows(struct maria_conn *c, const struct row_query *q,
	struct maria_values *v, struct maria_ask *ask,
	struct maria_columns *columns, struct err *e)
{
	struct arena *a = v->arena;
	enum maria_statement s = MARIA_SAY_ROWS_EXACT;
	str condition = { 0 };

	if (maria_put_columns(c, a, q, columns, e))
		return -1;
	if (q->is_all) {
		s = q->rows_max ? MARIA_SAY_ROWS_FEW : MARIA_SAY_ROWS_ALL;
	} else if (q->match == MATCH_IDENT) {
		s = MARIA_SAY_ROWS_IDENT;
		condition = alike_text(a, q, v);
	} else if (plan_exact(c, q, v, &condition, e)) {
		return -1;
	}
	ask->sql = rows_text(a, s, q, columns->text, condition);
	ask->values = v->at;
	ask->n = v->n;
	return 0;
}

struct row_reader {
	const struct row_query *q;
	const struct maria_columns *columns;
	row_fn *fn;
	void *ctx;
};

/* What the database found alike, looked at exactly. */
static bool is_match(const struct row_query *q, const struct cell *c)
{
	struct ident id;

	if (c->type == CELL_NULL ||
		ident_read(&id, IDENT_TOYON_1, q->kind, c->v.v))
		return false;
	for (size_t i = 0; i < q->values_n; i++)
		if (str_eq(q->values[i].v.v, (str){ id.text, id.n }))
			return true;
	return false;
}

/* Cells that came with a mark before them, without it. */
static int take_hashed(
	const struct row_reader *rd, const struct cell *cells, struct err *e)
{
	const struct row_query *q = rd->q;
	struct cell out[CONNECT_COLUMNS_MAX];

	must(q->columns_n <= COUNTOF(out));
	for (size_t i = 0; i < q->columns_n; i++) {
		out[i] = cells[i];
		if (rd->columns->is_hashed[i] && out[i].type != CELL_NULL &&
			hashed_cell(q->table, cells[i].v.v, &out[i], e))
			return -1;
		cell_cut(&out[i], q->cell_max);
	}
	return rd->fn(rd->ctx, out, q->columns_n, e);
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct row_reader *rd = ctx;
	const struct row_query *q = rd->q;

	must(n >= q->columns_n);
	if (!q->is_all && q->match == MATCH_IDENT &&
		!is_match(q, &cells[q->columns_n]))
		return 0;
	if (rd->columns->has_hashed)
		return take_hashed(rd, cells, e);
	return rd->fn(rd->ctx, cells, q->columns_n, e);
}

int maria_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct maria_conn *c = maria_own(conn);
	struct arena *a = arena_new(MARIA_SCRATCH_MAX);
	struct maria_values v = { .arena = a };
	struct maria_ask ask = { .what = table_in_words(a, q->table) };
	struct maria_columns columns;
	struct row_reader rows = { q, &columns, fn, ctx };
	struct maria_reader rd = { .fn = take_row,
		.ctx = &rows,
		.cell_max = q->cell_max,
		.whole = q->columns_n };
	int rc = plan_rows(c, q, &v, &ask, &columns, e);

	/* The mark must not push out a value's last byte. */
	if (!rc && columns.has_hashed && q->cell_max)
		rd.cell_max++;
	if (!rc)
		rc = maria_link_ask(&c->link, &ask, &rd, NULL, e);
	arena_free(a);
	return rc;
}

int maria_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	struct maria_values v = { .arena = a };
	struct maria_ask ask = { .what = table_in_words(a, q->table) };
	struct maria_columns columns;

	if (plan_rows(maria_own(conn), q, &v, &ask, &columns, e) < 0)
		return -1;
	*out = str_of(ask.sql);
	return 0;
}
