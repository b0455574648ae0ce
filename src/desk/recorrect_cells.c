/* The ledger of corrections, cell by cell, and what stands in these cells. */
#include "desk/recorrect_cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "connect/limit.h"
#include "desk/correct_seal.h"
#include "store/sql.h"

enum { PAGE = 1000, KEYS_AT_ONCE = 1000 };

/* One correction, as the ledger has it. */
struct entry {
	int64_t id;
	bool by_hand;
	struct change change;
};

struct ledger {
	struct arena *arena;
	const struct map_system *system;
	struct entry *at;
	size_t n;
	size_t cap;
};

static void grow(struct ledger *l)
{
	size_t cap = l->cap ? 2 * l->cap : PAGE;
	struct entry *at;

	if (l->n < l->cap)
		return;
	at = arena_many(l->arena, struct entry, cap);
	if (l->n)
		memcpy(at, l->at, l->n * sizeof *at);
	l->at = at;
	l->cap = cap;
}

static int take_row(struct desk *d, struct ledger *l,
	const struct sql_recorrection_ledger_row *row, struct err *e)
{
	const struct map_table *t = map_table_named(l->system, row->table_name);
	size_t column = t ? map_column_index(t, row->column_name) : 0;
	struct entry *x;

	if (!t || column == t->columns_n)
		return 0;
	grow(l);
	x = &l->at[l->n];
	*x = (struct entry){ .id = row->id, .by_hand = row->by_hand };
	if (correct_open(d, row->sealed, &x->change, e))
		return -1;
	x->change.table = t;
	x->change.column = &t->columns[column];
	l->n++;
	return 0;
}

static int read_ledger(struct desk *d, struct ledger *l, struct err *e)
{
	struct sql_recorrection_ledger_in in = { .system = l->system->name,
		.first = PAGE };
	struct sql_recorrection_ledger_rows rows = { .n = PAGE };

	while (rows.n == PAGE) {
		if (sql_recorrection_ledger(d->db, d->arena, &in, &rows, e))
			return -1;
		for (size_t i = 0; i < rows.n; i++)
			if (take_row(d, l, &rows.at[i], e))
				return -1;
		if (rows.n)
			in.after_id = rows.at[rows.n - 1].id;
	}
	return 0;
}

/* --- each cell once --- */

static int by_row(const struct map_table *t, str key,
	const struct map_table *other, str other_key)
{
	if (t != other)
		return t < other ? -1 : 1;
	return str_cmp(key, other_key);
}

