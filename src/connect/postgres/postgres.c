/*
 * Systems that are PostgreSQL databases.
 *
 * Every look-up is one statement with its values in one array, cast to the type
 * of the column so that its index serves.  Identifiers are standardized twice:
 * roughly by the database, which may bring rows too many, and then exactly by
 * ident/, so that both connectors answer the same.
 */
#include <inttypes.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "connect/connector.h"
#include "connect/postgres/array.h"
#include "connect/postgres/link.h"
#include "connect/secret.h"
#include "connect/statement.h"

enum statement {
#define STATEMENT(NAME, text) PG_SAY_##NAME,
#include "connect/postgres/tbl/statements.h"
};

static const char *const statements[] = {
#define STATEMENT(NAME, text) text,
#include "connect/postgres/tbl/statements.h"
};

enum {
	SCRATCH_MAX = 512 << 20,
	INSERT_ROWS_MAX = 4000, /* at once */
	INSERT_SIZE_MAX = 8 << 20,
	OID_INT8 = 20, /* of PostgreSQL's catalog; they never change */
	OID_INT2 = 21,
	OID_INT4 = 23,
};

/* What the database says of a table's columns, asked once. */
struct pg_column {
	str name;
	str type;
	struct pg_column *next;
};

struct pg_table {
	str name;
	struct pg_column *columns;
	struct pg_table *next;
};

struct pg_conn {
	struct conn head;
	struct arena *arena;
	struct pg_link link;
	struct pg_table *tables;
};

static struct pg_conn *own(struct conn *c)
{
	return (struct pg_conn *)c;
}

static int say(struct pg_conn *c, enum statement s, struct err *e)
{
	struct pg_ask q = { .sql = statements[s], .what = "the connection" };

	return pg_link_ask(&c->link, &q, NULL, NULL, NULL, e);
}

static int say_timeout(struct pg_conn *c, struct arena *a, struct err *e)
{
	const struct statement_part parts[] = {
		{ "ms", arena_fmt(a, "%d", c->head.timeout_ms) },
	};
	struct pg_ask q = { .what = "the connection" };

	q.sql = statement_fill(
		a, statements[PG_SAY_TIMEOUT], parts, COUNTOF(parts));
	return pg_link_ask(&c->link, &q, NULL, NULL, NULL, e);
}

static void postgres_close(struct conn *conn)
{
	pg_link_drop(&own(conn)->link);
}

static int prepare_for_use(
	struct pg_conn *c, struct arena *a, enum conn_mode mode, struct err *e)
{
	if (say_timeout(c, a, e) < 0 || say(c, PG_SAY_BYTES, e) < 0)
		return -1;
	return mode == CONN_READ ? say(c, PG_SAY_READ_ONLY, e) : 0;
}

static int postgres_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	struct pg_conn *c = arena_one(a, struct pg_conn);
	str url = str_of(o->url);

	(void)m;
	c->arena = a;
	c->head.timeout_ms = o->timeout_ms ? o->timeout_ms : CONNECT_TIMEOUT_MS;
	if (!o->url &&
		secret_read(a, o->credentials_dir, s->database, &url, e) < 0)
		return -1;
	if (str_has(url, '\0'))
		return err_set(e, ERR_INVALID, "the secret holds a NUL byte");
	if (pg_link_open(&c->link, arena_cstr(a, url), c->head.timeout_ms, e) <
		0)
		return -1;
	if (prepare_for_use(c, a, o->mode, e) < 0) {
		postgres_close(&c->head);
		return -1;
	}
	*out = &c->head;
	return 0;
}

static const char *table_words(struct arena *a, str table)
{
	return arena_fmt(a, "table \"%.*s\"%c", STR_ARG(table), '\0').p;
}

static str value_at(const PGresult *res, int column)
{
	return (str){ PQgetvalue(res, 0, column),
		(size_t)PQgetlength(res, 0, column) };
}

struct type_reader {
	struct arena *arena;
	struct pg_table *table;
};

static int take_type(void *ctx, const PGresult *res, struct err *e)
{
	struct type_reader *rd = ctx;
	struct pg_column *c = arena_one(rd->arena, struct pg_column);

	(void)e;
	c->name = arena_dup(rd->arena, value_at(res, 0));
	c->type = arena_dup(rd->arena, value_at(res, 1));
	c->next = rd->table->columns;
	rd->table->columns = c;
	return 0;
}

