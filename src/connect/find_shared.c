/*
 * Which of the rows found are someone else's too.  Two signs, each asked of the
 * system: the row belongs by a plain link to an owner that was not found, or
 * other rows, that were not found, point to it by a shared link.  A third stands in
 * the rows: find_certain.c.  What belongs to a shared row is shared.
 */
#include "base/base.h"
#include "connect/find_rows.h"
#include "connect/find_standing.h"

static const struct map_table *table_at(const struct search *s, size_t i)
{
	return &s->system->tables[i];
}

/* One column of the rows found in a table. */
static struct values column_of(struct search *s, size_t table, size_t column)
{
	struct values v = { 0 };

	for (size_t i = 0; i < s->tables[table].n; i++)
		values_add(s->arena, &v,
			&s->tables[table].rows[i].row.cells[column]);
	values_sort(&v);
	return v;
}

static void mark_where(
	struct search *s, size_t table, size_t column, const struct values *v)
{
	for (size_t i = 0; i < s->tables[table].n; i++) {
		struct found_row *r = &s->tables[table].rows[i].row;

		if (r->cells[column].type != CELL_NULL &&
			values_have(v, &r->cells[column]))
			r->is_shared = true;
	}
}

static bool is_held(void *ctx, const struct cell *there)
{
	return values_have(ctx, there);
}

static void note_respelled(
	struct search *s, size_t table, size_t column, const struct values *v)
{
	for (size_t i = 0; i < s->tables[table].n; i++) {
		struct search_row *r = &s->tables[table].rows[i];

		r->is_respelled |= values_have(v, &r->row.cells[column]);
	}
}

struct row_query search_owner_query(
	const struct map_system *s, const struct map_link *l)
{
	const struct map_table *to = &s->tables[l->to];

	return (struct row_query){
		.table = to->name,
		.columns = &to->columns[l->to_column].name,
		.columns_n = 1,
		.where = to->columns[l->to_column].name,
	};
}

/* Owners that are there, but are not among the rows found.  The system says which they
 * are: to it '077' may be 77. */
static int mark_other_owners(
	struct search *s, size_t table, const struct map_link *l, struct err *e)
{
	struct values held = column_of(s, l->to, l->to_column);
	struct values named = column_of(s, table, l->column);
	struct values others = { 0 }, there = { 0 }, known = { 0 };
	struct find_standing x = {
		.conn = s->conn,
		.arena = s->arena,
		.table = table_at(s, l->to),
		.column = l->to_column,
		.is_typed = true,
		.is_known = is_held,
		.ctx = &held,
		.known = &known,
	};

	for (size_t i = 0; i < named.n; i++)
		if (!values_have(&held, &named.at[i]))
			values_add(s->arena, &others, &named.at[i]);
	if (!others.n)
		return 0;
	search_way(s, (str){ 0 });
	if (find_standing(&x, &others, &there, e))
		return -1;
	values_sort(&known);
	mark_where(s, table, l->column, &there);
	note_respelled(s, table, l->column, &known);
	return 0;
}

/* Which of the values that were asked for strangers name. */
struct strangers {
	const struct search *search;
	size_t table;
	const struct values *held;
	bool *is_named;
	bool is_unsure; /* somebody names one of them in another spelling */
};

/* cells: the key of a row, and what its shared link names.  A company's row has as
 * many of them as it has contacts: they are not kept. */
static int take_stranger(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct strangers *x = ctx;
	const struct cell *own = values_find(x->held, &cells[1]);

	(void)n;
	(void)e;
	if (search_row_of(x->search, x->table, &cells[0]))
		return 0;
	if (own)
		x->is_named[own - x->held->at] = true;
	else
		x->is_unsure = true;
	return 0;
}

static int mark_other_links(
	struct search *s, size_t table, const struct map_link *l, struct err *e)
{
	const struct map_table *from = table_at(s, table);
	struct values held = column_of(s, l->to, l->to_column);
	struct values named = { 0 };
	struct strangers x = { s, table, &held,
		arena_many(s->arena, bool, held.n), false };
	const str columns[] = { from->columns[from->key].name,
		from->columns[l->column].name };
	struct row_query q = {
		.table = from->name,
		.columns = columns,
		.columns_n = COUNTOF(columns),
		.where = from->columns[l->column].name,
		.values = held.at,
		.values_n = held.n,
		.cell_max = s->limits.cell_max,
		.is_loose = true,
	};