static int by_cell(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int rc = by_row(x->change.table, x->change.key.v.v, y->change.table,
		y->change.key.v.v);

	if (rc)
		return rc;
	if (x->change.column != y->change.column)
		return x->change.column < y->change.column ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static bool is_same_cell(const struct entry *x, const struct entry *y)
{
	return x->change.table == y->change.table &&
	       x->change.column == y->change.column &&
	       str_eq(x->change.key.v.v, y->change.key.v.v);
}

static size_t same_cell(const struct ledger *l, size_t first)
{
	size_t n = 1;

	while (first + n < l->n &&
		is_same_cell(&l->at[first], &l->at[first + n]))
		n++;
	return n;
}

static struct recorrect_cell cell_of(
	struct arena *a, const struct entry *of, size_t n)
{
	struct recorrect_step *steps = arena_many(a, struct recorrect_step, n);

	for (size_t i = 0; i < n; i++)
		steps[i] = (struct recorrect_step){ of[i].change.was,
			of[i].change.value, of[i].change.own_form };
	return (struct recorrect_cell){
		.id = of[n - 1].id,
		.table = of->change.table,
		.column = of->change.column,
		.key = of[n - 1].change.key,
		.by_hand = of[n - 1].by_hand,
		.steps = steps,
		.steps_n = n,
	};
}

int recorrect_load(struct desk *d, const struct map_system *s,
	struct recorrect_cells *out, struct err *e)
{
	struct ledger l = { .arena = d->arena, .system = s };

	*out = (struct recorrect_cells){ 0 };
	if (read_ledger(d, &l, e))
		return -1;
	out->at = arena_many(d->arena, struct recorrect_cell, l.n);
	if (l.n)
		qsort(l.at, l.n, sizeof *l.at, by_cell);
	for (size_t i = 0; i < l.n; i += same_cell(&l, i))
		out->at[out->n++] =
			cell_of(d->arena, &l.at[i], same_cell(&l, i));
	return 0;
}

const struct cell *recorrect_value(const struct recorrect_cell *c)
{
	return &c->steps[c->steps_n - 1].value;
}

/* --- what stands there --- */

struct reading {
	struct arena *arena;
	struct recorrect_cells *cells;
	const struct map_table *table;
	const struct map_column **columns; /* after the key */
};

/* The first cell of a row, or behind where it would be. */
static size_t first_of(
	const struct recorrect_cells *c, const struct map_table *t, str key)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct recorrect_cell *x = &c->at[mid];

		if (by_row(x->table, x->key.v.v, t, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_of_row(const struct recorrect_cells *c, size_t i,
	const struct map_table *t, str key)
{
	return i < c->n && !by_row(c->at[i].table, c->at[i].key.v.v, t, key);
}

static int take_cells(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;
	str key = cells[0].v.v;

	(void)e;
	for (size_t i = first_of(r->cells, r->table, key);
		is_of_row(r->cells, i, r->table, key); i++) {
		struct recorrect_cell *c = &r->cells->at[i];

		c->rows++;
		for (size_t k = 1; k < n; k++)
			if (r->columns[k] == c->column)
				c->now = cell_dup(r->arena, &cells[k]);
	}
	return 0;
}

/* The columns of a table that were corrected, after its key. */
static size_t columns_of(struct reading *r, str *names)
{
	const struct map_table *t = r->table;
	size_t n = 1;

	names[0] = t->columns[t->key].name;
	for (size_t i = 0; i < t->columns_n; i++) {
		bool is_any = false;

		for (size_t k = 0; k < r->cells->n; k++)
			is_any |= r->cells->at[k].column == &t->columns[i];
		if (!is_any)
			continue;
		r->columns[n] = &t->columns[i];
		names[n++] = t->columns[i].name;
	}
	return n;
}

static int read_table(struct conn *c, struct reading *r, struct err *e)
{
	const struct map_table *t = r->table;
	str *names = arena_many(r->arena, str, t->columns_n + 1);
	struct cell *keys = arena_many(r->arena, struct cell, KEYS_AT_ONCE);
	struct row_query q = { .table = t->name,
		.columns = names,
		.where = t->columns[t->key].name,
		.values = keys };
	size_t i = first_of(r->cells, t, STR(""));

	r->columns = arena_many(
		r->arena, const struct map_column *, t->columns_n + 1);
	q.columns_n = columns_of(r, names);
	while (i < r->cells->n && r->cells->at[i].table == t) {
		q.values_n = 0;
		while (q.values_n < KEYS_AT_ONCE && i < r->cells->n &&
			r->cells->at[i].table == t) {
			str key = r->cells->at[i].key.v.v;

			keys[q.values_n++] = r->cells->at[i].key;
			while (is_of_row(r->cells, i, t, key))
				i++;
		}
		if (conn_rows(c, &q, take_cells, r, e) < 0)
			return -1;
	}
	return 0;
}

/* As it was given, or as the system writes that. */
static bool is_right(const struct recorrect_cell *c)
{
	const struct recorrect_step *last = &c->steps[c->steps_n - 1];

	return str_eq(c->now.v.v, last->value.v.v) ||
	       (last->own_form.type != CELL_NULL &&
		       str_eq(c->now.v.v, last->own_form.v.v));
}

static bool reads_as(str now, const struct cell *c)
{
	return str_eq_nocase(now, str_trim(c->v.v));
}

/* As an import compares (corrections_find()). */
static bool is_old(const struct recorrect_cell *c)
{
	str now = str_trim(c->now.v.v);

	for (size_t i = 0; i < c->steps_n; i++)
		if (reads_as(now, &c->steps[i].was) ||
			(i + 1 < c->steps_n &&
				reads_as(now, &c->steps[i].value)))
			return true;
	return false;
}

static enum recorrect_state state_of(const struct recorrect_cell *c)
{
	if (!c->rows)
		return RECORRECT_GONE;
	if (c->rows > 1)
		return RECORRECT_NEWS;
	if (is_right(c))
		return RECORRECT_RIGHT;
	return is_old(c) ? RECORRECT_OLD : RECORRECT_NEWS;
}

int recorrect_cells_read(struct conn *c, struct arena *a,
	struct recorrect_cells *cells, struct err *e)
{
	for (size_t i = 0; i < cells->n; i++) {
		cells->at[i].rows = 0;
		cells->at[i].now = (struct cell){ .type = CELL_NULL };
	}
	for (size_t t = 0; t < c->system->tables_n; t++) {
		struct reading r = { .arena = a,
			.cells = cells,
			.table = &c->system->tables[t] };

		if (read_table(c, &r, e))
			return -1;
	}
	for (size_t i = 0; i < cells->n; i++)
		cells->at[i].state = state_of(&cells->at[i]);
	return 0;
}
