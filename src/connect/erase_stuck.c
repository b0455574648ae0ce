#include "connect/erase_stuck.h"

#include "base/base.h"
#include "connect/keys.h"

/* --- which links may not be emptied --- */

struct learning {
	const struct map_system *system;
	bool **full;
};

/* What is emptied of a link of several columns is the last of them. */
static void take_link(const struct learning *x, size_t table, size_t link,
	str column, bool is_full)
{
	const struct map_table *t = &x->system->tables[table];
	const struct map_column *c = &t->columns[t->links[link].column];

	if (str_eq_nocase(map_column_unlinked(t, c), column))
		x->full[table][link] = is_full;
}

static int take_fact(void *ctx, const struct column_fact *f, struct err *e)
{
	const struct learning *x = ctx;
	const struct map_table *t = map_table_named(x->system, f->table);
	size_t table = t ? (size_t)(t - x->system->tables) : 0;

	(void)e;
	for (size_t i = 0; t && f->has_rules && i < t->links_n; i++)
		take_link(x, table, i, f->column, f->is_full);
	return 0;
}

static int ask_links(
	struct conn *c, const struct learning *x, size_t table, struct err *e)
{
	const struct map_table *t = &x->system->tables[table];
	bool may;

	for (size_t i = 0; i < t->links_n; i++) {
		if (conn_can_be_null(c, t->name,
			    t->columns[t->links[i].column].name, &may, e))
			return -1;
		x->full[table][i] = !may;
	}
	return 0;
}

int erase_stuck_learn(
	struct conn *c, struct arena *a, const bool *const **out, struct err *e)
{
	const struct map_system *s = c->system;
	struct learning x = { s, arena_many(a, bool *, s->tables_n) };

	*out = NULL;
	if (!connector_kind_has_index(s->connector))
		return 0;
	for (size_t t = 0; t < s->tables_n; t++)
		x.full[t] = arena_many(a, bool, s->tables[t].links_n);
	if (!c->via->can_be_null && conn_describe(c, take_fact, &x, e))
		return -1;
	for (size_t t = 0; c->via->can_be_null && t < s->tables_n; t++)
		if (ask_links(c, &x, t, e))
			return -1;
	*out = (const bool *const *)x.full;
	return 0;
}

void erase_stuck_note(const struct finding *f, const bool *const *full)
{
	for (size_t t = 0; full && t < f->system->tables_n; t++)
		f->tables[t].is_full = full[t];
}

/* --- which rows that concerns --- */

static bool has_fate(const struct found_table *t, size_t row, unsigned fates)
{
	enum row_fate fate = row_fate_of(t->table, &t->rows[row], false);

	return fates >> fate & 1;
}

static struct key_set going_to(
	struct arena *a, const struct finding *f, const struct map_link *l)
{
	const struct found_table *to = &f->tables[l->to];
	struct key_set out = key_set_in(a, to->n);

	for (size_t i = 0; i < to->n; i++)
		if (has_fate(to, i, 1u << FATE_DELETE))
			key_set_add(
				&out, &to->rows[i].cells[l->to_column], 1, i);
	return out;
}

static void mark_link(struct arena *a, const struct finding *f, size_t table,
	size_t link, bool *is_stuck)
{
	const struct found_table *t = &f->tables[table];
	const struct map_link *l = &t->table->links[link];
	struct key_set going = going_to(a, f, l);

	for (size_t i = 0; going.n && i < t->n; i++)
		is_stuck[i] |=
			has_fate(t, i,
				1u << FATE_SHARED | 1u << FATE_EXCEPTED) &&
			t->rows[i].cells[l->column].type != CELL_NULL &&
			key_set_find(&going, t->rows[i].cells[l->column].v.v);
}

int64_t erase_stuck_in(struct arena *a, const struct finding *f, size_t table)
{
	const struct found_table *t = &f->tables[table];
	bool *is_stuck = arena_many(a, bool, t->n);
	int64_t n = 0;

	for (size_t i = 0; t->is_full && i < t->table->links_n; i++)
		if (t->is_full[i])
			mark_link(a, f, table, i, is_stuck);
	for (size_t i = 0; i < t->n; i++)
		n += is_stuck[i];
	return n;
}
