/*
 * What the rows of a plan have and no other row may: files and Redis tell which columns
 * there are by their rows, and a column that none has is a mistake of the map, until the
 * last row that had it was erased.  The proof asks for it all the same.
 */
#include "base/base.h"
#include "connect/erase_parts.h"

void erase_held(struct conn *c, struct arena *a, const struct erase_plan *p)
{
	for (size_t t = 0; t < p->system->tables_n; t++) {
		const struct found_table *f = &p->found.tables[t];
		bool *held =
			f->n ? arena_many(a, bool, f->table->columns_n) : NULL;

		for (size_t i = 0; held && i < f->table->columns_n; i++)
			held[i] = found_has_value(f, i) ||
				  (c->was_held[t] && c->was_held[t][i]);
		if (held)
			c->was_held[t] = held;
	}
}

void erase_held_end(struct conn *c)
{
	for (size_t t = 0; t < c->system->tables_n; t++)
		c->was_held[t] = NULL;
}
