/*
 * What the database holds, by what ODBC lets every driver list.  A name that is asked
 * for is a pattern to it ("_" is any letter), so what comes is looked at again.  A
 * driver lists the tables of all schemas; statements name them without one, so of
 * those with one name only the table that is meant then is told.  Not
 * every driver tells of keys: then there are none, and a person says them.
 */
#include <stdlib.h>

#include "base/base.h"
#include "connect/odbc/session.h"

/* Columns of what is listed, from 0; ODBC numbers them. */
enum {
	TABLES_CATALOG = 0,
	TABLES_SCHEMA = 1,
	TABLES_NAME = 2,
	COLUMNS_SCHEMA = 1,
	COLUMNS_TABLE = 2,
	COLUMNS_NAME = 3,
	COLUMNS_TYPE = 5,
	COLUMNS_NULLABLE = 10,
	KEYS_COLUMN = 3,
	KEYS_PLACE = 4, /* from 1 */
	REFERENCES_SCHEMA = 1,
	REFERENCES_TABLE = 2,
	REFERENCES_TO = 3,
	REFERENCES_FROM = 7,
	REFERENCES_PLACE = 8, /* of the column in its key, from 1 */
	REFERENCES_NAME = 11, /* of the key */
	UNIQUE_NOT = 3,
	UNIQUE_NAME = 5, /* of the index */
	UNIQUE_COLUMN = 8,
	UNIQUE_FILTER = 12, /* it holds for these rows only */
	DESCRIBE_ARENA = 64 << 20,
};

enum { LISTED = 6 };

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

static int list(struct odbc_conn *c, enum odbc_list what,
	const struct odbc_table *of, struct listing *out, struct err *e)
{
	struct odbc_reader rd = { .fn = take, .ctx = out, .whole = SIZE_MAX };

	return odbc_link_list(&c->link, what, of, &rd, e);
}

/* What a driver says of a statement's columns is "yes" where it does not know; of listed
 * ones it knows.  Of tables of one name in several schemas all have to be so. */
int odbc_can_be_null(
	struct conn *conn, str table, str column, bool *out, struct err *e)
{
	static const size_t columns[] = { COLUMNS_TABLE, COLUMNS_NAME,
		COLUMNS_NULLABLE };
	struct arena *a = arena_new(DESCRIBE_ARENA);
	struct odbc_table of = { .name = table };
	struct listing l = {
		.arena = a, .columns = columns, .columns_n = COUNTOF(columns)
	};
	int rc = list(odbc_own(conn), ODBC_COLUMNS, &of, &l, e);
	bool has_one = false, has_other = false;

	for (size_t i = 0; i < l.n && !rc; i++) {
		const str *at = l.rows[i].at;
		bool is_null = str_eq(at[2], STR("1")); /* SQL_NULLABLE */

		if (!str_eq(at[0], table) || !str_eq(at[1], column))
			continue;
		has_one |= is_null;
		has_other |= !is_null;
	}
	*out = !rc && has_one && !has_other;
	arena_free(a);
	return rc;
}

/* Empty when the driver can't say: many have no foreign keys. */
static struct listing list_if_told(struct odbc_conn *c, struct arena *a,
	enum odbc_list what, const struct odbc_table *of)
{
	static const size_t key[] = { KEYS_COLUMN, KEYS_PLACE };
	static const size_t reference[] = { REFERENCES_FROM, REFERENCES_TABLE,
		REFERENCES_TO, REFERENCES_PLACE, REFERENCES_NAME,
		REFERENCES_SCHEMA };
	struct listing l = { .arena = a,
		.columns = what == ODBC_KEYS ? key : reference,
		.columns_n =
			what == ODBC_KEYS ? COUNTOF(key) : COUNTOF(reference) };
	struct err ignored = { 0 };

	if (list(c, what, of, &l, &ignored) < 0)
		l.n = 0;
	return l;
}

/* Whom it is told. */
struct telling {
	struct odbc_conn *conn;
	struct arena *arena;
	column_fn *fn;
	void *ctx;
	struct odbc_table *tables; /* each name once */
	size_t n;
};

/* Rows of a driver that names no keys can be told apart by the table only. */
static bool is_same_key(const struct listed_row *a, const struct listed_row *b)
{
	return str_eq(a->at[4], b->at[4]) && str_eq(a->at[1], b->at[1]) &&
	       str_eq(a->at[5], b->at[5]);
}

