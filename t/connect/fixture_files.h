#ifndef T_CONNECT_FIXTURE_FILES_H
#define T_CONNECT_FIXTURE_FILES_H

#include <ctype.h>

#include "t/connect/fixture.h"

/*
 * The SQL of the tests for systems that know none: as much of it as sets their
 * tables up.  "create table" makes a file, "insert" adds rows to it (those of
 * all inserts that follow each other at once), "delete" and "update" do with one
 * row what their "where" names.
 */
struct sql_token {
	char kind; /* w a name, s a text, n a number, 0 the end, or itself */
	str text;
};

struct sql {
	struct fixture *f;
	str rest;
	struct cell cells[FIXTURE_COLUMNS_MAX];
	const struct fixture_table *table; /* of the insert that is running */
};

static inline str sql_quoted(struct sql *s, char quote)
{
	struct buf b = buf_in(s->f->a, s->rest.n);
	size_t i = 1;

	for (; i < s->rest.n; i++) {
		if (s->rest.p[i] == quote) {
			if (i + 1 == s->rest.n || s->rest.p[i + 1] != quote)
				break;
			i++;
		}
		buf_putc(&b, s->rest.p[i]);
	}
	s->rest = str_from(s->rest, i + 1);
	return buf_str(&b);
}

static inline struct sql_token sql_next(struct sql *s)
{
	struct sql_token t = { 0 };
	size_t n = 0;

	while (s->rest.n && isspace((unsigned char)s->rest.p[0]))
		s->rest = str_from(s->rest, 1);
	if (!s->rest.n)
		return t;
	t.kind = s->rest.p[0];
	if (t.kind == '"' || t.kind == '\'') {
		char quote = t.kind;

		t.kind = quote == '"' ? 'w' : 's';
		t.text = sql_quoted(s, quote);
		return t;
	}
	while (n < s->rest.n &&
		(isalnum((unsigned char)s->rest.p[n]) || s->rest.p[n] == '_'))
		n++;
	if (n)
		t.kind = isdigit((unsigned char)t.kind) ? 'n' : 'w';
	n += !n;
	t.text = str_head(s->rest, n);
	s->rest = str_from(s->rest, n);
	return t;
}

static inline bool sql_is_next(struct sql *s, const char *word)
{
	str before = s->rest;

	if (str_eq(sql_next(s).text, str_of(word)))
		return true;
	s->rest = before;
	return false;
}

static inline void sql_want(struct sql *s, const char *word)
{
	if (!sql_is_next(s, word))
		fixture_die("SQL for files", word);
}

static inline struct fixture_table *sql_table(struct sql *s, str name)
{
	for (size_t i = 0; i < s->f->tables_n; i++)
		if (str_eq(s->f->tables[i].name, name))
			return &s->f->tables[i];
	fixture_die("SQL for files", "an unknown table");
	return NULL;
}

static inline struct cell sql_value(struct sql *s)
{
	struct sql_token t = sql_next(s);

	if (t.kind == 'w' && str_eq(t.text, STR("null")))
		return (struct cell){ 0 };
	/* An attribute that is there is not empty. */
	if (fixture_is_ldap() && !t.text.n)
		return (struct cell){ 0 };
	return (struct cell){ .type = t.kind == 'n' ? CELL_INT : CELL_TEXT,
		.v = { t.text } };
}

/* To the end of one column: its type and its rules mean nothing to a file. */
static inline bool sql_column(struct sql *s, struct fixture_table *t)
{
	struct sql_token token = sql_next(s);
	int depth = 0;

	must(t->n < FIXTURE_COLUMNS_MAX);
	t->columns[t->n++] = token.text;
	for (;;) {
		token = sql_next(s);
		if (!depth && (token.kind == ',' || token.kind == ')'))
			return token.kind == ',';
		depth += token.kind == '(';
		depth -= token.kind == ')';
		must(token.kind);
	}
}

static inline void sql_create(struct sql *s)
{
	struct fixture_table *t = &s->f->tables[s->f->tables_n++];
	struct buf b = buf_in(s->f->a, 1 << 16);
	struct err e = { 0 };

	must(s->f->tables_n <= FIXTURE_TABLES_MAX);
	sql_want(s, "table");
	*t = (struct fixture_table){ .name = sql_next(s).text };
	sql_want(s, "(");
	while (sql_column(s, t))
		;
	if (fixture_is_redis() || fixture_is_ldap())
		return;
	buf_put(&b, t->name);
	buf_putc(&b, '\n');
	for (size_t i = 0; i < t->n && fixture_is_csv(); i++) {
		if (i)
			buf_putc(&b, ',');
		csv_put(&b, ',', t->columns[i]);
	}
	buf_puts(&b, ";\n");
	if (conn_script(s->f->conn, buf_str(&b), &e) < 0)
		fixture_die("create", e.message);
}

