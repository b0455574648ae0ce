/*
 * A table of the map's file, with what only tables of one kind of system have.
 */
#include "base/base.h"
#include "connect/files/walk.h"
#include "connect/ldap/text.h"
#include "connect/map_build.h"
#include "connect/redis/pattern.h"

/* The name of a table of files is a path or a pattern. */
static void check_path(struct yaml_reader *r, const struct yaml_field *f,
	bool is_files, str name)
{
	const char *fault = is_files && name.n ? walk_fault(name) : NULL;

	if (fault)
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "\"name\" %s", fault),
			STR("a table is a file below the folder that "
			    "\"database\" names, or a pattern of files"));
}

/* A key that the map names must tell the whole key of Redis. */
static void check_redis_key(struct yaml_reader *r, const struct map_table *t)
{
	str name = t->columns[t->key].name, pattern = t->words[TABLE_PATTERN];
	struct redis_pattern p;

	if (!pattern.n || redis_pattern_fault(pattern) ||
		str_eq(name, map_own_key(CONNECTOR_REDIS)))
		return;
	p = redis_pattern_of(r->arena, pattern);
	if (p.n == 1 && str_eq(p.parts[0], name))
		return;
	yaml_problem(r, t->line,
		arena_fmt(r->arena,
			"the key \"%.*s\" is not the one part of the pattern",
			STR_ARG(name)),
		STR("leave \"key\" out: then the whole key tells rows apart"));
}

static const struct table_word_row {
	const char *name;
	enum connector_kind kind;
	const char *(*fault)(str text);
	const char *like;
} table_words[] = {
#define TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault, like) \
	{ #word, CONNECTOR_##CONNECTOR, fault, like },
#include "connect/tbl/table_words.h"
};

static void read_words(struct yaml_reader *r, const struct yaml_field *f,
	enum connector_kind kind, struct map_table *t)
{
	for (size_t i = 0; i < TABLE_WORDS; i++) {
		const struct table_word_row *w = &table_words[i];
		const char *fault;

		if (!f[i].value)
			continue;
		if (w->kind != kind) {
			yaml_problem(r, yaml_line(f[i].value),
				arena_fmt(r->arena,
					"\"%s\" is for tables of %s", w->name,
					connector_kind_name(w->kind)),
				STR("leave it out"));
			continue;
		}
		yaml_text(r, &f[i], 1000, &t->words[i]);
		fault = t->words[i].n ? w->fault(t->words[i]) : NULL;
		if (fault)
			yaml_problem(r, yaml_line(f[i].value),
				arena_fmt(
					r->arena, "\"%s\" %s", w->name, fault),
				str_of(w->like));
	}
	if (kind == CONNECTOR_REDIS)
		check_redis_key(r, t);
}

/* One of the columns that are listed: a name with a mistake would let a row pass for
 * one without a day. */
static void read_collected(
	struct yaml_reader *r, const struct yaml_field *f, struct map_table *t)
{
	yaml_text(r, f, MAP_NAME_MAX, &t->collected);
	if (!t->collected.n || t->has_unread ||
		map_column_index(t, t->collected) < t->columns_n)
		return;
	yaml_problem(r, yaml_line(f->value),
		arena_fmt(r->arena, "there is no column \"%.*s\"",
			STR_ARG(t->collected)),
		STR("list it under columns"));
}

/* How its rows end. */
struct table_ends {
	enum connector_kind kind;
	struct map_erase_fields erase;
	const struct yaml_field *expires;
	const struct yaml_field
		*not_asked[6]; /* not for what a person looks in */
};

static void read_ends(
	struct yaml_reader *r, const struct table_ends *f, struct map_table *t)
{
	map_read_erase(r, &f->erase, t);
	if (t->has_unread) /* the rest is about columns and links */
		return;
	if (f->kind != CONNECTOR_PERSON) /* refused below */
		map_read_expires(r, f->expires, t);
	if (t->erase == ERASE_AGGREGATE)
		map_read_summary(r, f->erase.summary, f->kind, t);
	if (f->kind == CONNECTOR_PERSON) {
		for (size_t i = 0; i < COUNTOF(f->not_asked); i++)
			map_refuse(r, "is not for what a person looks in",
				"leave it out; \"look_for\" says what to look "
				"for",
				f->not_asked[i]);
		map_person_table(r, f->erase.erase, t);
	}
	map_check_expires(r, t);
	map_check_ways(r, t, yaml_line(f->erase.erase->value));
}

void map_read_table(struct yaml_reader *r, yaml_node_t *node,
	enum connector_kind kind, struct map_table *t)
{
	enum {
		NAME,
		KEY,
		HOLDS,
		COLUMNS,
		LINKS,
		ERASE,
		EXCEPTION,
		CATEGORY,
		SUMMARY,
		AFTER,
		COLLECTED,
		EXPIRES,
		ABOUT,
		WORDS = ABOUT + ABOUTS
	};
	struct yaml_field f[] = {
		[NAME] = { "name", true, NULL },
		[KEY] = { "key", !map_own_key(kind).n, NULL },
		[HOLDS] = { "holds", false, NULL },
		[COLUMNS] = { "columns", false, NULL },
		[LINKS] = { "links", false, NULL },
		[ERASE] = { "erase", true, NULL },
		[EXCEPTION] = { "exception", false, NULL },
		[CATEGORY] = { "category", false, NULL },
		[SUMMARY] = { "summary", false, NULL },
		[AFTER] = { "after", false, NULL },
		[COLLECTED] = { "collected", false, NULL },
		[EXPIRES] = { "expires", false, NULL },
		[ABOUT] = ABOUT_FIELDS,
#define TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault, like) \
	[WORDS + TABLE_##NAME] = { #word,                         \
		(is_needed) && kind == CONNECTOR_##CONNECTOR, NULL },
#include "connect/tbl/table_words.h"
	};
	size_t key[MAP_PARTS_MAX], key_n;
	size_t before = r->said;
	bool is_whole;

	t->line = yaml_line(node);
	is_whole = yaml_mapping(r, node, f, COUNTOF(f), "a table");
	if (!is_whole && node->type != YAML_MAPPING_NODE)
		return;
	yaml_text(r, &f[NAME], MAP_NAME_MAX, &t->name);
	check_path(r, &f[NAME], connector_kind_is_files(kind), t->name);
	t->holds = t->name;
	yaml_text(r, &f[HOLDS], MAP_NAME_MAX, &t->holds);
	map_read_columns(r, f[COLUMNS].value, map_own_key(kind), t);
	key_n = map_read_key(r, &f[KEY], kind, t, key);
	t->key = key[0];
	map_read_links(r, f[LINKS].value, kind, t);
	t->key = map_tuple_column(r, t, key, key_n, t->line);
	map_read_after(r, f[AFTER].value, t);
	t->has_unread = r->said > before;
	read_words(r, &f[WORDS], kind, t);
	read_collected(r, &f[COLLECTED], t);
	t->category = map_read_category(r, &f[CATEGORY]);
	map_read_about(r, &f[ABOUT], &t->about);
	/* A key that is missing or misspelled may be what decides of these. */
	if (is_whole)
		read_ends(r,
			&(struct table_ends){ kind,
				{ &f[ERASE], &f[EXCEPTION],
					&f[ABOUT + ABOUT_PURPOSE],
					&f[SUMMARY] },
				&f[EXPIRES],
				{ &f[KEY], &f[COLUMNS], &f[LINKS], &f[AFTER],
					&f[COLLECTED], &f[EXPIRES] } },
			t);
	t->has_problem = r->said > before;
}
