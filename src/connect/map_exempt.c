/*
 * Systems that need not be searched for a request to know (11 CCR 7024(c)): all
 * four tests of the law have to hold, so the map has to say all four, and what such
 * a system may hold, since the consumer is told.
 */
#include "base/base.h"
#include "connect/map_build.h"
#include "law/listed.h"

enum { TESTS_MAX = 8 };

/* The law's tests, in its order. */
static size_t tests(const struct listed *out[TESTS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < listed_count(); i++) {
		const struct listed *l = listed_at(i);

		if (l->list != LIST_NOT_SEARCHED)
			continue;
		must(n < TESTS_MAX);
		out[n++] = l;
	}
	return n;
}

static void missing(struct yaml_reader *r, int line, const struct listed *test)
{
	yaml_problem(r, line,
		arena_fmt(r->arena, "\"search_exempt\" lacks \"%s\": %s",
			test->code, test->title),
		STR("all four hold, or the system is searched (11 CCR "
		    "7024(c))"));
}

void map_exempt_system(
	struct yaml_reader *r, const struct yaml_field *f, struct map_system *s)
{
	const struct listed *all[TESTS_MAX];
	bool has[TESTS_MAX] = { false };
	str names[TESTS_MAX];
	size_t n = tests(all);
	size_t said;

	if (!f->value)
		return;
	for (size_t i = 0; i < n; i++)
		names[i] = str_of(all[i]->code);
	said = yaml_items(r, f->value, n, f->key);
	for (size_t i = 0; i < said; i++) {
		struct yaml_field one = { f->key, true,
			yaml_item(r, f->value, i) };
		int word = yaml_word(r, &one, names, n);

		if (word >= 0)
			has[word] = true;
	}
	for (size_t i = 0; i < n; i++)
		if (!has[i])
			missing(r, yaml_line(f->value), all[i]);
	s->is_exempt = true;
}

static unsigned kinds_of(const struct map_table *t)
{
	unsigned out = 0;

	for (size_t i = 0; i < t->columns_n; i++) {
		char letter = map_category_of(t, &t->columns[i]);

		out |= letter ? MAP_CATEGORY_BIT(letter) : 0;
	}
	return out;
}

unsigned map_kinds(const struct map_system *s)
{
	unsigned out = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		out |= kinds_of(&s->tables[i]);
	return out;
}

/* The fourth test: the categories that it may hold are told. */
void map_check_exempt(struct yaml_reader *r, const struct map_system *s)
{
	for (size_t i = 0; s->is_exempt && i < s->tables_n; i++)
		if (!s->tables[i].has_problem && !kinds_of(&s->tables[i]))
			yaml_problem(r, s->tables[i].line,
				arena_fmt(r->arena,
					"table \"%.*s\" has no \"category\"",
					STR_ARG(s->tables[i].name)),
				STR("the answer says what a system that is not "
				    "searched may hold"));
}
