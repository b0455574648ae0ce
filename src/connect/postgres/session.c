/* A connection and the types of the columns it has seen. */
#include "connect/postgres/session.h"

#include "base/base.h"
#include "connect/filled.h"
#include "connect/postgres/array.h"
#include "connect/tuple.h"

const char *const pg_statements[] = {
#define STATEMENT(NAME, text) text,
#include "connect/postgres/tbl/statements.h"
};

/* What the database says of a table's columns, asked once. */
struct pg_column {
	str name;
	struct pg_type type;
	struct pg_column *next;
};

struct pg_table {
	str name;
	str quoted;
	struct pg_column *columns;
	struct pg_table *next;
};

int pg_say(struct pg_conn *c, enum pg_statement s, struct err *e)
{
	struct pg_ask q = { .sql = pg_statements[s], .what = "the connection" };

	return pg_link_ask(&c->link, &q, NULL, NULL, NULL, e);
}

void pg_roll_back(struct pg_conn *c)
{
	struct err ignored = { 0 };

	if (c->link.pg)
		pg_say(c, PG_SAY_ROLLBACK, &ignored);
}

str pg_value_at(const PGresult *res, int column)
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
	int64_t fill;

	(void)e;
	c->name = arena_dup(rd->arena, pg_value_at(res, 0));
	c->type.name = arena_dup(rd->arena, pg_value_at(res, 1));
	c->type.category = arena_dup(rd->arena, pg_value_at(res, 2));
	c->type.sort = pg_sort_of(c->type.name, c->type.category);
	if (str_int(pg_value_at(res, 3), &fill))
		c->type.fill = (size_t)fill;
	c->type.may_be_null = str_eq(pg_value_at(res, 4), STR("t"));
	c->next = rd->table->columns;
	rd->table->columns = c;
	return 0;
}

static int missing(const char *what, struct err *e)
{
	err_set(e, ERR_INVALID, "%s: the table or a column is missing", what);
	return err_hint(e, "compare the data map with the database");
}

static int ask_types(struct pg_conn *c, struct pg_table *t, str quoted,
	const char *what, struct err *e)
{
	const char *value = arena_cstr(c->arena, quoted);
	struct pg_ask q = { pg_statements[PG_SAY_TYPES], &value, 1, what };
	struct type_reader rd = { c->arena, t };

	t->quoted = quoted;
	return pg_link_ask(&c->link, &q, take_type, &rd, NULL, e);
}

/* NULL with *e set.  A table may have a dot in its name; else that is behind its
 * schema's. */
static const struct pg_table *table_of(
	struct pg_conn *c, str name, struct err *e)
{
	struct arena *a = c->arena;
	struct pg_table *t = c->tables;
	const char *what = table_in_words(a, name);
	str schema, own;

	while (t && !str_eq(t->name, name))
		t = t->next;
	if (t)
		return t;
	t = arena_one(a, struct pg_table);
	t->name = arena_dup(a, name);
	if (ask_types(c, t, name_quoted(a, name), what, e))
		return NULL;
	if (!t->columns && str_cut(name, '.', &schema, &own) &&
		ask_types(c, t,
			arena_fmt(a, "%.*s.%.*s",
				STR_ARG(name_quoted(a, schema)),
				STR_ARG(name_quoted(a, own))),
			what, e))
		return NULL;
	if (!t->columns) {
		missing(what, e);
		return NULL;
	}
	t->next = c->tables;
	c->tables = t;
	return t;
}

int pg_table_quoted(struct pg_conn *c, str name, str *out, struct err *e)
{
	const struct pg_table *t = table_of(c, name, e);

	if (t)
		*out = t->quoted;
	return t ? 0 : -1;
}

int pg_type_of(struct pg_conn *c, str table, str column,
	const struct pg_type **type, struct err *e)
{
	const struct pg_table *t = table_of(c, table, e);
	const struct pg_column *col;

	if (!t)
		return -1;
	col = t->columns;
	while (col && !str_eq(col->name, column))
		col = col->next;
	if (!col)
		return missing(table_in_words(c->arena, table), e);
	*type = &col->type;
	return 0;
}

static bool may_be_filled(const struct pg_type *t)
{
	return !t->fill && (t->sort == PG_TEXT || t->sort == PG_LETTERS);
}

int pg_fill_of(struct pg_conn *c, str table, str column, size_t *letters,
	struct err *e)
{
	struct arena *a = arena_new(1 << 20);
	struct filled_ends ends =
		filled_ends_of(a, c->head.system, table, column);
	const struct pg_type *type;
	int rc = 0;

