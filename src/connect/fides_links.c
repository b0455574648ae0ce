/* The references of Fides datasets, as links. */
#include "base/base.h"
#include "connect/fides_in.h"

struct place {
	struct draft *draft;
	size_t table;
	size_t column;
};

static struct map_table *table_at(const struct place *p)
{
	return &p->draft->tables[p->table].table;
}

static bool is_key(const struct place *p)
{
	return table_at(p)->key == p->column;
}

/* Rows of others may hold the same there. */
static bool is_part_of_key(const struct place *p)
{
	const struct map_table *t = table_at(p);

	return !is_key(p) && map_column_has(t, t->key, p->column);
}

static bool find_place(
	const struct fides *f, str dataset, str field, struct place *out)
{
	str key = fides_plain_key(f->arena, dataset), table, column;

	for (size_t i = 0; i < f->n; i++) {
		struct draft *d = &f->at[i];

		if (!str_eq(d->name, key) ||
			!str_cut(field, '.', &table, &column))
			continue;
		for (size_t t = 0; t < d->n; t++) {
			size_t c =
				map_column_index(&d->tables[t].table, column);

			if (!str_eq(d->tables[t].table.name, table) ||
				c == d->tables[t].table.columns_n)
				continue;
			*out = (struct place){ d, t, c };
			return true;
		}
	}
	return false;
}

static void add_link(struct arena *a, const struct place *from,
	const struct place *to, bool is_shared)
{
	struct draft_table *dt = &from->draft->tables[from->table];
	struct map_table *t = &dt->table;

	if (t->links_n == MAP_LINKS_MAX) {
		fides_lose(a, from->draft, t->name, "a link too many");
		return;
	}
	if (is_part_of_key(to)) {
		fides_lose(a, from->draft, t->name,
			"a reference to one column of a key of several: write "
			"the link with all of them");
		return;
	}
	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].column == from->column &&
			t->links[i].to == to->table &&
			t->links[i].to_column == to->column)
			return;
	dt->link_why[t->links_n] =
		is_shared ? STR("looked up from here: its rows may be several "
				"people's")
			  : (str){ 0 };
	t->links[t->links_n++] = (struct map_link){ .column = from->column,
		.to = to->table,
		.to_column = to->column,
		.is_shared = is_shared };
}

/* The link stands where the foreign key does; `to` is the end that data flows
 * to, when Fides says so. */
static void link_places(struct arena *a, const struct place *x,
	const struct place *y, str direction)
{
	bool is_from = str_eq(direction, STR("from"));
	bool is_to = str_eq(direction, STR("to"));
	bool y_owns = is_key(y) && !is_key(x);
	bool x_owns = is_key(x) && !is_key(y);

	if (!y_owns && !x_owns)
		y_owns = !is_to;
	if (y_owns)
		add_link(a, x, y, is_to);
	else
		add_link(a, y, x, is_from);
}

void fides_finish(struct fides *f)
{
	struct arena *a = f->arena;

	for (size_t i = 0; i < f->references_n; i++) {
		const struct fides_reference *r = &f->references[i];
		struct place x = { &f->at[r->dataset], r->table, r->column };
		struct place y;
		str where = table_at(&x)->columns[x.column].name;

		where = arena_fmt(a, "%.*s.%.*s", STR_ARG(table_at(&x)->name),
			STR_ARG(where));
		if (!find_place(f, r->to_dataset, r->to_field, &y))
			fides_lose(a, x.draft, where,
				arena_cstr(a, arena_fmt(a,
						      "the reference to %.*s "
						      "of %.*s, which is not "
						      "there",
						      STR_ARG(r->to_field),
						      STR_ARG(r->to_dataset))));
		else if (x.draft != y.draft)
			fides_lose(a, x.draft, where,
				arena_cstr(a, arena_fmt(a,
						      "the reference to "
						      "another dataset: a link "
						      "with system: %.*s, to: "
						      "%.*s",
						      STR_ARG(y.draft->name),
						      STR_ARG(r->to_field))));
		else
			link_places(a, &x, &y, r->direction);
	}
	for (size_t i = 0; i < f->n; i++)
		draft_reach(a, &f->at[i]);
}
