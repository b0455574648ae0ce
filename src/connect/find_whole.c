#include "connect/find_whole.h"

#include "base/base.h"

struct filling {
	struct arena *arena;
	struct found_table *table;
	struct find_room *room;
	size_t next; /* rows come back in about the order they were asked for */
	size_t filled;
};

static bool row_is_cut(const struct map_table *t, const struct found_row *r)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (r->cells[i].is_cut)
			return true;
	return false;
}

bool find_is_cut(const struct finding *f)
{
	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++)
			if (row_is_cut(
				    f->tables[t].table, &f->tables[t].rows[i]))
				return true;
	return false;
}

static struct found_row *row_of(struct filling *f, const struct cell *key)
{
	for (size_t i = 0; i < f->table->n; i++) {
		size_t at = (f->next + i) % f->table->n;

		if (!str_eq(f->table->rows[at].key.v.v, key->v.v))
			continue;
		f->next = at + 1;
		return &f->table->rows[at];
	}
	return NULL;
}

static int changed(const struct map_table *t, struct err *e)
{
	err_set(e, ERR_CONFLICT,
		"table \"%.*s\" holds other values than were found",
		STR_ARG(t->name));
	return err_hint(e, "search the system again");
}

static int fill_cell(struct filling *f, const struct cell *whole,
	struct cell *cell, struct err *e)
{
	const struct map_table *t = f->table->table;

	if (whole->is_cut)
		return err_set(e, ERR_LIMIT,
			"table \"%.*s\": a value is longer than %zu bytes",
			STR_ARG(t->name), f->room->value_max);
	if (whole->type != cell->type || !str_starts(whole->v.v, cell->v.v))
		return changed(t, e);
	if (whole->v.v.n > f->room->left) {
		f->table->is_apart = true;
		return 0;
	}
	f->room->left -= whole->v.v.n;
	*cell = cell_dup(f->arena, whole);
	return 0;
}

static int fill_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct filling *f = ctx;
	struct found_row *r = row_of(f, &cells[f->table->table->key]);

	/* The same key twice, as a text and as a number, is another row. */
	if (!r || !row_is_cut(f->table->table, r))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (r->cells[i].is_cut &&
			fill_cell(f, &cells[i], &r->cells[i], e))
			return -1;
	f->filled++;
	return 0;
}

static int fill_table(struct conn *c, struct filling *f, struct err *e)
{
	const struct map_table *t = f->table->table;
	str *columns = arena_many(f->arena, str, t->columns_n);
	struct cell *keys = arena_many(f->arena, struct cell, f->table->n);
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = t->columns_n,
		.where = t->columns[t->key].name,
		.values = keys,
		.cell_max = f->room->value_max,
	};

	for (size_t i = 0; i < t->columns_n; i++)
		columns[i] = t->columns[i].name;
	for (size_t i = 0; i < f->table->n; i++)
		if (row_is_cut(t, &f->table->rows[i]))
			keys[q.values_n++] = f->table->rows[i].key;
	/* Of rows that are not kept all are read again: their beginnings do. */
	if (!q.values_n || f->table->rest.n)
		return 0;
	if (conn_rows(c, &q, fill_row, f, e) < 0)
		return -1;
	return f->filled == q.values_n ? 0 : changed(t, e);
}

int find_whole(struct conn *c, struct arena *a, struct finding *f,
	struct find_room *room, struct err *e)
{
	for (size_t t = 0; t < f->system->tables_n; t++) {
		struct filling x = {
			.arena = a, .table = &f->tables[t], .room = room
		};

		if (fill_table(c, &x, e))
			return -1;
	}
	return 0;
}
