/* Rows that a search counted, told again by who erases them. */
#include "connect/find_rest.h"

#include "base/base.h"
#include "connect/erase_ways.h"
#include "connect/keys.h"

/* Of the values that rows which stay get others for. */
enum { WAY_CELLS_MAX = 4 * FIND_CELLS_MAX };

struct naming {
	struct arena *arena;
	struct found_table *table;
	struct key_set kept; /* texts of the keys, by their place */
	size_t kept_n;
	bool *is_taken;      /* of rest.names */
	const size_t *place; /* of each column: in the look-up; or the number of
			      * columns */
	struct cell *nothing; /* of rows whose values nobody needs */
};

static bool is_kept(const struct naming *x, const struct cell *key)
{
	const struct key_entry *k = key_set_find(&x->kept, key->v.v);
	const struct key_use *use = k ? k->uses : NULL;

	while (use && !cell_eq(&x->table->rows[use->number].key, key))
		use = use->next;
	return use != NULL;
}

/* Was it found?  Rows of a file without a key may be alike: each takes one name. */
static bool take_name(const struct naming *x, const struct cell *key)
{
	const struct found_rest *r = &x->table->rest;
	uint64_t name = find_rest_sum(key);
	size_t low = 0, high = r->names_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (r->names[middle] < name)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < r->names_n && r->names[low] == name; low++)
		if (!x->is_taken[low])
			return x->is_taken[low] = true;
	return false;
}

static struct cell *cells_for_ways(
	const struct naming *x, const struct cell *cells)
{
	size_t n = x->table->table->columns_n;
	struct cell *out;

	if (x->nothing)
		return x->nothing;
	out = arena_many(x->arena, struct cell, n);
	for (size_t i = 0; i < n; i++)
		if (x->place[i] < n)
			out[i] = cell_dup(x->arena, &cells[x->place[i]]);
	return out;
}

/* cells[0] is the key. */
static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct naming *x = ctx;
	struct found_table *t = x->table;
	struct found_row *row = &t->rows[t->n];

	(void)n;
	(void)e;
	if (is_kept(x, &cells[0]) || !take_name(x, &cells[0]))
		return 0;
	must(t->n < x->kept_n + t->rest.n);
	*row = (struct found_row){ .path = t->rows[0].path };
	row->key = cell_dup(x->arena, &cells[0]);
	row->cells = cells_for_ways(x, cells);
	t->n++;
	return 0;
}

/* The key, and the columns that have a way. */
static void put_columns(
	struct naming *x, str *columns, size_t *place, struct row_query *q)
{
	const struct map_table *t = x->table->table;

	columns[0] = t->columns[t->key].name;
	q->columns = columns;
	q->columns_n = 1;
	for (size_t i = 0; i < t->columns_n; i++) {
		place[i] = i == t->key ? 0 : t->columns_n;
		if (!t->columns[i].way || i == t->key)
			continue;
		place[i] = q->columns_n;
		columns[q->columns_n++] = t->columns[i].name;
	}
	x->place = place;
	if (!ways_any(t))
		x->nothing = arena_many(x->arena, struct cell, t->columns_n);
}

static void make_room(struct arena *a, struct naming *x)
{
	struct found_table *t = x->table;
	struct found_row *rows =
		arena_many(a, struct found_row, t->n + t->rest.n);

	x->kept_n = t->n;
	x->kept = key_set_in(a, t->n);
	for (size_t i = 0; i < t->n; i++) {
		rows[i] = t->rows[i];
		key_set_add(&x->kept, &rows[i].key, 1, i);
	}
	t->rows = rows;
	x->is_taken = arena_many(a, bool, t->rest.names_n);
	for (size_t i = 0; i < t->n; i++)
		(void)take_name(x, &rows[i].key);
}

static int name_rows(
	struct conn *c, struct arena *a, struct found_table *t, struct err *e)
{
	const struct map_table *m = t->table;
	struct naming x = { .arena = a, .table = t };
	str *columns = arena_many(a, str, m->columns_n + 1);
	size_t *place = arena_many(a, size_t, m->columns_n);
	struct row_query q = find_rest_query(t);

	if (!t->rest.names) {
		err_set(e, ERR_CONFLICT,
			"table \"%.*s\" was not searched to be erased",
			STR_ARG(m->name));
		return err_hint(e, "search the system again");
	}
	if (ways_any(m) && t->rest.n * m->columns_n > WAY_CELLS_MAX)
		return err_set(e, ERR_LIMIT,
			"table \"%.*s\": too many rows to empty columns of",
			STR_ARG(m->name));
	make_room(a, &x);
	put_columns(&x, columns, place, &q);
	q.cell_max = FIND_CELL_MAX;
	if (conn_rows(c, &q, take, &x, e) < 0)
		return -1;
	t->rest.gone = x.kept_n + t->rest.n - t->n;
	t->rest.n = 0;
	return 0;
}

static bool is_needed(const struct found_table *t)
{
	return t->rest.n &&
	       (t->table->erase != ERASE_KEEP || ways_any(t->table));
}

bool find_has_rest(const struct finding *f)
{
	for (size_t t = 0; t < f->system->tables_n; t++)
		if (f->tables[t].rest.n)
			return true;
	return false;
}

int find_rest_name(
	struct conn *c, struct arena *a, struct finding *f, struct err *e)
{
	for (size_t t = 0; t < f->system->tables_n; t++)
		if (is_needed(&f->tables[t]) &&
			name_rows(c, a, &f->tables[t], e))
			return -1;
	find_except(f, c->exceptions);
	return 0;
}
