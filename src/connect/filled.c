#include "connect/filled.h"

#include <string.h>

#include "base/base.h"

str filled_value(str s)
{
	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	return s;
}

static size_t letters_of(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

str filled_text(struct arena *a, str value, size_t letters)
{
	size_t n = letters_of(value), more = n < letters ? letters - n : 0;
	char *p = arena_alloc(a, value.n + more);

	if (value.n)
		memcpy(p, value.p, value.n);
	memset(p + value.n, ' ', more);
	return (str){ p, value.n + more };
}

const struct cell *filled_forms(struct arena *a, const struct cell *values,
	size_t n, size_t letters, size_t *out_n)
{
	struct cell *out = arena_many(a, struct cell, 2 * n);

	*out_n = 0;
	for (size_t i = 0; i < n; i++) {
		struct cell form = values[i];

		form.v.v = filled_value(values[i].v.v);
		out[(*out_n)++] = form;
		form.v.v = filled_text(a, form.v.v, letters);
		if (form.v.v.n > out[*out_n - 1].v.v.n)
			out[(*out_n)++] = form;
	}
	return out;
}

static size_t links_of(const struct map_system *s)
{
	size_t n = 0;

	for (size_t t = 0; t < s->tables_n; t++)
		n += s->tables[t].links_n;
	return n;
}

static bool is_end(const struct map_table *t, size_t at, str table, str column)
{
	return str_eq(t->name, table) && str_eq(t->columns[at].name, column);
}

/* One of several columns, or the only one. */
static size_t part_of(const struct map_table *t, size_t column, size_t part)
{
	const struct map_column *c = &t->columns[column];

	return c->parts_n ? c->parts[part] : column;
}

static void add_ends(const struct map_system *s, const struct map_table *from,
	const struct map_link *l, const struct filled_end *of,
	struct filled_ends *out)
{
	const struct map_table *to = &s->tables[l->to];
	str table = of->table->name;
	str column = of->table->columns[of->column].name;
	size_t n = map_names_of(from, &from->columns[l->column]).n;

	for (size_t k = 0; k < n; k++) {
		size_t at = part_of(from, l->column, k);
		size_t to_at = part_of(to, l->to_column, k);

		if (is_end(from, at, table, column))
			out->at[out->n++] = (struct filled_end){ to, to_at };
		else if (is_end(to, to_at, table, column))
			out->at[out->n++] = (struct filled_end){ from, at };
	}
}

struct filled_ends filled_ends_of(
	struct arena *a, const struct map_system *s, str table, str column)
{
	struct filled_ends out = {
		arena_many(a, struct filled_end, links_of(s) * MAP_PARTS_MAX), 0
	};
	struct filled_end of = { map_table_named(s, table), 0 };

	if (!of.table)
		return out;
	of.column = map_column_index(of.table, column);
	if (of.column == of.table->columns_n)
		return out;
	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].links_n; i++)
			add_ends(s, &s->tables[t], &s->tables[t].links[i], &of,
				&out);
	return out;
}
