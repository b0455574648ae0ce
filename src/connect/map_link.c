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

static void read_link(
	struct yaml_reader *r, yaml_node_t *node, struct map_table *t)
{
	enum { COLUMN, TO, SHARED, SYSTEM };
	struct yaml_field f[] = {
		[COLUMN] = { "column", true, NULL },
		[TO] = { "to", true, NULL },
		[SHARED] = { "shared", false, NULL },
		[SYSTEM] = { "system", false, NULL },
	};
	struct map_link l = { .line = yaml_line(node) };
	str column = { 0 };

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a link"))
		return;
	yaml_text(r, &f[COLUMN], MAP_NAME_MAX, &column);
	yaml_text(r, &f[TO], 2 * MAP_NAME_MAX, &l.written);
	yaml_bool(r, &f[SHARED], &l.is_shared);
	l.column = map_column_or_new(t, column, l.line);
	if (f[SYSTEM].value)
		add_cross(r, &f[SYSTEM], &l, t);
	else
		t->links[t->links_n++] = l;
}

void map_read_links(
	struct yaml_reader *r, yaml_node_t *list, struct map_table *t)
{
	size_t n = list ? yaml_items(r, list, MAP_LINKS_MAX, "links") : 0;

	t->links = arena_many(r->arena, struct map_link, n);
	t->crosses = arena_many(r->arena, struct map_cross, n);
	for (size_t i = 0; i < n; i++)
		read_link(r, yaml_item(r, list, i), t);
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