	*letters = 0;
	if (ends.n)
		rc = pg_type_of(c, table, column, &type, e);
	for (size_t i = 0; !rc && i < ends.n && may_be_filled(type); i++) {
		const struct filled_end *end = &ends.at[i];
		const struct pg_type *there;

		rc = pg_type_of(c, end->table->name,
			end->table->columns[end->column].name, &there, e);
		if (!rc && there->fill > *letters)
			*letters = there->fill;
	}
	arena_free(a);
	return rc;
}

/* --- some of many values --- */

static int put_values(struct pg_conn *c, struct arena *a,
	const struct pg_among *in, str *text, const char **parameter,
	struct err *e)
{
	str column = in->columns.at[0];
	const struct cell *values = in->values;
	size_t n = in->n, letters;
	const struct pg_type *type;

	if (pg_type_of(c, in->table, column, &type, e) < 0 ||
		pg_fill_of(c, in->table, column, &letters, e) < 0)
		return -1;
	if (letters)
		values = filled_forms(a, values, n, letters, &n);
	*text = arena_fmt(a, "%.*s = any(%.*s)",
		STR_ARG(pg_compared(a, column, type)),
		STR_ARG(pg_array_of(a, type, in->parameter)));
	*parameter = pg_values(a, type->sort, values, n);
	return 0;
}

/* Where several columns are looked in. */
struct tuple_place {
	size_t n;
	const struct pg_type *types[MAP_PARTS_MAX];
	size_t letters[MAP_PARTS_MAX]; /* filled.h */
	struct buf arrays[MAP_PARTS_MAX];
};

/* Without blanks, and with those that fill it up where that is another text. */
struct tuple_part {
	str form[2];
};

/* Each of them filled up or not, whatever the others are. */
static void put_forms(struct tuple_place *p, const struct tuple_part *parts)
{
	for (unsigned forms = 0; forms < 1u << p->n; forms++) {
		bool is_one = true;

		for (size_t i = 0; i < p->n; i++)
			is_one &= !(forms >> i & 1) ||
				  parts[i].form[1].n > parts[i].form[0].n;
		for (size_t i = 0; is_one && i < p->n; i++)
			pg_array_put(
				&p->arrays[i], parts[i].form[forms >> i & 1]);
	}
}

/* A tuple of which one column can't hold its value is left out whole. */
static void put_tuple(
	struct arena *a, const struct cell *tuple, struct tuple_place *p)
{
	struct cell cells[MAP_PARTS_MAX];
	struct tuple_part parts[MAP_PARTS_MAX] = { 0 };

	if (!tuple_read(a, tuple, cells, p->n))
		return;
	for (size_t i = 0; i < p->n; i++) {
		str *form = parts[i].form;

		if (!pg_value(a, p->types[i]->sort, &cells[i], &form[0]))
			return;
		if (!p->letters[i])
			continue;
		form[0] = filled_value(form[0]);
		form[1] = filled_text(a, form[0], p->letters[i]);
	}
	put_forms(p, parts);
}

static int put_tuples(struct pg_conn *c, struct arena *a,
	const struct pg_among *in, str *text, const char **parameters,
	struct err *e)
{
	str compared[MAP_PARTS_MAX], arrays[MAP_PARTS_MAX];
	size_t n = in->columns.n;
	struct tuple_place p = { .n = n };
	struct statement_part parts[2] = { { "columns", { 0 } },
		{ "arrays", { 0 } } };

	for (size_t i = 0; i < n; i++) {
		str column = in->columns.at[i];

		if (pg_type_of(c, in->table, column, &p.types[i], e) < 0 ||
			pg_fill_of(c, in->table, column, &p.letters[i], e) < 0)
			return -1;
		compared[i] = pg_compared(a, column, p.types[i]);
		arrays[i] = pg_array_of(a, p.types[i], in->parameter + (int)i);
		p.arrays[i] = buf_in(a, PG_ARRAY_MAX);
		pg_array_start(&p.arrays[i]);
	}
	for (size_t i = 0; i < in->n; i++)
		put_tuple(a, &in->values[i], &p);
	for (size_t i = 0; i < n; i++)
		parameters[i] = pg_array_end(&p.arrays[i]);
	parts[0].text = arena_join(a, compared, n, STR(", "));
	parts[1].text = arena_join(a, arrays, n, STR(", "));
	*text = str_of(statement_fill(
		a, pg_statements[PG_SAY_TUPLES], parts, COUNTOF(parts)));
	return 0;
}

int pg_put_among(struct pg_conn *c, struct arena *a, const struct pg_among *in,
	str *text, const char **parameters, struct err *e)
{
	return in->columns.n > 1 ? put_tuples(c, a, in, text, parameters, e)
				 : put_values(c, a, in, text, parameters, e);
}
