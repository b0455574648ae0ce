/* The rows that a look-up finds, read cell by cell. */
#include "base/base.h"
#include "connect/sqlite/among.h"
#include "connect/sqlite/untyped.h"
#include "connect/statement.h"

static void read_cell(
	sqlite3_stmt *st, int at, size_t cell_max, struct cell *out)
{
	int type = sqlite3_column_type(st, at);

	*out = (struct cell){ .type = CELL_TEXT,
		.is_decimal = type == SQLITE_FLOAT };
	if (type == SQLITE_NULL) {
		out->type = CELL_NULL;
		return;
	}
	if (type == SQLITE_BLOB) {
		out->type = CELL_BLOB;
		out->v.v.p = sqlite3_column_blob(st, at);
	} else {
		if (type == SQLITE_INTEGER)
			out->type = CELL_INT;
		out->v.v.p = (const char *)sqlite3_column_text(st, at);
	}
	out->v.v.n = (size_t)sqlite3_column_bytes(st, at);
	cell_cut(out, cell_max);
}

static struct sqlite_among among_of(
	struct arena *a, sqlite3 *db, const struct row_query *q)
{
	struct sqlite_place p = { q->table, { .at = { q->where }, .n = 1 } };

	if (q->is_all)
		return (struct sqlite_among){ 0 };
	for (size_t i = 0; i < q->parts_n; i++)
		p.columns.at[i] = q->parts[i];
	p.columns.n = q->parts_n ? q->parts_n : 1;
	return sqlite_among_of(a, db, &p, q->values, q->values_n);
}

static const char *query_text(
	struct arena *a, const struct row_query *q, str same)
{
	const struct statement_part parts[] = {
		{ "columns", names_quoted(a, q->columns, q->columns_n) },
		{ "table", name_quoted(a, q->table) },
		{ "column", name_quoted(a, q->where) },
		{ "kind", arena_fmt(a, "%d", (int)q->kind) },
		{ "values", question_marks(a, q->values_n) },
		{ "same", same },
		{ "n", arena_fmt(a, "%zu", q->rows_max) },
	};
	enum statement s = q->match == MATCH_IDENT ? SQLITE_SAY_ROWS_IDENT
						   : SQLITE_SAY_ROWS_EXACT;

	if (q->is_all)
		s = q->rows_max ? SQLITE_SAY_ROWS_FEW : SQLITE_SAY_ROWS_ALL;
	return statement_fill(a, sqlite_statement(s), parts, COUNTOF(parts));
}

struct sqlite_read {
	struct sqlite_conn *c;
	const struct row_query *q;
	row_fn *fn;
	void *ctx;
	const char *what; /* for errors: which table */
};

static int read_rows(
	const struct sqlite_read *rd, sqlite3_stmt *st, struct err *e)
{
	struct cell cells[CONNECT_COLUMNS_MAX];
	int rc;

	must(rd->q->columns_n <= COUNTOF(cells));
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		for (size_t i = 0; i < rd->q->columns_n; i++)
			read_cell(st, (int)i, rd->q->cell_max, &cells[i]);
		if (rd->fn(rd->ctx, cells, rd->q->columns_n, e) < 0)
			return -1;
	}
	return rc == SQLITE_DONE ? 0 : sqlite_failed(rd->c->db, rd->what, e);
}

static int look_among(const struct sqlite_read *rd, struct arena *a,
	const struct sqlite_among *in, struct err *e)
{
	const struct row_query *q = rd->q;
	sqlite3 *db = rd->c->db;
	sqlite3_stmt *st = NULL;
	int rc = -1;

	sqlite_call_begins(rd->c);
	if (sqlite3_prepare_v2(db, query_text(a, q, in->text), -1, &st, NULL) ||
		sqlite_bind_all(st, 1, in->cells, in->n))
		sqlite_failed(db, rd->what, e);
	else
		rc = read_rows(rd, st, e);
	sqlite3_finalize(st);
	return rc;
}

static int look(const struct sqlite_read *rd, struct arena *a, struct err *e)
{
	struct sqlite_among in = among_of(a, rd->c->db, rd->q);

	return look_among(rd, a, &in, e);
}

/* As many at once as SQLite finds quickly. */
static int look_for_tuples(const struct sqlite_read *rd, struct err *e)
{
	struct row_query left = *rd->q;
	int rc = 0;

	while (!rc && left.values_n) {
		struct arena *a = arena_new(SCRATCH_MAX);
		struct sqlite_among in = among_of(a, rd->c->db, &left);

		rc = look_among(rd, a, &in, e);
		left.values += in.taken;
		left.values_n -= in.taken;
		arena_free(a);
	}
	return rc;
}

/* In halves, since each value may become two. */
static int look_untyped(
	const struct sqlite_read *rd, struct arena *a, struct err *e)
{
	const struct row_query *all = rd->q;
	const size_t most = CONNECT_VALUES_MAX / 2;
	struct row_query q = *all;
	struct sqlite_read part = *rd;

	part.q = &q;
	for (size_t at = 0; at < all->values_n; at += most) {
		size_t left = all->values_n - at;

		q.values = sqlite_forms(a, all->values + at,
			left < most ? left : most, &q.values_n);
		if (look(&part, a, e))
			return -1;
	}
	return all->values_n ? 0 : look(rd, a, e);
}

int sqlite_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct sqlite_conn *c = sqlite_own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	struct sqlite_read rd = { c, q, fn, ctx, table_in_words(a, q->table) };
	bool is_exact = !q->is_all && q->match != MATCH_IDENT && !q->parts_n;
	int rc;

	sqlite_call_begins(c);
	if (is_exact && sqlite_is_untyped(a, c->db, q->table, q->where))
		rc = look_untyped(&rd, a, e);
	else if (q->parts_n)
		rc = look_for_tuples(&rd, e);
	else
		rc = look(&rd, a, e);
	arena_free(a);
	return rc;
}

int sqlite_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	sqlite3 *db = sqlite_own(conn)->db;

	(void)e;
	*out = str_of(query_text(a, q, among_of(a, db, q).text));
	return 0;
}
