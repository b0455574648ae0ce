/* What a plan of erasure leaves standing, as the letter and the record say it. */
#include "connect/erase.h"
#include "desk/fulfil.h"
#include "desk/parts.h"

static struct kept kept_of(struct arena *a, const struct map_system *s,
	const struct map_table *t, int64_t rows)
{
	str ways = t->erase == ERASE_KEEP ? map_ways_words(a, t) : (str){ 0 };

	return (struct kept){
		.what = arena_fmt(a, "%.*s in %.*s%s%.*s%s", STR_ARG(t->holds),
			STR_ARG(s->title), ways.n ? " (" : "", STR_ARG(ways),
			ways.n ? ")" : ""),
		.rows = rows,
	};
}

str kept_line(struct arena *a, const struct kept *k)
{
	str by = k->keep ? arena_fmt(a, "%lld\t", (long long)k->keep) : STR("");

	return arena_fmt(a, "%.*s\t%.*s\t%.*s\t%.*s", STR_ARG(k->what),
		STR_ARG(k->ground), STR_ARG(k->purpose), STR_ARG(by));
}

bool kept_next(str *lines, struct kept *out)
{
	str line, by;

	*out = (struct kept){ .rows = 0 };
	if (!str_next(lines, '\n', &line))
		return false;
	str_cut(line, '\t', &out->what, &line);
	str_cut(line, '\t', &out->ground, &line);
	str_cut(line, '\t', &out->purpose, &line);
	if (str_cut(line, '\t', &by, &line))
		(void)str_int(by, &out->keep);
	else
		line = by;
	(void)str_int(line, &out->rows);
	return true;
}

void fulfil_kept(
	struct arena *a, const struct erase_plan *plan, struct erased *out)
{
	const struct map_system *s = plan->system;

	out->kept.at = arena_many(a, struct kept, 2 * s->tables_n);
	out->kept.n = 0;
	for (size_t i = 0; i < s->tables_n; i++) {
		const struct map_table *t = &s->tables[i];
		struct kept *k = &out->kept.at[out->kept.n];

		if (plan->kept[i] && !parts_leave(t)) {
			*k = kept_of(a, s, t, plan->kept[i]);
			k->ground = t->exception;
			k->purpose = t->about.purpose;
			k = &out->kept.at[++out->kept.n];
		}
		if (!plan->shared[i])
			continue;
		*k = kept_of(a, s, t, plan->shared[i]);
		k->ground = STR("EX_THIRD_PARTY_RIGHTS");
		out->kept.n++;
	}
}
