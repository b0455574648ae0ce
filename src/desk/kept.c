/* What a plan of erasure leaves standing, as the letter and the record say it. */
#include "base/buf.h"
#include "connect/erase.h"
#include "connect/map_words.h"
#include "desk/fulfil.h"
#include "desk/parts.h"
#include "words/words.h"

/* "email null;name mask": the codes of what is erased in rows that stay. */
static str ways_of(struct arena *a, const struct map_table *t)
{
	struct buf b = buf_in(a, MAP_COLUMNS_MAX * 2 * MAP_NAME_MAX);

	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way)
			buf_fmt(&b, "%s%.*s %s", b.n ? ";" : "",
				STR_ARG(t->columns[i].name),
				column_way_name(t->columns[i].way));
	return buf_str(&b);
}

static struct kept kept_of(struct arena *a, const struct map_system *s,
	const struct map_table *t, int64_t rows)
{
	return (struct kept){
		.what = map_place(a, t->holds, s->title),
		.ways = t->erase == ERASE_KEEP ? ways_of(a, t) : (str){ 0 },
		.rows = rows,
	};
}

/* "name masked". */
static str way_words(struct arena *a, const struct map *m, enum lang l, str one)
{
	size_t at = one.n;
	enum column_way way;

	while (at && one.p[at - 1] != ' ')
		at--;
	if (!at || !column_way_of(str_from(one, at), &way))
		return one;
	return arena_fmt(a, "%.*s %.*s",
		STR_ARG(map_say(m, l, str_head(one, at - 1))),
		STR_ARG(say(l, column_way_words(way))));
}

str kept_words(
	struct arena *a, const struct map *m, enum lang l, const struct kept *k)
{
	str out = map_say_place(a, m, l, k->what), rest = k->ways, one;
	const char *sep = ": ";

	if (k->keep)
		out = arena_fmt(a, "%.*s: %.*s",
			STR_ARG(words_fill_number(a, l,
				k->rows == 1 ? "{1} record" : "{1} records",
				k->rows)),
			STR_ARG(out));
	while (str_next(&rest, ';', &one)) {
		out = arena_fmt(a, "%.*s%s%.*s", STR_ARG(out), sep,
			STR_ARG(way_words(a, m, l, one)));
		sep = ", ";
	}
	return out;
}

str kept_line(struct arena *a, const struct kept *k)
{
	return arena_fmt(a, "%.*s\t%.*s\t%.*s\t%lld\t%.*s\t", STR_ARG(k->what),
		STR_ARG(k->ground), STR_ARG(k->purpose), (long long)k->keep,
		STR_ARG(k->ways));
}

bool kept_next(str *lines, struct kept *out)
{
	str line, by, rows;

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
	if (!str_cut(line, '\t', &out->ways, &rows)) { /* of an older case */
		rows = out->ways;
		out->ways = STR("");
	}
	(void)str_int(rows, &out->rows);
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
