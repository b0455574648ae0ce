/*
 * What a table of the map's file says of others: to which its rows belong, in
 * its system and in another, and which go first.
 */
#include "base/base.h"
#include "connect/map_build.h"

static void add_cross(struct yaml_reader *r, const struct yaml_field *system,
	const struct map_link *l, struct map_table *t)
{
	struct map_cross *c = &t->crosses[t->crosses_n++];

	*c = (struct map_cross){
		.column = l->column, .written = l->written, .line = l->line
	};
	yaml_text(r, system, MAP_NAME_MAX, &c->system_name);
	if (l->is_shared)
		yaml_problem(r, l->line,
			STR("a link to another system can't be \"shared\""),
			STR("leave it out: only a link that means one person "
			    "may open another system"));
}

/* The columns of a link, until all columns of the table are known. */
struct link_parts {
	size_t at[MAP_PARTS_MAX];
	size_t n;
};

static void say_uneven(struct yaml_reader *r, int line, size_t n, size_t ends_n)
{
	yaml_problem(r, line,
		arena_fmt(r->arena,
			"\"column\" names %zu columns, and \"to\" %zu", n,
			ends_n),
		STR("one for one: { column: [tenant, customer_id], to: "
		    "[customer.tenant, customer.id] }"));
}

/* What it leads to, as the map has it. */
static void read_ends(struct yaml_reader *r, const struct yaml_field *f,
	size_t n, struct map_link *l)
{
	str *ends = arena_many(r->arena, str, MAP_PARTS_MAX);
	size_t ends_n = map_read_names(r, f, 2 * MAP_NAME_MAX, ends);

	l->written = map_tuple_name(r->arena, ends, ends_n);
	if (ends_n > 1)
		l->ends = ends;
	if (ends_n && n && ends_n != n)
		say_uneven(r, l->line, n, ends_n);
}

static void read_link(struct yaml_reader *r, yaml_node_t *node,
	enum connector_kind kind, struct map_table *t, struct link_parts *parts)
{
	enum { COLUMN, TO, SHARED, SYSTEM };
	struct yaml_field f[] = {
		[COLUMN] = { "column", true, NULL },
		[TO] = { "to", true, NULL },
		[SHARED] = { "shared", false, NULL },
		[SYSTEM] = { "system", false, NULL },
	};
	struct map_link l = { .line = yaml_line(node) };
	str names[MAP_PARTS_MAX] = { { 0 } };

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a link") &&
		(!f[COLUMN].value || !f[TO].value))
		return;
	parts->n = map_read_names(r, &f[COLUMN], MAP_NAME_MAX, names);
	read_ends(r, &f[TO], parts->n, &l);
	yaml_bool(r, &f[SHARED], &l.is_shared);
	if (!parts->n || !map_may_tuple(r, &f[COLUMN], kind, parts->n))
		parts->n = 1;
	for (size_t i = 0; i < parts->n; i++)
		parts->at[i] = map_column_or_new(r->arena, t, names[i], l.line);
	l.column = parts->at[0];
	if (f[SYSTEM].value && (parts->n > 1 || l.ends))
		yaml_problem(r, l.line,
			STR("a link of several columns can't lead to another "
			    "system"),
			STR("keys of other systems are followed by one "
			    "column"));
	if (f[SYSTEM].value)
		add_cross(r, &f[SYSTEM], &l, t);
	else
		t->links[t->links_n++] = l;
}

/* Behind all columns that the table has. */
static void add_tuples(struct yaml_reader *r, struct map_table *t,
	const struct link_parts *parts)
{
	for (size_t i = 0; i < t->links_n; i++)
		t->links[i].column = map_tuple_column(
			r, t, parts[i].at, parts[i].n, t->links[i].line);
}

void map_read_links(struct yaml_reader *r, yaml_node_t *list,
	enum connector_kind kind, struct map_table *t)
{
	size_t n = list ? yaml_items(r, list, MAP_LINKS_MAX, "links") : 0;
	struct link_parts *parts = arena_many(r->arena, struct link_parts, n);

	t->links = arena_many(r->arena, struct map_link, n);
	t->crosses = arena_many(r->arena, struct map_cross, n);
	/* One to another system is none of links, and its place is taken again. */
	for (size_t i = 0; i < n; i++)
		read_link(
			r, yaml_item(r, list, i), kind, t, &parts[t->links_n]);
	add_tuples(r, t, parts);
}

void map_read_after(
	struct yaml_reader *r, yaml_node_t *list, struct map_table *t)
{
	size_t n = list ? yaml_items(r, list, MAP_LINKS_MAX, "after") : 0;

	t->after = arena_many(r->arena, struct map_after, n);
	for (size_t i = 0; i < n; i++) {
		struct yaml_field f = { "after", true, yaml_item(r, list, i) };
		struct map_after *at = &t->after[t->after_n++];

		at->line = yaml_line(f.value);
		yaml_text(r, &f, MAP_NAME_MAX, &at->name);
	}
}
