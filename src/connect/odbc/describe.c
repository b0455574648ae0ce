/*
 * What the database holds, by what ODBC lets every driver list.  A name that is asked
 * for is a pattern to it ("_" is any letter), so what comes is looked at again.  Not
 * every driver tells of keys: then there are none, and a person says them.
 */
#include "base/base.h"
#include "connect/odbc/session.h"

/* Columns of what is listed, from 0; ODBC numbers them. */
enum {
	TABLES_NAME = 2,
	COLUMNS_TABLE = 2,
	COLUMNS_NAME = 3,
	COLUMNS_TYPE = 5,
	KEYS_COLUMN = 3,
	REFERENCES_TABLE = 2,
	REFERENCES_TO = 3,
	REFERENCES_FROM = 7,
	REFERENCES_PLACE = 8, /* of the column in its key, from 1 */
	DESCRIBE_ARENA = 64 << 20,
};

enum { LISTED = 4 };

struct listed_row {
	str at[LISTED];
};

/* Texts of some columns, row after row. */
struct listing {
	struct arena *arena;
	const size_t *columns; /* at most LISTED */
	size_t columns_n;
	struct listed_row *rows;
	size_t n;
	size_t cap;
};

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct listing *l = ctx;
	size_t cap = l->cap ? 2 * l->cap : 32;
	struct listed_row *rows;

	if (l->n == l->cap) {
		rows = arena_many(l->arena, struct listed_row, cap);
		for (size_t i = 0; i < l->n; i++)
			rows[i] = l->rows[i];
		l->rows = rows;
		l->cap = cap;
	}
	for (size_t i = 0; i < l->columns_n; i++) {
		if (l->columns[i] >= n)
			return err_set(e, ERR_INVALID,
				"the driver lists less than ODBC says");
		l->rows[l->n].at[i] =
			arena_dup(l->arena, cells[l->columns[i]].v.v);
	}
	l->n++;
	return 0;
}

static int list(struct odbc_conn *c, enum odbc_list what, str table,
	struct listing *out, struct err *e)
{
	struct odbc_reader rd = { .fn = take, .ctx = out, .whole = SIZE_MAX };

	return odbc_link_list(&c->link, what, table, &rd, e);
}

/* Empty when the driver can't say: many have no foreign keys. */
static struct listing list_if_told(
	struct odbc_conn *c, struct arena *a, enum odbc_list what, str table)
{
	static const size_t key[] = { KEYS_COLUMN };
	static const size_t reference[] = { REFERENCES_FROM, REFERENCES_TABLE,
		REFERENCES_TO, REFERENCES_PLACE };
	struct listing l = { .arena = a,
		.columns = what == ODBC_KEYS ? key : reference,
		.columns_n =
			what == ODBC_KEYS ? COUNTOF(key) : COUNTOF(reference) };
	struct err ignored = { 0 };

	if (list(c, what, table, &l, &ignored) < 0)
		l.n = 0;
	return l;
}

/* The key that this column alone refers to. */
static void fill_reference(const struct listing *all, struct column_fact *f)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct listed_row *r = &all->rows[i];
		bool is_alone =
			str_eq(r->at[3], STR("1")) &&
			(i + 1 == all->n ||
				str_eq(all->rows[i + 1].at[3], STR("1")));

		if (!is_alone || !str_eq(r->at[0], f->column))
			continue;
		f->refers_table = r->at[1];
		f->refers_column = r->at[2];
		return;
	}
}

/* Whom it is told. */
struct telling {
	struct odbc_conn *conn;
	struct arena *arena;
	column_fn *fn;
	void *ctx;
};

static int tell_table(const struct telling *t, str table,
	const struct listing *columns, struct err *e)
{
	struct listing keys = list_if_told(t->conn, t->arena, ODBC_KEYS, table);
	struct listing to =
		list_if_told(t->conn, t->arena, ODBC_REFERENCES, table);

	for (size_t i = 0; i < columns->n; i++) {
		struct column_fact f = { .table = table,
			.column = columns->rows[i].at[1],
			.type = columns->rows[i].at[2] };

		if (!str_eq(columns->rows[i].at[0], table))
			continue;
		f.is_key = keys.n == 1 && str_eq(keys.rows[0].at[0], f.column);
		fill_reference(&to, &f);
		if (t->fn(t->ctx, &f, e) < 0)
			return -1;
	}
	return 0;
}

static int tell_all(const struct telling *t, struct err *e)
{
	static const size_t name[] = { TABLES_NAME };
	static const size_t column[] = { COLUMNS_TABLE, COLUMNS_NAME,
		COLUMNS_TYPE };
	struct listing tables = {
		.arena = t->arena, .columns = name, .columns_n = COUNTOF(name)
	};

	if (list(t->conn, ODBC_TABLES, STR(""), &tables, e) < 0)
		return -1;
	for (size_t i = 0; i < tables.n; i++) {
		struct listing columns = { .arena = t->arena,
			.columns = column,
			.columns_n = COUNTOF(column) };
		str table = tables.rows[i].at[0];

		if (list(t->conn, ODBC_COLUMNS, table, &columns, e) < 0 ||
			tell_table(t, table, &columns, e) < 0)
			return -1;
	}
	return 0;
}

int odbc_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct telling t = { odbc_own(conn), arena_new(DESCRIBE_ARENA), fn,
		ctx };
	int rc = tell_all(&t, e);

	arena_free(t.arena);
	return rc;
}
