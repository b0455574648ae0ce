/* Reading all identifiers and keys of a system, table after table. */
#include "connect/screen.h"

#include <string.h>

#include "base/base.h"

/* The columns read of one table: its key, then those that tell whose a row is.  The
 * key may tell, too. */
struct reading {
	const struct map_table *table;
	str columns[MAP_COLUMNS_MAX + 1];
	const struct map_column *is[MAP_COLUMNS_MAX + 1];
	bool is_key[MAP_COLUMNS_MAX + 1];
	size_t n;
	const struct screen_way *way;
	struct screen_counts *counts;
};

static int tell(struct reading *r, struct screened *s, struct err *e)
{
	return r->way->fn(r->way->ctx, s, e) < 0 ? -1 : 0;
}

static int tell_ident(struct reading *r, struct screened *s, struct err *e)
{
	struct ident id;

	if (!str_trim(s->value->v.v).n)
		return 0;
	if (s->value->is_cut || ident_read(&id, IDENT_TOYON_1, s->column->kind,
					s->value->v.v) != IDENT_FAULT_NONE) {
		r->counts->unreadable++;
		return 0;
	}
	r->counts->idents++;
	s->id = &id;
	return tell(r, s, e);
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;

	r->counts->rows++;
	for (size_t i = 0; i < n; i++) {
		struct screened s = { r->table, r->is[i], &cells[0], &cells[i],
			NULL };

		if (cells[i].type == CELL_NULL)
			continue;
		if (r->is_key[i] && !cells[i].is_cut && tell(r, &s, e))
			return -1;
		if (r->is[i]->is_identifier && tell_ident(r, &s, e))
			return -1;
	}
	return 0;
}

static bool holds_keys(const struct reading *r, size_t column)
{
	const struct find_crossings *all = r->way->keys;

	for (size_t i = 0; all && i < all->n; i++)
		if (all->at[i].table == r->table && all->at[i].column == column)
			return true;
	return false;
}

/* True when it tells of somebody. */
static bool take_column(struct reading *r, size_t column)
{
	const struct map_column *c = &r->table->columns[column];

	r->is[r->n] = c;
	r->is_key[r->n] = holds_keys(r, column);
	r->columns[r->n] = c->name;
	return c->is_identifier || r->is_key[r->n];
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
	bool is_any = take_column(r, t->key);

	r->n = 1;
	for (size_t i = 0; i < t->columns_n; i++)
		r->n += i != t->key && take_column(r, i);
	if (r->n == 1 && !is_any)
		return 0;
	q.columns_n = r->n;
	return conn_rows(c, &q, take_row, r, e);
}

int screen_system(struct conn *c, const struct screen_way *way,
	struct screen_counts *out, struct err *e)
{
	*out = (struct screen_counts){ 0 };
	for (size_t t = 0; t < c->system->tables_n; t++) {
		struct reading r = { .table = &c->system->tables[t],
			.way = way,
			.counts = out };

		if (read_table(c, &r, e) < 0)
			return -1;
	}
	return 0;
}
