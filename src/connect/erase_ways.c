/* Which columns of a row get other values; erase_value.c makes them. */
#include "connect/erase_ways.h"

#include "base/base.h"
#include "base/rand.h"
#include "connect/erase_value.h"

struct ways ways_new(struct arena *a)
{
	struct ways w = { .arena = a };

	rand_bytes(w.secret, sizeof w.secret);
	return w;
}

bool ways_any(const struct map_table *t)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way)
			return true;
	return false;
}

struct step_set *ways_of_cells(const struct ways *w, const struct map_table *t,
	const enum cell_form *forms, const struct cell *cells, size_t *n)
{
	struct step_set *set =
		arena_many(w->arena, struct step_set, t->columns_n);
	const str secret = { (const char *)w->secret, sizeof w->secret };

	*n = 0;
	for (size_t i = 0; i < t->columns_n; i++) {
		const struct map_column *c = &t->columns[i];
		enum cell_form form = forms ? forms[i] : FORM_LOOK;

		if (!c->way)
			continue;
		set[(*n)++] = (struct step_set){ c,
			value_instead(
				w->arena, c->way, form, &cells[i], secret),
			form };
	}
	return set;
}

struct step_set *ways_of_row(const struct ways *w, const struct found_table *t,
	const struct found_row *r, size_t *n)
{
	if (!r->instead)
		return ways_of_cells(w, t->table, t->forms, r->cells, n);
	*n = 0;
	for (size_t i = 0; i < t->table->columns_n; i++)
		*n += t->table->columns[i].way != WAY_NONE;
	return r->instead;
}

bool ways_eq(const struct step_set *a, const struct step_set *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].value.type != b[i].value.type ||
			!str_eq(a[i].value.v.v, b[i].value.v.v))
			return false;
	return true;
}

bool ways_hold(const struct step_set *s, const struct cell *now)
{
	return value_is_back(s, now);
}