static int missing(const char *what, struct err *e)
{
	err_set(e, ERR_INVALID, "%s: the table or a column is missing", what);
	return err_hint(e, "compare the data map with the database");
}

/* NULL with *e set. */
static const struct pg_table *table_of(
	struct pg_conn *c, str name, struct err *e)
{
	struct arena *a = c->arena;
	struct pg_table *t = c->tables;
	const char *quoted = arena_cstr(a, name_quoted(a, name));
	struct pg_ask q = { statements[PG_SAY_TYPES], &quoted, 1,
		table_words(a, name) };

	while (t && !str_eq(t->name, name))
		t = t->next;
	if (t)
		return t;
	t = arena_one(a, struct pg_table);
	t->name = arena_dup(a, name);
	if (pg_link_ask(&c->link, &q, take_type, &(struct type_reader){ a, t },
		    NULL, e) < 0)
		return NULL;
	if (!t->columns) {
		missing(q.what, e);
		return NULL;
	}
	t->next = c->tables;
	c->tables = t;
	return t;
}

static int type_of(
	struct pg_conn *c, str table, str column, str *type, struct err *e)
{
	const struct pg_table *t = table_of(c, table, e);
	const struct pg_column *col;

	if (!t)
		return -1;
	col = t->columns;
	while (col && !str_eq(col->name, column))
		col = col->next;
	if (!col)
		return missing(table_words(c->arena, table), e);
	*type = col->type;
	return 0;
}

/* Some values and the column that is to hold one: `"id" = any($1::bigint[])`. */
struct among {
	str table;
	str column;
	const struct cell *values;
	size_t n;
	int parameter;
};

static int put_among(struct pg_conn *c, struct arena *a, const struct among *in,
	str *text, const char **value, struct err *e)
{
	enum pg_sort sort;
	str type;

	if (type_of(c, in->table, in->column, &type, e) < 0)
		return -1;
	sort = pg_sort_of(type);
	*text = pg_same(a, in->column, sort, in->parameter);
	*value = pg_values(a, sort, in->values, in->n);
	return 0;
}

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

/* %text%, with what is special in a pattern taken as it is. */
static str inside_pattern(struct arena *a, str text)
{
	struct buf b = buf_in(a, 2 * IDENT_TEXT_MAX + 2);

	buf_putc(&b, '%');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '\\')
			buf_putc(&b, '\\');
		buf_putc(&b, text.p[i]);
	}
	buf_putc(&b, '%');
	must(buf_ok(&b));
	return buf_str(&b);
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

static const char *rows_text(struct arena *a, enum statement s,
	const struct row_query *q, str condition)
{
	const struct statement_part parts[] = {
		{ "columns", names_quoted(a, q->columns, q->columns_n) },
		{ "table", name_quoted(a, q->table) },
		{ "column", name_quoted(a, q->where) },
		{ "same", condition },
		{ "alike", condition },
	};

	return statement_fill(a, statements[s], parts, COUNTOF(parts));
}

/* The statement for a look-up; *value is its parameter, or NULL for none. */
static int plan_rows(struct pg_conn *c, struct arena *a,
	const struct row_query *q, struct pg_ask *ask, const char **value,
	struct err *e)
{
	struct among in = { q->table, q->where, q->values, q->values_n, 1 };
	struct alike k;
	str condition = { 0 };

	*value = NULL;
	if (q->is_all) {
		ask->sql = rows_text(a, PG_SAY_ROWS_ALL, q, condition);
	} else if (q->match == MATCH_IDENT) {
		k = alike_of(q->kind);
		condition = k.expression
				    ? alike_text(a, k, name_quoted(a, q->where))
				    : STR("true");
		if (k.expression)
			*value = alike_values(a, q, k.is_inside);
		ask->sql = rows_text(a, PG_SAY_ROWS_IDENT, q, condition);
	} else {
		if (put_among(c, a, &in, &condition, value, e) < 0)
			return -1;
		ask->sql = rows_text(a, PG_SAY_ROWS_EXACT, q, condition);
	}
	ask->values = value;
	ask->values_n = *value ? 1 : 0;
	return 0;
}

