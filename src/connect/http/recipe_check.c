/* A recipe against the data map: what the map lists can be asked for. */
#include "base/file.h"
#include "connect/http/recipe.h"
#include "connect/yaml.h"

struct check {
	struct yaml_reader reader;
	const struct recipe *recipe;
	const struct recipe_of *of;
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

/* A link of any table here leads to it. */
static bool is_linked_to(
	const struct map_system *s, size_t table, size_t column)
{
	for (size_t o = 0; o < s->tables_n; o++)
		for (size_t i = 0; i < s->tables[o].links_n; i++)
			if (s->tables[o].links[i].to == table &&
				s->tables[o].links[i].to_column == column)
				return true;
	return false;
}

/* Or one of another system. */
static bool is_crossed_to(
	const struct recipe_of *of, size_t table, size_t column)
{
	for (size_t s = 0; s < of->map->systems_n; s++)
		for (size_t t = 0; t < of->map->systems[s].tables_n; t++) {
			const struct map_table *from =
				&of->map->systems[s].tables[t];

			for (size_t i = 0; i < from->crosses_n; i++)
				if (str_eq(from->crosses[i].system_name,
					    of->system->name) &&
					from->crosses[i].to == table &&
					from->crosses[i].to_column == column)
					return true;
		}
	return false;
}

/* A search asks by identifiers, by the key and along links. */
static bool is_asked_for(
	const struct recipe_of *of, const struct map_table *t, size_t column)
{
	size_t at = (size_t)(t - of->system->tables);

	if (t->columns[column].is_identifier || column == t->key)
		return true;
	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].column == column)
			return true;
	for (size_t i = 0; i < t->crosses_n; i++)
		if (t->crosses[i].column == column)
			return true;
	return is_linked_to(of->system, at, column) ||
	       is_crossed_to(of, at, column);
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
	else if (is_asked_for(c->of, t, column) && !recipe_look(h, name))
		wrong(c, h->line,
			arena_fmt(c->reader.arena,
				"rows of \"%.*s\" are looked up by \"%.*s\", "
				"which the recipe can't",
				STR_ARG(t->name), STR_ARG(name)),
			"add it to \"find\", or a request for all rows");
}

static bool has_ways(const struct map_table *t)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way)
			return true;
	return false;
}

static void check_changes(
	struct check *c, const struct map_table *t, const struct http_table *h)
{
	if (t->erase == ERASE_DELETE && !h->erase_n)
		wrong(c, h->line,
			arena_fmt(c->reader.arena,
				"the data map has rows of \"%.*s\" deleted, "
				"and the recipe has no \"erase\"",
				STR_ARG(t->name)),
			"the request that deletes a row, with \"{key}\"");
	if (has_ways(t) && !h->set)
		wrong(c, h->line,
			arena_fmt(c->reader.arena,
				"the data map has columns of \"%.*s\" erased "
				"in rows that stay, and the recipe has no "
				"\"set\"",
				STR_ARG(t->name)),
			"the request that changes a row, with \"{key}\"");
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
	check_changes(c, t, h);
}

void recipe_check(struct arena *a, const struct recipe *r,
	const struct recipe_of *of, struct map_problems *ps)
{
	struct check c = { { .arena = a, .problems = ps }, r, of };

	for (size_t i = 0; i < of->system->tables_n; i++)
		check_table(&c, &of->system->tables[i]);
	yaml_sort_problems(ps);
}

int recipe_read(struct arena *a, const char *path, const struct recipe_of *of,
	struct recipe *out, struct err *e)
{
	struct map_problems *ps = arena_one(a, struct map_problems);
	str text;

	if (file_read(a, path, RECIPE_SIZE_MAX, &text, e) < 0)
		return -1;
	if (!recipe_parse(a, text, out, ps))
		recipe_check(a, out, of, ps);
	if (!ps->n)
		return 0;
	err_set(e, ERR_INVALID, "%s:%d: %.*s", path, ps->at[0].line,
		STR_ARG(ps->at[0].text));
	if (ps->at[0].hint.n)
		err_hint(e, "%.*s", STR_ARG(ps->at[0].hint));
	return -1;
}