/* The next row of the inserts that follow each other. */
static inline int sql_next_row(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct sql *s = ctx;

	(void)e;
	if (!s->table || !sql_is_next(s, ",")) {
		sql_is_next(s, ";");
		s->table = NULL;
		if (!sql_is_next(s, "insert"))
			return 0;
		sql_want(s, "into");
		s->table = sql_table(s, sql_next(s).text);
		sql_want(s, "values");
	}
	sql_want(s, "(");
	for (size_t i = 0; i < s->table->n; i++) {
		if (i)
			sql_want(s, ",");
		s->cells[i] = sql_value(s);
	}
	sql_want(s, ")");
	*table = (size_t)(s->table - s->f->tables);
	*cells = s->cells;
	return 1;
}

static inline void sql_insert(struct sql *s, insert_fn *next)
{
	struct insert_table tables[FIXTURE_TABLES_MAX];
	struct err e = { 0 };
	int64_t added;

	for (size_t i = 0; i < s->f->tables_n; i++)
		tables[i] = (struct insert_table){ s->f->tables[i].name,
			s->f->tables[i].columns, s->f->tables[i].n };
	if (conn_insert(s->f->store, tables, s->f->tables_n, next, s, &added,
		    &e) < 0)
		fixture_die("insert", e.message);
}

static inline int sql_keep_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct sql *s = ctx;

	(void)e;
	for (size_t i = 0; i < n; i++)
		s->cells[i] = cell_dup(s->f->a, &cells[i]);
	return 0;
}

/* "where" a column is a value: the row into s->cells, and away with it. */
static inline void sql_take_row(struct sql *s, const struct fixture_table *t)
{
	const struct map_table *mt =
		map_table_named(s->f->store->system, t->name);
	struct row_query q = { .table = t->name,
		.columns = t->columns,
		.columns_n = t->n,
		.values_n = 1 };
	struct erase_step step = { .table = mt, .keys_n = 1 };
	struct cell v;
	struct err e = { 0 };
	int64_t erased = 0;

	sql_want(s, "where");
	q.where = sql_next(s).text;
	sql_want(s, "=");
	v = sql_value(s);
	q.values = step.keys = &v;
	must(str_eq(q.where, mt->columns[mt->key].name));
	if (conn_rows(s->f->store, &q, sql_keep_row, s, &e) < 0 ||
		conn_erase(s->f->store, &step, 1, &erased, &e) < 0)
		fixture_die("a row", e.message);
	must(erased == 1);
}

static inline int sql_put_back(
	void *ctx, size_t *table, const struct cell **cells, struct err *e)
{
	struct sql *s = ctx;

	(void)e;
	if (!s->table)
		return 0;
	*table = (size_t)(s->table - s->f->tables);
	*cells = s->cells;
	s->table = NULL;
	return 1;
}

static inline void sql_update(struct sql *s)
{
	const struct fixture_table *t = sql_table(s, sql_next(s).text);
	str column;
	struct cell v;

	sql_want(s, "set");
	column = sql_next(s).text;
	sql_want(s, "=");
	v = sql_value(s);
	sql_take_row(s, t);
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->columns[i], column))
			s->cells[i] = v;
	s->table = t;
	sql_insert(s, sql_put_back);
}

static inline void fixture_sql(struct fixture *f, const char *text)
{
	struct sql s = { .f = f, .rest = str_of(text) };
	struct sql_token t;

	if (fixture_is_ldap())
		s.rest = fixture_with_names(f->a, s.rest);
	while ((t = sql_next(&s)).kind) {
		if (str_eq(t.text, STR("create"))) {
			sql_create(&s);
		} else if (str_eq(t.text, STR("insert"))) {
			s.rest = (str){ t.text.p, t.text.n + s.rest.n };
			sql_insert(&s, sql_next_row);
		} else if (str_eq(t.text, STR("delete"))) {
			sql_want(&s, "from");
			sql_take_row(&s, sql_table(&s, sql_next(&s).text));
		} else if (str_eq(t.text, STR("update"))) {
			sql_update(&s);
		} else if (t.kind != ';') {
			fixture_die("SQL for files", text);
		}
	}
}

#endif