	if (!held.n)
		return 0;
	search_way(s, (str){ 0 });
	if (conn_rows(s->conn, &q, take_stranger, &x, e) < 0)
		return -1;
	for (size_t i = 0; i < held.n; i++)
		if (x.is_named[i] || x.is_unsure)
			values_add(s->arena, &named, &held.at[i]);
	mark_where(s, l->to, l->to_column, &named);
	return 0;
}

/* True when a row was marked that was not before. */
static bool pass_down(struct search *s, size_t table, const struct map_link *l)
{
	const struct search_table *owners = &s->tables[l->to];
	struct search_table *t = &s->tables[table];
	struct values v = { 0 };
	bool has_marked = false;

	for (size_t i = 0; i < owners->n; i++)
		if (owners->rows[i].row.is_shared)
			values_add(s->arena, &v,
				&owners->rows[i].row.cells[l->to_column]);
	values_sort(&v);
	for (size_t i = 0; i < t->n; i++) {
		struct found_row *r = &t->rows[i].row;

		if (!v.n || r->is_shared ||
			r->cells[l->column].type == CELL_NULL)
			continue;
		/* Of a value spelled otherwise it can't be told whose it is. */
		if (!t->rows[i].is_respelled &&
			!values_have(&v, &r->cells[l->column]))
			continue;
		r->is_shared = has_marked = true;
	}
	return has_marked;
}

static bool pass_all_down(struct search *s)
{
	bool has_marked = false;

	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->links_n; i++) {
			const struct map_link *l = &table_at(s, t)->links[i];

			if (!l->is_shared)
				has_marked |= pass_down(s, t, l);
		}
	return has_marked;
}

/* The values that rows which are the person's alone have in a column. */
static struct values own_values(struct search *s, size_t table, size_t column)
{
	struct values v = { 0 };

	for (size_t i = 0; i < s->tables[table].n; i++)
		if (!s->tables[table].rows[i].row.is_shared)
			values_add(s->arena, &v,
				&s->tables[table].rows[i].row.cells[column]);
	values_sort(&v);
	return v;
}

static void note_held(const struct search_table *t, size_t column,
	const struct values *v, bool *is_held)
{
	for (size_t i = 0; i < t->n; i++)
		is_held[i] |= values_have(v, &t->rows[i].row.cells[column]);
}

/* Which rows of the table something that is the person's alone leads to. */
static bool *held_rows(struct search *s, size_t table)
{
	struct search_table *t = &s->tables[table];
	bool *is_held = arena_many(s->arena, bool, t->n);

	for (size_t i = 0; i < t->n; i++)
		is_held[i] = t->rows[i].is_entry;
	for (size_t k = 0; k < s->system->tables_n; k++)
		for (size_t i = 0; i < table_at(s, k)->links_n; i++) {
			const struct map_link *l = &table_at(s, k)->links[i];
			struct values v;

			if (l->to == table) {
				v = own_values(s, k, l->column);
				note_held(t, l->to_column, &v, is_held);
			}
			if (k == table && !l->is_shared) {
				v = own_values(s, l->to, l->to_column);
				note_held(t, l->column, &v, is_held);
			}
		}
	return is_held;
}

/* A house that only somebody else's rows led to is theirs. */
static bool pass_up(struct search *s, size_t table, const struct map_link *l)
{
	struct search_table *t = &s->tables[l->to];
	struct values v = { 0 };
	bool has_marked = false;
	bool *is_held;

	for (size_t i = 0; i < s->tables[table].n; i++) {
		const struct search_row *r = &s->tables[table].rows[i];

		if (r->row.is_shared)
			values_add(s->arena, &v, &r->row.cells[l->column]);
	}
	if (!v.n || !t->n)
		return false;
	values_sort(&v);
	is_held = held_rows(s, l->to);
	for (size_t i = 0; i < t->n; i++) {
		struct found_row *r = &t->rows[i].row;

		if (r->is_shared || is_held[i] ||
			!values_have(&v, &r->cells[l->to_column]))
			continue;
		r->is_shared = has_marked = true;
	}
	return has_marked;
}

static bool pass_all_up(struct search *s)
{
	bool has_marked = false;

	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->links_n; i++) {
			const struct map_link *l = &table_at(s, t)->links[i];

			if (l->is_shared)
				has_marked |= pass_up(s, t, l);
		}
	return has_marked;
}

int search_mark_shared(struct search *s, struct err *e)
{
	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->links_n; i++) {
			const struct map_link *l = &table_at(s, t)->links[i];

			if (l->is_shared ? mark_other_links(s, t, l, e) < 0
					 : mark_other_owners(s, t, l, e) < 0)
				return -1;
		}
	search_mark_uncertain(s);
	while (pass_all_down(s) || pass_all_up(s))
		;
	return 0;
}
