/* From a header to the cells of each table: see import.c. */
#include "cli/import_plan.h"

#include <stdio.h>

struct making {
	struct cli *cli;
	struct import_plan *plan;
	const struct map_table *first; /* that plain names mean */
	str place;                     /* "column 3 of the file": for errors */
	bool has_header; /* some name of the first line is a column's */
};

/* --- names --- */

static ptrdiff_t column_named(const struct map_table *t, str name)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (str_eq(t->columns[i].name, name))
			return (ptrdiff_t)i;
	return -1;
}

enum { NAME_SHOWN = 60 };

/* A file without a header has people where names should be: a name is quoted
 * only beside one that is a column's, and when it can be read. */
static bool may_quote(const struct making *m, str name)
{
	if (!m->has_header || !name.n)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] < ' ' || name.p[i] > '~')
			return false;
	return true;
}

static int unknown_column(const struct making *m, str name, struct err *e)
{
	const struct map_system *s = m->plan->system;
	struct near near = { .wanted = name };
	str shown = may_quote(m, name)
			    ? arena_fmt(m->cli->arena, " (\"%.*s\")",
				      STR_ARG(str_head(name, NAME_SHOWN)))
			    : STR("");

	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t c = 0; c < s->tables[t].columns_n; c++)
			near_try(&near, arena_cstr(m->cli->arena,
						s->tables[t].columns[c].name));
	err_set(e, ERR_INVALID,
		"%.*s%.*s has a name that no table of the system has in the "
		"data map",
		STR_ARG(m->place), STR_ARG(shown));
	if (near.best)
		return err_hint(e,
			"did you mean \"%s\"?  --skip leaves a "
			"column out",
			near.best);
	return err_hint(e, "--skip leaves a column out; the first line names "
			   "the columns");
}

/* A plain name means the first table, else the only other that has it. */
static int find_plain(const struct making *m, str name,
	struct import_column *out, struct err *e)
{
	const struct map_system *s = m->plan->system;
	ptrdiff_t at = column_named(m->first, name);
	int n = 0;

	if (at >= 0) {
		out->table = m->first;
		out->column = (size_t)at;
		return 0;
	}
	for (size_t t = 0; t < s->tables_n; t++) {
		at = column_named(&s->tables[t], name);
		if (at < 0)
			continue;
		out->table = &s->tables[t];
		out->column = (size_t)at;
		n++;
	}
	if (n == 1)
		return 0;
	out->table = NULL;
	if (!n)
		return unknown_column(m, name, e);
	return err_set(e, ERR_INVALID,
		"%.*s: %d tables have a column of this name; write "
		"table.column",
		STR_ARG(m->place), n);
}

static int find_column(const struct making *m, str name,
	struct import_column *out, struct err *e)
{
	const struct map_column *c;
	const struct map_table *t;
	ptrdiff_t at;
	str table;
	str column;

	*out = (struct import_column){ 0 };
	if (str_cut(name, '.', &table, &column)) {
		t = map_table_named(m->plan->system, table);
		at = t ? column_named(t, column) : -1;
		if (at < 0)
			return unknown_column(m, name, e);
		out->table = t;
		out->column = (size_t)at;
	} else if (find_plain(m, name, out, e)) {
		return -1;
	}
	c = &out->table->columns[out->column];
	out->is_identifier = c->is_identifier;
	out->kind = c->kind;
	return 0;
}

static bool is_listed(str list, str name)
{
	str piece;

	while (str_next(&list, ',', &piece))
		if (str_eq(str_trim(piece), name))
			return true;
	return false;
}

static bool is_column(const struct making *m, str name)
{
	const struct map_system *s = m->plan->system;
	str table;
	str column;

	if (str_cut(name, '.', &table, &column)) {
		const struct map_table *t = map_table_named(s, table);

		return t && column_named(t, column) >= 0;
	}
	for (size_t i = 0; i < s->tables_n; i++)
		if (column_named(&s->tables[i], name) >= 0)
			return true;
	return false;
}

static int read_header(
	struct making *m, const struct csv_record *header, struct err *e)
{
	struct import_plan *p = m->plan;
	str skip = str_of(cli_option(m->cli, "skip"));

	p->columns_n = header->n;
	p->columns = arena_many(m->cli->arena, struct import_column, header->n);
	for (size_t i = 0; i < header->n; i++)
		m->has_header |= is_column(m, str_trim(header->field[i]));
	for (size_t i = 0; i < header->n; i++) {
		str name = str_trim(header->field[i]);

		if (is_listed(skip, name))
			continue;
		m->place = arena_fmt(
			m->cli->arena, "column %zu of the file", i + 1);
		if (find_column(m, name, &p->columns[i], e))
			return -1;
		for (size_t k = 0; k < i; k++)
			if (p->columns[k].table == p->columns[i].table &&
				p->columns[k].column == p->columns[i].column)
				return err_set(e, ERR_INVALID,
					"columns %zu and %zu of the file are "
					"the same",
					k + 1, i + 1);
	}
	return 0;
}

/* --- tables --- */