struct row_reader {
	const struct row_query *q;
	row_fn *fn;
	void *ctx;
};

/* What the database found alike, looked at exactly. */
static bool is_match(const struct row_query *q, const PGresult *res)
{
	str raw = value_at(res, (int)q->columns_n);
	struct ident id;

	if (ident_read(&id, IDENT_TOYON_1, q->kind, raw) != IDENT_FAULT_NONE)
		return false;
	for (size_t i = 0; i < q->values_n; i++)
		if (str_eq(q->values[i].v.v, (str){ id.text, id.n }))
			return true;
	return false;
}

static size_t cut_at_letter(str s, size_t max)
{
	size_t n = max;

	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

static void read_cell(
	const PGresult *res, int at, size_t cell_max, struct cell *out)
{
	Oid type = PQftype(res, at);

	*out = (struct cell){ .type = CELL_TEXT };
	if (PQgetisnull(res, 0, at)) {
		out->type = CELL_NULL;
		return;
	}
	if (type == OID_INT2 || type == OID_INT4 || type == OID_INT8)
		out->type = CELL_INT;
	out->v.v = value_at(res, at);
	if (!cell_max || out->v.v.n <= cell_max)
		return;
	out->is_cut = true;
	out->v.v.n = cut_at_letter(out->v.v, cell_max);
}

static int take_row(void *ctx, const PGresult *res, struct err *e)
{
	const struct row_reader *rd = ctx;
	const struct row_query *q = rd->q;
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];

	must(q->columns_n <= COUNTOF(cells));
	if (!q->is_all && q->match == MATCH_IDENT && !is_match(q, res))
		return 0;
	for (size_t i = 0; i < q->columns_n; i++)
		read_cell(res, (int)i, q->cell_max, &cells[i]);
	return rd->fn(rd->ctx, cells, q->columns_n, e);
}

static int postgres_rows(struct conn *conn, const struct row_query *q,
	row_fn *fn, void *ctx, struct err *e)
{
	struct pg_conn *c = own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	struct pg_ask ask = { .what = table_words(a, q->table) };
	struct row_reader rd = { q, fn, ctx };
	const char *value;
	int rc = plan_rows(c, a, q, &ask, &value, e);

	if (!rc)
		rc = pg_link_ask(&c->link, &ask, take_row, &rd, NULL, e);
	arena_free(a);
	return rc;
}

static int plan_step(struct pg_conn *c, struct arena *a,
	const struct erase_step *step, struct pg_ask *ask, struct err *e)
{
	const struct map_table *t = step->table;
	const char **values = arena_many(a, const char *, 2);
	str column = step->unlink ? step->unlink->name : (str){ 0 };
	struct among keys = { t->name, t->columns[t->key].name, step->keys,
		step->keys_n, 1 };
	struct among targets = { t->name, column, step->targets,
		step->targets_n, 2 };
	struct statement_part parts[] = {
		{ "table", name_quoted(a, t->name) },
		{ "column", name_quoted(a, column) },
		{ "key_same", { 0 } },
		{ "target_same", { 0 } },
	};

	if (put_among(c, a, &keys, &parts[2].text, &values[0], e) < 0)
		return -1;
	if (step->unlink &&
		put_among(c, a, &targets, &parts[3].text, &values[1], e) < 0)
		return -1;
	ask->sql = statement_fill(a,
		statements[step->unlink ? PG_SAY_UNLINK : PG_SAY_ERASE], parts,
		COUNTOF(parts));
	ask->values = values;
	ask->values_n = step->unlink ? 2 : 1;
	ask->what = table_words(a, t->name);
	return 0;
}

static int run_step(struct pg_conn *c, const struct erase_step *step,
	int64_t *changed, struct err *e)
{
	struct arena *a = arena_new(SCRATCH_MAX);
	struct pg_ask ask = { 0 };
	int rc = plan_step(c, a, step, &ask, e);

	if (!rc)
		rc = pg_link_ask(&c->link, &ask, NULL, NULL, changed, e);
	arena_free(a);
	return rc;
}

static void roll_back(struct pg_conn *c)
{
	struct err ignored = { 0 };

	if (c->link.pg)
		say(c, PG_SAY_ROLLBACK, &ignored);
}

