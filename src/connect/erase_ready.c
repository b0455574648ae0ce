#include "connect/erase_ready.h"

#include "base/base.h"
#include "connect/erase_circle.h"
#include "connect/erase_ways.h"
#include "connect/find_rest.h"
#include "connect/keys.h"
#include "connect/limit.h"

struct reading {
	const struct ways *ways;
	struct found_table *table;
	struct key_set keys;  /* numbers are those of rows */
	const size_t *place;  /* of each column in the look-up, or 0 */
	struct cell *scratch; /* of one row, for each column */
};

/* A value that is longer than a finding ever keeps is no less than others have. */
static bool is_missing(const struct map_table *t, const struct found_row *r)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way && r->cells[i].is_cut &&
			!r->cells[i].v.v.n)
			return true;
	return false;
}

static struct found_row *row_of(const struct reading *x, const struct cell *key)
{
	const struct key_entry *k = key_set_find(&x->keys, key->v.v);

	for (const struct key_use *u = k ? k->uses : NULL; u; u = u->next)
		if (cell_eq(&x->table->rows[u->number].key, key))
			return &x->table->rows[u->number];
	return NULL;
}

/* cells[0] is the key. */
static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct reading *x = ctx;
	const struct map_table *t = x->table->table;
	struct found_row *row = row_of(x, &cells[0]);
	size_t set_n;

	(void)n;
	(void)e;
	if (!row)
		return 0;
	for (size_t i = 0; i < t->columns_n; i++)
		x->scratch[i] = cells[x->place[i]];
	row->instead =
		ways_of_cells(x->ways, t, x->table->forms, x->scratch, &set_n);
	return 0;
}

static void put_columns(struct arena *a, struct reading *x, struct row_query *q)
{
	const struct map_table *t = x->table->table;
	str *columns = arena_many(a, str, t->columns_n + 1);
	size_t *place = arena_many(a, size_t, t->columns_n);

	columns[0] = q->where;
	q->columns = columns;
	q->columns_n = 1;
	for (size_t i = 0; i < t->columns_n; i++) {
		if (!t->columns[i].way)
			continue;
		place[i] = q->columns_n;
		columns[q->columns_n++] = t->columns[i].name;
	}
	x->place = place;
	x->scratch = arena_many(a, struct cell, t->columns_n);
}

static int read_missing(struct conn *c, struct arena *a, const struct ways *w,
	struct found_table *ft, struct err *e)
{
	const struct map_table *t = ft->table;
	struct cell *keys = arena_many(a, struct cell, ft->n);
	struct reading x = {
		.ways = w, .table = ft, .keys = key_set_in(a, ft->n)
	};
	struct row_query q = { .table = t->name,
		.where = t->columns[t->key].name,
		.cell_max = FIND_CELL_MAX };
	size_t n = 0;

	for (size_t i = 0; i < ft->n; i++) {
		if (!is_missing(t, &ft->rows[i]))
			continue;
		key_set_add(&x.keys, &ft->rows[i].key, 1, i);
		keys[n++] = ft->rows[i].key;
	}
	put_columns(a, &x, &q);
	for (size_t at = 0; at < n; at += q.values_n) {
		q.values = &keys[at];
		q.values_n = n - at < CONNECT_VALUES_MAX ? n - at
							 : CONNECT_VALUES_MAX;
		if (conn_rows(c, &q, take, &x, e))
			return -1;
	}
	return 0;
}

static int learn_forms(
	struct conn *c, struct arena *a, struct found_table *ft, struct err *e)
{
	const struct map_table *t = ft->table;
	enum cell_form *forms = arena_many(a, enum cell_form, t->columns_n);

	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way &&
			conn_form(c, t->name, t->columns[i].name, &forms[i], e))
			return -1;
	ft->forms = forms;
	return 0;
}

int erase_ready(
	struct conn *c, struct arena *a, struct finding *f, struct err *e)
{
	struct ways *w = arena_one(a, struct ways);

	*w = ways_new(a);
	f->ways = w;
	if (find_rest_name(c, a, f, e))
		return -1;
	for (size_t t = 0; t < f->system->tables_n; t++) {
		struct found_table *ft = &f->tables[t];

		if (!ft->n || !ways_any(ft->table))
			continue;
		if (learn_forms(c, a, ft, e) || read_missing(c, a, w, ft, e))
			return -1;
	}
	return erase_circle_learn(c, a, f, e);
}

bool erase_needs_reading(const struct finding *f)
{
	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++)
			if (f->tables[t].rows[i].is_let ||
				is_missing(f->tables[t].table,
					&f->tables[t].rows[i]))
				return true;
	return find_has_rest(f);
}