static struct import_table *table_of(
	struct import_plan *p, const struct map_table *t)
{
	for (size_t i = 0; i < p->tables_n; i++)
		if (p->tables[i].table == t)
			return &p->tables[i];
	return NULL;
}

static bool is_fed(const struct import_plan *p, const struct map_table *t)
{
	for (size_t i = 0; i < p->columns_n; i++)
		if (p->columns[i].table == t)
			return true;
	return false;
}

/* Every table of the file that `t` points to is there already. */
static bool is_ready(struct import_plan *p, const struct map_table *t)
{
	for (size_t i = 0; i < t->links_n; i++) {
		const struct map_table *to = &p->system->tables[t->links[i].to];

		if (to != t && is_fed(p, to) && !table_of(p, to))
			return false;
	}
	return true;
}

static int order_tables(struct making *m, struct err *e)
{
	struct import_plan *p = m->plan;
	const struct map_system *s = p->system;
	size_t before;

	p->tables = arena_many(m->cli->arena, struct import_table, s->tables_n);
	do {
		before = p->tables_n;
		for (size_t i = 0; i < s->tables_n; i++)
			if (is_fed(p, &s->tables[i]) &&
				!table_of(p, &s->tables[i]) &&
				is_ready(p, &s->tables[i]))
				p->tables[p->tables_n++].table = &s->tables[i];
	} while (p->tables_n > before);
	for (size_t i = 0; i < s->tables_n; i++)
		if (is_fed(p, &s->tables[i]) && !table_of(p, &s->tables[i]))
			return err_set(e, ERR_INVALID,
				"the tables of the file point to each other in "
				"a circle");
	return p->tables_n ? 0
			   : err_set(e, ERR_INVALID,
				     "the file has no column to import");
}

/* --- what fills a column --- */

static bool from_file(const struct import_plan *p, const struct import_table *t,
	size_t column, struct import_source *out)
{
	for (size_t i = 0; i < p->columns_n; i++)
		if (p->columns[i].table == t->table &&
			p->columns[i].column == column) {
			out->from = FROM_FILE;
			out->at = i;
			return true;
		}
	return false;
}

static bool from_link(struct import_plan *p, const struct import_table *t,
	size_t column, struct import_source *out)
{
	for (size_t i = 0; i < t->table->links_n; i++) {
		const struct map_link *l = &t->table->links[i];
		struct import_table *to =
			table_of(p, &p->system->tables[l->to]);

		if (l->column != column || !to || to == t ||
			l->to_column != to->table->key)
			continue;
		out->from = FROM_LINK;
		out->at = (size_t)(to - p->tables);
		return true;
	}
	return false;
}

static void add_source(struct import_table *t, struct import_source s)
{
	t->sources[t->n++] = s;
}

static void fill_sources(struct making *m, struct import_table *t)
{
	const struct map_table *mt = t->table;

	/* Room for one --set of each column besides. */
	t->sources = arena_many(
		m->cli->arena, struct import_source, 2 * mt->columns_n);
	for (size_t c = 0; c < map_columns_held(mt); c++) {
		struct import_source s = { .column = c };

		if (!from_file(m->plan, t, c, &s) &&
			!from_link(m->plan, t, c, &s) && c == mt->key) {
			s.from = FROM_COUNTER;
			t->is_counted = true;
		}
		if (s.from)
			add_source(t, s);
	}
}

static int set_value(struct making *m, str name, str value, struct err *e)
{
	struct import_column at;
	struct import_table *t;

	m->place = STR("--set");
	if (find_column(m, name, &at, e))
		return -1;
	t = table_of(m->plan, at.table);
	if (!t)
		return err_set(e, ERR_USAGE,
			"--set %.*s: the file has nothing for this table",
			STR_ARG(str_head(name, 60)));
	for (size_t i = 0; i < t->n; i++)
		if (t->sources[i].column == at.column)
			return err_set(e, ERR_USAGE,
				"--set %.*s: it has a value already",
				STR_ARG(str_head(name, 60)));
	add_source(t, (struct import_source){ .from = FROM_OPTION,
			      .value = value,
			      .column = at.column });
	return 0;
}

static int read_set(struct making *m, struct err *e)
{
	str list = str_of(cli_option(m->cli, "set"));
	str piece;

	while (str_next(&list, ',', &piece)) {
		str name;
		str value;

		if (!str_cut(piece, '=', &name, &value))
			return cli_usage(
				m->cli, e, "--set is COLUMN=VALUE,...");
		if (set_value(m, str_trim(name), value, e))
			return -1;
	}
	return 0;
}

static void fill_inserts(struct making *m)
{
	struct import_plan *p = m->plan;

	p->inserts =
		arena_many(m->cli->arena, struct insert_table, p->tables_n);
	for (size_t i = 0; i < p->tables_n; i++) {
		struct import_table *t = &p->tables[i];
		str *names = arena_many(m->cli->arena, str, t->n);

		t->cells = arena_many(m->cli->arena, struct cell, t->n);
		for (size_t k = 0; k < t->n; k++)
			names[k] = t->table->columns[t->sources[k].column].name;
		p->inserts[i] =
			(struct insert_table){ t->table->name, names, t->n };
	}
}

