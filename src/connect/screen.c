/* Reading all identifiers of a system, table after table. */
#include "connect/screen.h"

#include <string.h>

#include "base/base.h"

/* The columns read of one table: its key, then those that identify. */
struct reading {
	const struct map_table *table;
	str columns[MAP_COLUMNS_MAX + 1];
	const struct map_column *is[MAP_COLUMNS_MAX + 1];
	size_t n;
	screen_fn *fn;
	void *ctx;
	struct screen_counts *counts;
};

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;

	r->counts->rows++;
	for (size_t i = 1; i < n; i++) {
		struct ident id;
		struct screened s = { r->table, r->is[i], &cells[0], &id };

		if (cells[i].type == CELL_NULL || !str_trim(cells[i].v.v).n)
			continue;
		if (cells[i].is_cut ||
			ident_read(&id, IDENT_TOYON_1, r->is[i]->kind,
				cells[i].v.v) != IDENT_FAULT_NONE) {
			r->counts->unreadable++;
			continue;
		}
		r->counts->idents++;
		if (r->fn(r->ctx, &s, e) < 0)
			return -1;
	}
	return 0;
}

static int read_table(struct conn *c, struct reading *r, struct err *e)
{
	const struct map_table *t = r->table;
	struct row_query q = {
		.table = t->name,
		.columns = r->columns,
		.cell_max = FIND_CELL_MAX,
		.is_all = true,
	};

	r->columns[0] = t->columns[t->key].name;
	r->n = 1;
	for (size_t i = 0; i < t->columns_n; i++) {
		if (!t->columns[i].is_identifier)
			continue;
		r->is[r->n] = &t->columns[i];
		r->columns[r->n++] = t->columns[i].name;
	}
	if (r->n == 1)
		return 0;
	q.columns_n = r->n;
	return conn_rows(c, &q, take_row, r, e);
}

int screen_system(struct conn *c, screen_fn *fn, void *ctx,
	struct screen_counts *out, struct err *e)
{
	*out = (struct screen_counts){ 0 };
	for (size_t t = 0; t < c->system->tables_n; t++) {
		struct reading r = { .table = &c->system->tables[t],
			.fn = fn,
			.ctx = ctx,
			.counts = out };

		if (read_table(c, &r, e) < 0)
			return -1;
	}
	return 0;
}
