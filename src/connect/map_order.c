/* What "after" says of the order in which rows are deleted. */
#include "base/base.h"
#include "connect/map_build.h"

bool map_waits_for(const struct map_system *s, size_t table, size_t other)
{
	bool is_before[MAP_TABLES_MAX] = { false };
	bool has_grown = s->tables[table].after_n;

	must(s->tables_n <= MAP_TABLES_MAX);
	for (size_t i = 0; i < s->tables[table].after_n; i++)
		if (!s->tables[table].after[i].is_dangling)
			is_before[s->tables[table].after[i].table] = true;
	while (has_grown && !is_before[other]) {
		has_grown = false;
		for (size_t t = 0; t < s->tables_n; t++)
			for (size_t i = 0;
				is_before[t] && i < s->tables[t].after_n; i++) {
				size_t to = s->tables[t].after[i].table;

				if (s->tables[t].after[i].is_dangling)
					continue;
				has_grown |= !is_before[to];
				is_before[to] = true;
			}
	}
	return is_before[other];
}

/* Each of the tables that wait for one another is told of, at its "after". */
void map_check_order(struct yaml_reader *r, const struct map_system *s)
{
	for (size_t t = 0; t < s->tables_n; t++) {
		const struct map_table *tb = &s->tables[t];

		if (!map_waits_for(s, t, t))
			continue;
		for (size_t i = 0; i < tb->after_n; i++) {
			size_t first = tb->after[i].table;

			if (tb->after[i].is_dangling ||
				!map_waits_for(s, first, t))
				continue;
			yaml_problem(r, tb->after[i].line,
				arena_fmt(r->arena,
					"\"%.*s\" goes after \"%.*s\", which "
					"goes after \"%.*s\" itself",
					STR_ARG(tb->name),
					STR_ARG(s->tables[first].name),
					STR_ARG(tb->name)),
				STR("rows of one of them have to go first: "
				    "take one \"after\" out"));
		}
	}
}
