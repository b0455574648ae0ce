/*
 * A column that is called as what no answer may disclose (11 CCR 7024(d)) is
 * marked so, or somebody has looked and says that it is none: silence would be
 * noticed only when a package is stopped, or not at all.
 */
#include "base/base.h"
#include "connect/lookalike.h"
#include "connect/map_build.h"

static void check_column(struct yaml_reader *r, const struct map_column *c)
{
	unsigned named = c->never_disclose.n
				 ? 0
				 : lookalikes_named(c->name) & ~c->cleared;

	for (int i = 0; named && i < LOOKALIKES; i++) {
		const struct lookalike_row *l =
			lookalike_row((enum lookalike)i);

		if (!(named & LOOKALIKE_BIT(i)))
			continue;
		yaml_problem(r, c->line,
			arena_fmt(r->arena,
				"column \"%.*s\" is called as %s, which no "
				"answer may disclose",
				STR_ARG(c->name), l->title),
			arena_fmt(r->arena,
				"mark it \"never_disclose: %s\"; or, when it "
				"holds none, \"cleared: [ %s ]\"",
				l->never, l->code));
		return;
	}
}

void map_check_never(struct yaml_reader *r, const struct map *m)
{
	for (size_t s = 0; s < m->systems_n; s++) {
		r->problems->file = m->systems[s].file;
		for (size_t t = 0; t < m->systems[s].tables_n; t++) {
			const struct map_table *table =
				&m->systems[s].tables[t];

			for (size_t c = 0; c < map_columns_held(table); c++)
				if (!table->columns[c].has_problem)
					check_column(r, &table->columns[c]);
		}
	}
}
