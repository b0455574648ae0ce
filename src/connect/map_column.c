/*
 * A column of the map's file: what it identifies and verifies, what it holds,
 * and how it is erased.
 */
#include "base/base.h"
#include "connect/lookalike.h"
#include "connect/map_build.h"
#include "connect/point.h"

static const str verifies_names[] = {
#define VERIFIES(NAME, name) STR_INIT(#name),
#include "connect/tbl/verifies.h"
};

/* The law's own words (law/tbl/): what a map says is what an answer says. */
static const str never_names[] = {
#define NEVER_DISCLOSE(code, ...) STR_INIT(code),
#include "law/tbl/never_disclose.h"
};

static const str lookalike_names[] = {
#define LOOKALIKE(NAME, code, ...) STR_INIT(code),
#include "connect/tbl/lookalikes.h"
};

static const str way_names[] = {
#define COLUMN_WAY(NAME, name, what, result) STR_INIT(#name),
#include "connect/tbl/column_ways.h"
};

/* What no answer discloses, and what only looks like it. */
static void read_never(struct yaml_reader *r, const struct yaml_field *never,
	const struct yaml_field *cleared, struct map_column *c)
{
	int word = yaml_word(r, never, never_names, COUNTOF(never_names));

	c->never_disclose = word < 0 ? (str){ 0 } : never_names[word];
	c->cleared = map_read_bits(
		r, cleared, lookalike_names, COUNTOF(lookalike_names));
	if (never->value && cleared->value)
		yaml_problem(r, yaml_line(cleared->value),
			STR("\"cleared\" is for columns without "
			    "\"never_disclose\""),
			STR("its values are such numbers, or only look like "
			    "them"));
}

/* What only systems have whose rows may lack columns. */
static void check_for_loose(struct yaml_reader *r, const struct yaml_field *f,
	str own_key, const struct map_column *c)
{
	if (f->value && !own_key.n)
		yaml_problem(r, yaml_line(f->value),
			STR("\"optional\" is for columns of files, Redis and "
			    "directories"),
			STR("a database says which columns it has"));
	if (str_starts(own_key, STR("(")) && str_eq(c->name, own_key))
		yaml_problem(r, c->line,
			arena_fmt(r->arena,
				"the name \"%.*s\" is what tells rows apart in "
				"a table without a key",
				STR_ARG(own_key)),
			STR("leave it out: it is shown by itself"));
}

/* What nobody is asked for is no data point. */
static void check_reliable(
	struct yaml_reader *r, const struct yaml_field *f, struct map_column *c)
{
	if (!c->is_reliable || point_of(c) != POINTS)
		return;
	c->is_reliable = false;
	yaml_problem(r, yaml_line(f->value),
		STR("\"reliable\" needs \"identifies\" with email or phone "
		    "beside it, or \"verifies\" with other than city"),
		STR("add one of them, or leave \"reliable\" out"));
}

static void read_column(struct yaml_reader *r, yaml_node_t *node, str own_key,
	struct map_column *c)
{
	enum {
		NAME,
		IDENTIFIES,
		STANDARDIZED,
		OWN,
		VERIFY,
		RELIABLE,
		CATEGORY,
		NEVER,
		OPT,
		CLEARED,
		WAY,
		ABOUT
	};
	struct yaml_field f[] = {
		[NAME] = { "name", true, NULL },
		[IDENTIFIES] = { "identifies", false, NULL },
		[STANDARDIZED] = { "standardized", false, NULL },
		[OWN] = { "own", false, NULL },
		[VERIFY] = { "verifies", false, NULL },
		[RELIABLE] = { "reliable", false, NULL },
		[CATEGORY] = { "category", false, NULL },
		[NEVER] = { "never_disclose", false, NULL },
		[OPT] = { "optional", false, NULL },
		[CLEARED] = { "cleared", false, NULL },
		[WAY] = { "erase", false, NULL },
		[ABOUT] = ABOUT_FIELDS,
	};
	int word;

	c->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a column") &&
		node->type != YAML_MAPPING_NODE)
		return;
	yaml_text(r, &f[NAME], MAP_NAME_MAX, &c->name);
	c->is_identifier = map_read_kind(r, &f[IDENTIFIES], &c->kind);
	yaml_bool(r, &f[STANDARDIZED], &c->is_standardized);
	yaml_bool(r, &f[OWN], &c->is_own);
	yaml_bool(r, &f[OPT], &c->is_optional);
	check_for_loose(r, &f[OPT], own_key, c);
	word = yaml_word(
		r, &f[VERIFY], verifies_names, COUNTOF(verifies_names));
	c->verifies = (enum verifies)(word + 1);
	yaml_bool(r, &f[RELIABLE], &c->is_reliable);
	check_reliable(r, &f[RELIABLE], c);
	c->category = map_read_category(r, &f[CATEGORY]);
	word = yaml_word(r, &f[WAY], way_names, COUNTOF(way_names));
	c->way = (enum column_way)(word + 1);
	read_never(r, &f[NEVER], &f[CLEARED], c);
	map_read_about(r, &f[ABOUT], &c->about);
	if (c->is_standardized && !f[IDENTIFIES].value)
		yaml_problem(r, yaml_line(f[STANDARDIZED].value),
			STR("\"standardized\" needs \"identifies\" beside it"),
			STR("say what it identifies by, or leave it out"));
	if (c->is_own && !f[IDENTIFIES].value)
		yaml_problem(r, yaml_line(f[OWN].value),
			STR("\"own\" needs \"identifies\" beside it"),
			STR("say what it identifies by, or leave it out"));
}

void map_read_columns(struct yaml_reader *r, yaml_node_t *list, str own_key,
	struct map_table *t)
{
	size_t n = list ? yaml_items(r, list, MAP_COLUMNS_MAX, "columns") : 0;

	t->columns = arena_many(r->arena, struct map_column, n);
	for (size_t i = 0; i < n; i++) {
		struct map_column *c = &t->columns[t->columns_n];
		size_t before = r->said;

		read_column(r, yaml_item(r, list, i), own_key, c);
		c->has_problem = r->said > before;
		if (c->name.n && map_column_index(t, c->name) < t->columns_n)
			yaml_problem(r, c->line,
				arena_fmt(r->arena,
					"column \"%.*s\" stands twice",
					STR_ARG(c->name)),
				STR("put what both say into one"));
		t->columns_n++;
	}
}