/* Keys to one table come mixed, by the place of their columns. */
static bool is_alone(const struct listing *all, const struct listed_row *r)
{
	for (size_t i = 0; i < all->n; i++)
		if (is_same_key(&all->rows[i], r) &&
			!str_eq(all->rows[i].at[3], STR("1")))
			return false;
	return true;
}

/* A table of that name in another schema is not the one that is told. */
static bool is_told(const struct telling *t, str schema, str table)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->tables[i].name, table))
			return !schema.n || str_eq(t->tables[i].schema, schema);
	return false;
}

/* The key that this column alone refers to. */
static void fill_reference(const struct telling *t, const struct listing *all,
	struct column_fact *f)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct listed_row *r = &all->rows[i];

		if (!str_eq(r->at[0], f->column) || !is_alone(all, r) ||
			!is_told(t, r->at[5], r->at[1]))
			continue;
		f->refers_table = r->at[1];
		f->refers_column = r->at[2];
		return;
	}
}

/* From 1; 0: it is no part of the key. */
static int64_t place_in(const struct listing *keys, str column)
{
	int64_t place = 0;

	for (size_t i = 0; i < keys->n; i++)
		if (str_eq(keys->rows[i].at[0], column))
			str_int(keys->rows[i].at[1], &place);
	return place;
}

/* Unique indexes by their columns.  False: the driver does not tell, or, as that of
 * PostgreSQL, not of an index that holds for some rows only. */
static bool list_unique(const struct telling *t, const struct odbc_table *of,
	struct listing *out)
{
	static const size_t columns[] = { UNIQUE_NAME, UNIQUE_COLUMN,
		UNIQUE_NOT, UNIQUE_FILTER };
	struct err ignored = { 0 };

	*out = (struct listing){ .arena = t->arena,
		.columns = columns,
		.columns_n = COUNTOF(columns) };
	if (t->conn->link.dialect != DIALECT_POSTGRES &&
		!list(t->conn, ODBC_UNIQUE, of, out, &ignored))
		return true;
	out->n = 0;
	return false;
}

static bool is_index_of_one(const struct listing *all, size_t row)
{
	for (size_t i = 0; i < all->n; i++)
		if (i != row &&
			str_eq(all->rows[i].at[0], all->rows[row].at[0]))
			return false;
	return true;
}

static bool is_unique(const struct listing *all, str column)
{
	for (size_t i = 0; i < all->n; i++) {
		const str *at = all->rows[i].at;

		if (str_eq(at[1], column) && str_eq(at[2], STR("0")) &&
			!at[3].n && is_index_of_one(all, i))
			return true;
	}
	return false;
}

static int tell_columns(const struct telling *t, const struct odbc_table *of,
	const struct listing *columns, struct err *e)
{
	struct listing keys = list_if_told(t->conn, t->arena, ODBC_KEYS, of);
	struct listing to =
		list_if_told(t->conn, t->arena, ODBC_REFERENCES, of);
	struct listing unique;
	bool has_rules = list_unique(t, of, &unique);

	for (size_t i = 0; i < columns->n; i++) {
		const struct listed_row *r = &columns->rows[i];
		struct column_fact f = {
			.table = of->name,
			.column = r->at[1],
			.type = r->at[2],
			.has_rules = has_rules,
			.is_full =
				str_eq(r->at[4], STR("0")), /* SQL_NO_NULLS */
		};

		if (!str_eq(r->at[0], of->name) ||
			!str_eq(r->at[3], of->schema))
			continue;
		f.is_key = keys.n == 1 && str_eq(keys.rows[0].at[0], f.column);
		f.key_place = keys.n > 1 ? place_in(&keys, f.column) : 0;
		f.is_unique = f.is_key || is_unique(&unique, f.column);
		fill_reference(t, &to, &f);
		if (t->fn(t->ctx, &f, e) < 0)
			return -1;
	}
	return 0;
}

static int tell_table(
	const struct telling *t, const struct odbc_table *of, struct err *e)
{
	static const size_t column[] = { COLUMNS_TABLE, COLUMNS_NAME,
		COLUMNS_TYPE, COLUMNS_SCHEMA, COLUMNS_NULLABLE };
	struct listing columns = { .arena = t->arena,
		.columns = column,
		.columns_n = COUNTOF(column) };

	if (list(t->conn, ODBC_COLUMNS, of, &columns, e) < 0)
		return -1;
	return tell_columns(t, of, &columns, e);
}

/* Of two tables with one name, the one that the name alone means. */
static int choose(const struct telling *t, struct odbc_table *first,
	const struct odbc_table *other, struct err *e)
{
	str schema;

	if (odbc_link_schema(
		    &t->conn->link, t->arena, first->name, &schema, e) < 0)
		return -1;
	if (str_eq(other->schema, schema))
		*first = *other;
	return 0;
}

