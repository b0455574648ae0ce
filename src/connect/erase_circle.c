#include "connect/erase_circle.h"

#include "base/base.h"

/* Marks what the tables that are marked link to; false: nothing new. */
static bool mark_on(const struct map_system *s, bool *is_reached)
{
	bool is_new = false;

	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; is_reached[t] && i < s->tables[t].links_n;
			i++) {
			size_t to = s->tables[t].links[i].to;

			is_new |= !is_reached[to];
			is_reached[to] = true;
		}
	return is_new;
}

/* From the end of the link there is a way back to where it begins. */
static bool is_circular(
	struct arena *a, const struct map_system *s, size_t table, size_t link)
{
	size_t to = s->tables[table].links[link].to;
	bool *is_reached = arena_many(a, bool, s->tables_n);

	if (to == table)
		return false;
	is_reached[to] = true;
	while (mark_on(s, is_reached))
		;
	return is_reached[table];
}

static bool is_looked_at(const struct finding *f, size_t table, size_t link)
{
	const struct map_table *t = f->tables[table].table;
	const struct map_link *l = &t->links[link];

	size_t emptied = map_column_index(
		t, map_column_unlinked(t, &t->columns[l->column]));

	return f->tables[table].n && f->tables[l->to].n &&
	       !map_column_has(t, t->key, emptied);
}

static int learn_of(struct conn *c, struct arena *a, struct finding *f,
	size_t table, struct err *e)
{
	const struct map_table *t = f->tables[table].table;
	bool *is_loose = arena_many(a, bool, t->links_n);

	for (size_t i = 0; i < t->links_n; i++)
		if (is_looked_at(f, table, i) &&
			is_circular(a, f->system, table, i) &&
			conn_can_be_null(c, t->name,
				t->columns[t->links[i].column].name,
				&is_loose[i], e))
			return -1;
	f->tables[table].is_loose = is_loose;
	return 0;
}

int erase_circle_learn(
	struct conn *c, struct arena *a, struct finding *f, struct err *e)
{
	if (!conn_has_order(c))
		return 0;
	for (size_t t = 0; t < f->system->tables_n; t++)
		if (f->tables[t].table->links_n && learn_of(c, a, f, t, e))
			return -1;
	return 0;
}
