/*
 * Rows in, thousands at a time: an array for each column, unnested by the
 * database and cast to the column's type.
 */
#include "base/base.h"
#include "base/enc.h"
#include "connect/postgres/array.h"
#include "connect/postgres/session.h"

enum {
	INSERT_ROWS_MAX = 4000, /* at once */
	INSERT_SIZE_MAX = 8 << 20,
};

/* Rows on their way into one table: an array for each column. */
struct insert_batch {
	const struct insert_table *table;
	const char *sql;
	struct arena *arena; /* of the rows gathered; cleared when sent */
	struct buf *columns;
	size_t rows;
	size_t size;
};

static int insert_text(struct pg_conn *c, struct arena *a,
	const struct insert_table *t, const char **out, struct err *e)
{
	struct buf casts = buf_in(a, STATEMENT_SIZE_MAX);
	struct buf arrays = buf_in(a, STATEMENT_SIZE_MAX);
	struct buf names = buf_in(a, STATEMENT_SIZE_MAX);
	struct statement_part parts[] = {
		{ "table", { 0 } },
		{ "columns", names_quoted(a, t->columns, t->columns_n) },
		{ "casts", { 0 } },
		{ "arrays", { 0 } },
		{ "names", { 0 } },
	};

	if (pg_table_quoted(c, t->name, &parts[0].text, e) < 0)
		return -1;
	for (size_t i = 0; i < t->columns_n; i++) {
		const char *comma = i ? ", " : "";
		const struct pg_type *type;

		if (pg_type_of(c, t->name, t->columns[i], &type, e) < 0)
			return -1;
		buf_fmt(&casts, "%sv%zu::%.*s", comma, i, STR_ARG(type->name));
		buf_fmt(&arrays, "%s$%zu::text[]", comma, i + 1);
		buf_fmt(&names, "%sv%zu", comma, i);
	}
	parts[2].text = buf_str(&casts);
	parts[3].text = buf_str(&arrays);
	parts[4].text = buf_str(&names);
	*out = statement_fill(
		a, pg_statements[PG_SAY_INSERT], parts, COUNTOF(parts));
	return 0;
}

static void batch_start(struct insert_batch *b)
{
	arena_clear(b->arena);
	b->columns = arena_many(b->arena, struct buf, b->table->columns_n);
	for (size_t i = 0; i < b->table->columns_n; i++) {
		b->columns[i] = buf_in(b->arena, PG_ARRAY_MAX);
		pg_array_start(&b->columns[i]);
	}
	b->rows = b->size = 0;
}

static int batch_send(struct pg_conn *c, struct insert_batch *b, int64_t *added,
	struct err *e)
{
	size_t n = b->table->columns_n;
	const char **values = arena_many(b->arena, const char *, n);
	struct pg_ask ask = { b->sql, values, (int)n,
		table_in_words(b->arena, b->table->name) };
	int64_t changed;

	if (!b->rows)
		return 0;
	for (size_t i = 0; i < n; i++)
		values[i] = pg_array_end(&b->columns[i]);
	if (pg_link_ask(&c->link, &ask, NULL, NULL, &changed, e) < 0)
		return -1;
	*added += changed;
	batch_start(b);
	return 0;
}

static int batch_put(
	struct insert_batch *b, const struct cell *cells, struct err *e)
{
	for (size_t i = 0; i < b->table->columns_n; i++) {
		str v = cells[i].v.v;

		if (cells[i].type == CELL_NULL) {
			pg_array_null(&b->columns[i]);
			continue;
		}
		if (cells[i].type == CELL_BLOB)
			v = arena_fmt(b->arena, "\\x%.*s",
				STR_ARG(hex_of(b->arena, v.p, v.n)));
		if (v.n > 2 * CONNECT_CELL_MAX)
			return err_set(e, ERR_LIMIT,
				"table \"%.*s\": a value is too large",
				STR_ARG(b->table->name));
		if (!pg_can_hold(v))
			return err_set(e, ERR_INVALID,
				"table \"%.*s\": a text that is not UTF-8, or "
				"holds a NUL byte",
				STR_ARG(b->table->name));
		pg_array_put(&b->columns[i], v);
		b->size += v.n;
	}
	b->rows++;
	return 0;
}

struct inserting {
	struct insert_batch *batches;
	size_t n;
	insert_fn *next;
	void *ctx;
};

/* In the order of the tables, so that a row is there before its children. */
static int send_all(struct pg_conn *c, const struct inserting *in,
	int64_t *added, struct err *e)
{
	for (size_t i = 0; i < in->n; i++)
		if (batch_send(c, &in->batches[i], added, e) < 0)
			return -1;
	return 0;
}

static int add_rows(struct pg_conn *c, const struct inserting *in,
	int64_t *added, struct err *e)
{
	const struct cell *cells;
	size_t t;
	int rc;

	while ((rc = in->next(in->ctx, &t, &cells, e)) == 1) {
		struct insert_batch *b;

		must(t < in->n);
		b = &in->batches[t];
		if (batch_put(b, cells, e) < 0)
			return -1;
		if ((b->rows >= INSERT_ROWS_MAX ||
			    b->size >= INSERT_SIZE_MAX) &&
			send_all(c, in, added, e) < 0)
			return -1;
	}
	return rc ? rc : send_all(c, in, added, e);
}

static int start_batches(struct pg_conn *c, struct arena *a,
	const struct insert_table *tables, struct inserting *in, struct err *e)
{
	in->batches = arena_many(a, struct insert_batch, in->n);
	for (size_t i = 0; i < in->n; i++) {
		struct insert_batch *b = &in->batches[i];

		b->table = &tables[i];
		b->arena = arena_new(PG_SCRATCH_MAX);
		batch_start(b);
		if (insert_text(c, a, b->table, &b->sql, e) < 0)
			return -1;
	}
	return 0;
}

int pg_insert(struct conn *conn, const struct insert_table *tables, size_t n,
	insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct pg_conn *c = pg_own(conn);
	struct arena *a = arena_new(PG_SCRATCH_MAX);
	struct inserting in = { NULL, n, next, ctx };
	int rc = start_batches(c, a, tables, &in, e);

	if (!rc)
		rc = pg_say(c, PG_SAY_BEGIN, e);
	if (!rc)
		rc = add_rows(c, &in, added, e);
	if (!rc)
		rc = pg_say(c, PG_SAY_COMMIT, e);
	if (rc)
		pg_roll_back(c);
	for (size_t i = 0; i < n && in.batches[i].arena; i++)
		arena_free(in.batches[i].arena);
	arena_free(a);
	return rc;
}