static int postgres_erase(struct conn *conn, const struct erase_step *steps,
	size_t n, int64_t *erased, struct err *e)
{
	struct pg_conn *c = own(conn);
	int rc = say(c, PG_SAY_BEGIN, e);

	if (!rc)
		rc = say(c, PG_SAY_LATE, e);
	for (size_t i = 0; i < n && !rc; i++)
		rc = run_step(c, &steps[i], &erased[i], e);
	if (!rc)
		rc = say(c, PG_SAY_COMMIT, e);
	if (rc)
		roll_back(c);
	return rc;
}

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
		{ "table", name_quoted(a, t->name) },
		{ "columns", names_quoted(a, t->columns, t->columns_n) },
		{ "casts", { 0 } },
		{ "arrays", { 0 } },
		{ "names", { 0 } },
	};

	for (size_t i = 0; i < t->columns_n; i++) {
		const char *comma = i ? ", " : "";
		str type;

		if (type_of(c, t->name, t->columns[i], &type, e) < 0)
			return -1;
		buf_fmt(&casts, "%sv%zu::%.*s", comma, i, STR_ARG(type));
		buf_fmt(&arrays, "%s$%zu::text[]", comma, i + 1);
		buf_fmt(&names, "%sv%zu", comma, i);
	}
	parts[2].text = buf_str(&casts);
	parts[3].text = buf_str(&arrays);
	parts[4].text = buf_str(&names);
	*out = statement_fill(
		a, statements[PG_SAY_INSERT], parts, COUNTOF(parts));
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
		table_words(b->arena, b->table->name) };
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

struct pg_insert {
	struct insert_batch *batches;
	size_t n;
	insert_fn *next;
	void *ctx;
};

/* In the order of the tables, so that a row is there before its children. */
static int send_all(struct pg_conn *c, const struct pg_insert *in,
	int64_t *added, struct err *e)
{
	for (size_t i = 0; i < in->n; i++)
		if (batch_send(c, &in->batches[i], added, e) < 0)
			return -1;
	return 0;
}

static int add_rows(struct pg_conn *c, const struct pg_insert *in,
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
	const struct insert_table *tables, struct pg_insert *in, struct err *e)
{
	in->batches = arena_many(a, struct insert_batch, in->n);
	for (size_t i = 0; i < in->n; i++) {
		struct insert_batch *b = &in->batches[i];

		b->table = &tables[i];
		b->arena = arena_new(SCRATCH_MAX);
		batch_start(b);
		if (insert_text(c, a, b->table, &b->sql, e) < 0)
			return -1;
	}
	return 0;
}

static int postgres_insert(struct conn *conn, const struct insert_table *tables,
	size_t n, insert_fn *next, void *ctx, int64_t *added, struct err *e)
{
	struct pg_conn *c = own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	struct pg_insert in = { NULL, n, next, ctx };
	int rc = start_batches(c, a, tables, &in, e);

	if (!rc)
		rc = say(c, PG_SAY_BEGIN, e);
	if (!rc)
		rc = add_rows(c, &in, added, e);
	if (!rc)
		rc = say(c, PG_SAY_COMMIT, e);
	if (rc)
		roll_back(c);
	for (size_t i = 0; i < n && in.batches[i].arena; i++)
		arena_free(in.batches[i].arena);
	arena_free(a);
	return rc;
}

static int postgres_script(struct conn *conn, str rest, struct err *e)
{
	struct pg_conn *c = own(conn);
	struct arena *a = arena_new(SCRATCH_MAX);
	struct pg_ask q = { .what = "a statement of a script" };
	int rc = say(c, PG_SAY_BEGIN, e);

	while (!rc && (q.sql = statement_next(a, &rest)))
		rc = pg_link_ask(&c->link, &q, NULL, NULL, NULL, e);
	if (!rc)
		rc = say(c, PG_SAY_COMMIT, e);
	if (rc)
		roll_back(c);
	arena_free(a);
	return rc;
}

const struct connector connector_postgres = {
	.open = postgres_open,
	.rows = postgres_rows,
	.erase = postgres_erase,
	.insert = postgres_insert,
	.script = postgres_script,
	.close = postgres_close,
};
