/*
 * Data maps of any bytes: read, or refused with problems in order; a
 * map that is taken is whole.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/base.h"
#include "connect/map_words.h"

enum { ARENA_MAX = 512 << 20 };

static void check_problems(const struct map_problems *ps)
{
	must(ps->n > 0 && ps->n <= MAP_PROBLEMS_MAX);
	for (size_t i = 0; i < ps->n; i++) {
		must(ps->at[i].text.n > 0 && ps->at[i].line >= 1);
		must(i == 0 || ps->at[i - 1].line <= ps->at[i].line);
	}
}

static void check_summary(
	const struct map_table *t, const struct map_summary *s)
{
	must(s->table.n && s->count.n && s->at_least >= SUMMARY_LEAST);
	for (size_t i = 0; i < s->by_n; i++)
		must(s->by[i].into.n && s->by[i].column < t->columns_n);
	for (size_t i = 0; i < s->sums_n; i++)
		must(s->sums[i].into.n && s->sums[i].column < t->columns_n);
}

static void check_system(const struct map_system *s)
{
	must(s->name.n && s->database.n);
	for (size_t t = 0; t < s->tables_n; t++) {
		const struct map_table *tb = &s->tables[t];

		must(tb->name.n && tb->key < tb->columns_n);
		must(map_table_named(s, tb->name) == tb);
		for (size_t i = 0; i < tb->links_n; i++) {
			const struct map_link *l = &tb->links[i];

			must(l->column < tb->columns_n && l->to < s->tables_n);
			must(l->to_column < s->tables[l->to].columns_n);
		}
		must((tb->erase == ERASE_AGGREGATE) == (tb->summary != NULL));
		if (tb->summary)
			check_summary(tb, tb->summary);
	}
}

/* No translation dangles, each is found, and what is missing is what has none. */
static void check_words(struct arena *a, const struct map *m)
{
	struct map_texts all, missing;
	size_t said = 0;

	map_texts(a, m, &all);
	map_texts_missing(a, m, LANG_ES, &missing);
	must(m->words[LANG_ES].n <= all.n && missing.n <= all.n);
	for (size_t i = 0; i < all.n; i++) {
		str es = map_say(m, LANG_ES, all.at[i].text);

		must(all.at[i].text.n && es.n && all.at[i].line >= 1);
		said += es.p != all.at[i].text.p || all.at[i].is_company;
	}
	must(said + missing.n == all.n);
	(void)map_texts_lines(a, m, LANG_ES, &missing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct map_problems *ps = arena_one(a, struct map_problems);
	str text = { (const char *)data, n };
	struct map m;

	if (map_parse(a, text, STR("."), &m, ps) < 0)
		check_problems(ps);
	else {
		for (size_t i = 0; i < m.systems_n; i++)
			check_system(&m.systems[i]);
		check_words(a, &m);
	}
	arena_free(a);
	return 0;
}
