/*
 * Rows without a key, read again by what they hold.  How many rows of the person
 * are to hold the same is counted in the finding, so that a second line alike,
 * which nobody decided to correct, is not taken for one that was left.
 */
#include "connect/change_keyless.h"

#include "base/base.h"

bool change_is_keyless(const struct map_table *t)
{
	return str_eq(t->columns[t->key].name, STR(MAP_ROW_KEY));
}

/* What a row held, or is to hold; one cell for each column of the table. */
struct look_of_row {
	const struct cell *cells;
	int64_t wanted; /* rows that are to look so */
	int64_t there;  /* rows that do */
};

struct changed_row {
	const struct change *first;
	size_t n; /* changes */
	struct look_of_row was;
	struct look_of_row now;
};

/* A table of the request. */
struct keyless {
	const struct map_table *table;
	const struct found_table *found;
	struct changed_row *rows;
	size_t n;
};

/* --- what it is to be --- */

static bool cell_looks(const struct cell *read, const struct cell *known)
{
	if (known->is_cut)
		return read->type != CELL_NULL &&
		       str_starts(read->v.v, known->v.v);
	return change_same(read, known);
}

static bool row_looks(const struct map_table *t, const struct cell *read,
	const struct cell *known)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (i != t->key && !cell_looks(&read[i], &known[i]))
			return false;
	return true;
}

static const struct changed_row *changed_of(
	const struct keyless *k, const struct cell *key)
{
	for (size_t i = 0; i < k->n; i++)
		if (cell_eq(&k->rows[i].first->key, key))
			return &k->rows[i];
	return NULL;
}

static const struct found_row *found_of(
	const struct keyless *k, const struct cell *key)
{
	for (size_t i = 0; i < k->found->n; i++)
		if (cell_eq(&k->found->rows[i].key, key))
			return &k->found->rows[i];
	return NULL;
}

static const struct cell *cells_after(struct arena *a, const struct keyless *k,
	const struct found_row *r, const struct changed_row *changed)
{
	struct cell *out = arena_many(a, struct cell, k->table->columns_n);

	for (size_t i = 0; i < k->table->columns_n; i++)
		out[i] = r->cells[i];
	for (size_t i = 0; i < changed->n; i++)
		out[changed->first[i].column - k->table->columns] =
			changed->first[i].value;
	return out;
}

static void count_wanted(const struct keyless *k, struct look_of_row *look)
{
	for (size_t i = 0; i < k->found->n; i++) {
		const struct found_row *r = &k->found->rows[i];
		const struct changed_row *changed = changed_of(k, &r->key);

		look->wanted += row_looks(k->table,
			changed ? changed->now.cells : r->cells, look->cells);
	}
}

static int prepare(struct arena *a, struct keyless *k, struct err *e)
{
	for (size_t i = 0; i < k->n; i++) {
		struct changed_row *c = &k->rows[i];
		const struct found_row *r = found_of(k, &c->first->key);

		if (!r)
			return err_set(e, ERR_CONFLICT,
				"a row to correct is not among those that were "
				"found");
		c->was.cells = r->cells;
		c->now.cells = cells_after(a, k, r, c);
	}
	for (size_t i = 0; i < k->n; i++) {
		count_wanted(k, &k->rows[i].was);
		count_wanted(k, &k->rows[i].now);
	}
	return 0;
}

/* --- what it is --- */

static int count_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct keyless *k = ctx;

	(void)e;
	must(n == k->table->columns_n);
	for (size_t i = 0; i < k->n; i++) {
		struct changed_row *c = &k->rows[i];

		c->was.there += row_looks(k->table, cells, c->was.cells);
		c->now.there += row_looks(k->table, cells, c->now.cells);
	}
	return 0;
}

static int read_table(struct conn *c, struct keyless *k, struct err *e)
{
	str columns[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1];
	struct row_query q = { .table = k->table->name,
		.columns = columns,
		.columns_n = k->table->columns_n,
		.is_all = true };

	must(q.columns_n <= COUNTOF(columns));
	for (size_t i = 0; i < q.columns_n; i++)
		columns[i] = k->table->columns[i].name;
	return conn_rows(c, &q, count_row, k, e);
}

static void judge(const struct keyless *k, struct change_result *out)
{
	for (size_t i = 0; i < k->n; i++) {
		const struct changed_row *c = &k->rows[i];

		if (c->was.there <= c->was.wanted &&
			c->now.there >= c->now.wanted)
			out->cells += (int64_t)c->n;
		else
			out->left += (int64_t)c->n;
	}
}

static void take_rows(const struct change_request *q, struct keyless *k)
{
	for (size_t i = 0; i < q->n; i += change_row(q, i))
		if (q->at[i].table == k->table)
			k->rows[k->n++] = (struct changed_row){ &q->at[i],
				change_row(q, i), { 0 }, { 0 } };
}

int change_read_keyless(struct conn *c, struct arena *a,
	const struct change_request *q, struct change_result *out,
	struct err *e)
{
	for (size_t t = 0; t < q->system->tables_n; t++) {
		struct keyless k = { .table = &q->system->tables[t] };

		if (!change_is_keyless(k.table))
			continue;
		k.rows = arena_many(a, struct changed_row, q->n);
		take_rows(q, &k);
		if (!k.n)
			continue;
		must(q->found);
		k.found = &q->found->tables[t];
		if (prepare(a, &k, e) || read_table(c, &k, e) < 0)
			return -1;
		judge(&k, out);
	}
	return 0;
}
