/* A recipe against the data map: what the map lists can be asked for. */
#include "base/file.h"
#include "connect/http/recipe.h"
#include "connect/yaml.h"

struct check {
	struct yaml_reader reader;
	const struct recipe *recipe;
	const struct map_system *system;
};

static void wrong(struct check *c, int line, str text, const char *hint)
{
	yaml_problem(&c->reader, line, text, str_of(hint));
}

static str suggest_column(struct check *c, const struct http_table *t, str name)
{
	str *names = arena_many(c->reader.arena, str, t->columns_n);

	for (size_t i = 0; i < t->columns_n; i++)
		names[i] = t->columns[i].name;
	return yaml_suggest(c->reader.arena, name, names, t->columns_n);
}

/* A search asks by identifiers, by the key and along links. */
static bool is_asked_for(
	const struct map_system *s, const struct map_table *t, size_t column)
{
	size_t at = (size_t)(t - s->tables);

	if (t->columns[column].is_identifier || column == t->key)
		return true;
	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].column == column)
			return true;
	for (size_t o = 0; o < s->tables_n; o++)
		for (size_t i = 0; i < s->tables[o].links_n; i++)
			if (s->tables[o].links[i].to == at &&
				s->tables[o].links[i].to_column == column)
				return true;
	return false;
}

static void check_column(struct check *c, const struct map_table *t,
	const struct http_table *h, size_t column)
{
	str name = t->columns[column].name;

	if (!recipe_column(h, name))
		yaml_problem(&c->reader, h->line,
			arena_fmt(c->reader.arena,
				"the data map lists the column \"%.*s\" of "
				"\"%.*s\", and the recipe does not",
				STR_ARG(name), STR_ARG(t->name)),
			suggest_column(c, h, name));
	else if (is_asked_for(c->system, t, column) && !recipe_look(h, name))
		wrong(c, h->line,
			arena_fmt(c->reader.arena,
				"rows of \"%.*s\" are looked up by \"%.*s\", "
				"which the recipe can't",
				STR_ARG(t->name), STR_ARG(name)),
			"add it to \"find\", or a request for all rows");
}

static void check_table(struct check *c, const struct map_table *t)
{
	const struct http_table *h = recipe_table(c->recipe, t->name);

	if (!h) {
		wrong(c, 1,
			arena_fmt(c->reader.arena,
				"the data map lists the table \"%.*s\", and "
				"the recipe does not",
				STR_ARG(t->name)),
			"compare the names");
		return;
	}
	for (size_t i = 0; i < t->columns_n; i++)
		check_column(c, t, h, i);
	if (t->erase == ERASE_DELETE && !h->erase_n)
		wrong(c, h->line,
			arena_fmt(c->reader.arena,
				"the data map has rows of \"%.*s\" deleted, "
				"and the recipe has no \"erase\"",
				STR_ARG(t->name)),
			"");
}

void recipe_check(struct arena *a, const struct recipe *r,
	const struct map_system *s, struct map_problems *ps)
{
	struct check c = { { .arena = a, .problems = ps }, r, s };

	for (size_t i = 0; i < s->tables_n; i++)
		check_table(&c, &s->tables[i]);
	yaml_sort_problems(ps);
}

int recipe_read(struct arena *a, const char *path, const struct map_system *s,
	struct recipe *out, struct err *e)
{
	struct map_problems *ps = arena_one(a, struct map_problems);
	str text;

	if (file_read(a, path, RECIPE_SIZE_MAX, &text, e) < 0)
		return -1;
	if (!recipe_parse(a, text, out, ps))
		recipe_check(a, out, s, ps);
	if (!ps->n)
		return 0;
	err_set(e, ERR_INVALID, "%s:%d: %.*s", path, ps->at[0].line,
		STR_ARG(ps->at[0].text));
	if (ps->at[0].hint.n)
		err_hint(e, "%.*s", STR_ARG(ps->at[0].hint));
	return -1;
}