static int add_table(
	struct telling *t, const struct odbc_table *new, struct err *e)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->tables[i].name, new->name))
			return choose(t, &t->tables[i], new, e);
	t->tables[t->n++] = *new;
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct odbc_table *)a)->name,
		((const struct odbc_table *)b)->name);
}

static int list_tables(struct telling *t, struct err *e)
{
	static const size_t names[] = { TABLES_CATALOG, TABLES_SCHEMA,
		TABLES_NAME };
	struct listing all = {
		.arena = t->arena, .columns = names, .columns_n = COUNTOF(names)
	};

	if (list(t->conn, ODBC_TABLES, &(struct odbc_table){ 0 }, &all, e) < 0)
		return -1;
	t->tables = arena_many(t->arena, struct odbc_table, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const str *at = all.rows[i].at;

		if (add_table(t, &(struct odbc_table){ at[0], at[1], at[2] },
			    e) < 0)
			return -1;
	}
	/* Drivers have them by schema, of which nothing is seen. */
	if (t->n)
		qsort(t->tables, t->n, sizeof *t->tables, by_name);
	return 0;
}

static int tell_all(struct telling *t, struct err *e)
{
	if (list_tables(t, e) < 0)
		return -1;
	for (size_t i = 0; i < t->n; i++)
		if (tell_table(t, &t->tables[i], e) < 0)
			return -1;
	return 0;
}

int odbc_describe(struct conn *conn, column_fn *fn, void *ctx, struct err *e)
{
	struct telling t = { .conn = odbc_own(conn),
		.arena = arena_new(DESCRIBE_ARENA),
		.fn = fn,
		.ctx = ctx };
	int rc = tell_all(&t, e);

	arena_free(t.arena);
	return rc;
}

/* --- foreign keys of several columns --- */

static int64_t place_of(const struct listed_row *r)
{
	int64_t place = 0;

	str_int(r->at[3], &place);
	return place;
}

/* The columns of the key that this row begins, in their order; 0: it begins none. */
static size_t columns_of(const struct listing *all,
	const struct listed_row *first, const struct listed_row **out)
{
	size_t n = 1;

	if (place_of(first) != 1 || is_alone(all, first))
		return 0;
	out[0] = first;
	for (size_t i = 0; i < all->n && n < MAP_PARTS_MAX; i++)
		if (is_same_key(&all->rows[i], first) &&
			place_of(&all->rows[i]) == (int64_t)n + 1) {
			out[n++] = &all->rows[i];
			i = (size_t)-1; /* the next may stand before it */
		}
	return n;
}

struct told_keys {
	ripple_fn *fn;
	void *ctx;
};

static int tell_key(const struct telling *t, const struct odbc_table *of,
	const struct listing *all, const struct listed_row *first,
	struct err *e)
{
	const struct told_keys *told = t->ctx;
	const struct listed_row *columns[MAP_PARTS_MAX];
	size_t n = is_told(t, first->at[5], first->at[1])
			   ? columns_of(all, first, columns)
			   : 0;
	struct ripple r = { .table = of->name, .refers_table = first->at[1] };

	r.name = arena_fmt(t->arena, "%.*s %zu", STR_ARG(of->name),
		(size_t)(first - all->rows));
	for (size_t i = 0; i < n; i++) {
		r.column = columns[i]->at[0];
		r.refers_column = columns[i]->at[2];
		if (told->fn(told->ctx, &r, e) < 0)
			return -1;
	}
	return 0;
}

static int tell_keys(
	const struct telling *t, const struct odbc_table *of, struct err *e)
{
	struct listing all =
		list_if_told(t->conn, t->arena, ODBC_REFERENCES, of);

	for (size_t i = 0; i < all.n; i++)
		if (tell_key(t, of, &all, &all.rows[i], e) < 0)
			return -1;
	return 0;
}

int odbc_references(struct conn *conn, ripple_fn *fn, void *ctx, struct err *e)
{
	struct told_keys told = { fn, ctx };
	struct telling t = { .conn = odbc_own(conn),
		.arena = arena_new(DESCRIBE_ARENA),
		.ctx = &told };
	int rc = list_tables(&t, e);

	for (size_t i = 0; !rc && i < t.n; i++)
		rc = tell_keys(&t, &t.tables[i], e);
	arena_free(t.arena);
	return rc < 0 ? -1 : 0;
}