static int first_table(struct making *m, struct err *e)
{
	const char *name = cli_option(m->cli, "table");
	const struct map_system *s = m->plan->system;

	m->first = name          ? map_table_named(s, str_of(name))
		   : s->tables_n ? &s->tables[0]
				 : NULL;
	if (m->first)
		return 0;
	return err_set(e, ERR_NOT_FOUND,
		"the system has no table \"%.60s\" in the data map",
		name ? name : "");
}

static bool is_given(const struct import_table *t, size_t column)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->sources[i].column == column)
			return true;
	return false;
}

/* Of a key or a link of several columns nothing is counted or taken from elsewhere. */
static int check_tuples(const struct import_plan *p, struct err *e)
{
	for (size_t i = 0; i < p->tables_n; i++) {
		const struct import_table *t = &p->tables[i];
		const struct map_table *mt = t->table;

		for (size_t c = 0; c < map_columns_held(mt); c++)
			if (map_column_has(mt, mt->key, c) && c != mt->key &&
				!is_given(t, c))
				return err_set(e, ERR_INVALID,
					"the key of \"%.*s\" is %.*s: the file "
					"or --set has to give \"%.*s\"",
					STR_ARG(mt->name),
					STR_ARG(mt->columns[mt->key].name),
					STR_ARG(mt->columns[c].name));
	}
	return 0;
}

int import_plan_make(struct cli *c, struct import_plan *p,
	const struct csv_record *header, struct err *e)
{
	struct making m = { .cli = c, .plan = p };

	if (first_table(&m, e) || read_header(&m, header, e) ||
		order_tables(&m, e))
		return -1;
	for (size_t i = 0; i < p->tables_n; i++)
		fill_sources(&m, &p->tables[i]);
	if (read_set(&m, e) || check_tuples(p, e))
		return -1;
	fill_inserts(&m);
	return 0;
}

/* --- keys --- */

static int note_key(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct import_table *t = ctx;
	int64_t key;

	(void)n;
	(void)e;
	if (!str_int(cells[0].v.v, &key))
		t->is_counted = false; /* no number: the system makes its own */
	else if (key >= t->next_key)
		t->next_key = key + 1;
	return 0;
}

/* Someone who adds rows at the same time takes the same number: then the whole
 * import fails on it and can be run again. */
int import_plan_keys(struct import_plan *p, struct conn *c, struct err *e)
{
	for (size_t i = 0; i < p->tables_n; i++) {
		struct import_table *t = &p->tables[i];
		struct row_query q = {
			.table = t->table->name,
			.columns = &t->table->columns[t->table->key].name,
			.columns_n = 1,
			.is_all = true,
		};

		t->next_key = 1;
		/* Rows of files that are told apart by their bytes have no key
		 * to give: the connector passes the number over. */
		if (!t->is_counted || str_eq(*q.columns, STR(MAP_ROW_KEY)))
			continue;
		if (conn_rows(c, &q, note_key, t, e))
			return -1;
		if (!t->is_counted)
			return err_set(e, ERR_INVALID,
				"the keys of \"%.*s\" are no numbers: the file "
				"has to give them",
				STR_ARG(t->table->name));
	}
	return 0;
}

/* --- a record --- */

static bool has_own_value(const struct import_table *t, const str *field)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->sources[i].from == FROM_FILE &&
			field[t->sources[i].at].n)
			return true;
	return false;
}

static void number_row(struct import_table *t, const str *field)
{
	t->key = STR("");
	if (!has_own_value(t, field))
		return;
	for (size_t i = 0; i < t->n; i++)
		if (t->sources[i].from == FROM_FILE &&
			t->sources[i].column == t->table->key)
			t->key = field[t->sources[i].at];
	if (!t->is_counted)
		return;
	snprintf(t->key_text, sizeof t->key_text, "%lld",
		(long long)t->next_key++);
	t->key = str_of(t->key_text);
}

void import_plan_number(struct import_plan *p, const str *field)
{
	for (size_t i = 0; i < p->tables_n; i++)
		number_row(&p->tables[i], field);
}

/* Text, whatever the column is: the system makes a number of it where it wants
 * one, and a ZIP code keeps its zeros. */
static struct cell cell_of(str value)
{
	return value.n ? cell_text(value) : (struct cell){ .type = CELL_NULL };
}

const struct cell *import_plan_cells(
	struct import_plan *p, size_t table, const str *field)
{
	struct import_table *t = &p->tables[table];

	if (!has_own_value(t, field))
		return NULL;
	for (size_t i = 0; i < t->n; i++) {
		const struct import_source *s = &t->sources[i];
		str value = s->value;

		if (s->from == FROM_FILE)
			value = field[s->at];
		else if (s->from == FROM_COUNTER)
			value = t->key;
		else if (s->from == FROM_LINK)
			value = p->tables[s->at].key;
		t->cells[i] = cell_of(value);
	}
	return t->cells;
}
