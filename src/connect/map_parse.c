/*
 * From the YAML file to struct map: every value on its own.  A word that has a
 * fixed set of values is looked up in the table of that set; what refers to
 * something else in the file is left to map_check.c.
 */
#include <string.h>

#include "base/base.h"
#include "connect/files/walk.h"
#include "connect/ldap/text.h"
#include "connect/lookalike.h"
#include "connect/map.h"
#include "connect/map_build.h"
#include "connect/point.h"
#include "connect/redis/pattern.h"
#include "connect/yaml.h"
#include "law/deny.h"

static const str connector_names[] = {
#define CONNECTOR(NAME, name, is_files, is_many, database) STR_INIT(#name),
#include "connect/tbl/connectors.h"
};

static const str verifies_names[] = {
#define VERIFIES(NAME, name) STR_INIT(#name),
#include "connect/tbl/verifies.h"
};

/* The law's own words (law/tbl/): what a map says is what an answer says. */
static const str never_names[] = {
#define NEVER_DISCLOSE(code, ...) STR_INIT(code),
#include "law/tbl/never_disclose.h"
};

static const str role_names[] = {
#define VENDOR_ROLE(NAME, name, title) STR_INIT(#name),
#include "connect/tbl/vendor_roles.h"
};

static const str category_names[] = {
#define CATEGORY(letter, ...) STR_INIT(#letter),
#include "law/tbl/categories.h"
};

static const str disclosed_names[] = {
#define DISCLOSED(NAME, name, title) STR_INIT(#name),
#include "connect/tbl/disclosed.h"
};

static const str sensitive_use_names[] = {
#define SENSITIVE_USE(NAME, name, title) STR_INIT(#name),
#include "connect/tbl/sensitive_uses.h"
};

static const str lookalike_names[] = {
#define LOOKALIKE(NAME, code, ...) STR_INIT(code),
#include "connect/tbl/lookalikes.h"
};

static const str erase_names[] = { STR_INIT("delete"), STR_INIT("keep"),
	STR_INIT("deidentify") };

static const str way_names[] = {
#define COLUMN_WAY(NAME, name, what, result) STR_INIT(#name),
#include "connect/tbl/column_ways.h"
};

/*
 * Kinds that one column can hold by itself.  A composite (a name with a ZIP
 * code) needs several, and no column identifies with it alone.
 */
struct kinds {
	str names[IDENT_KINDS];
	enum ident_kind of[IDENT_KINDS];
	size_t n;
};

static struct kinds single_kinds(void)
{
	struct kinds k = { .n = 0 };
	str parts[IDENT_PARTS_MAX];

	for (size_t i = 0; i < IDENT_KINDS; i++) {
		enum ident_kind kind = (enum ident_kind)i;

		if (ident_kind_parts(kind, parts))
			continue;
		k.names[k.n] = str_of(ident_kind_name(kind));
		k.of[k.n++] = kind;
	}
	return k;
}

static bool kind_word(
	struct yaml_reader *r, const struct yaml_field *f, enum ident_kind *out)
{
	struct kinds k = single_kinds();
	int word = yaml_word(r, f, k.names, k.n);

	if (word >= 0)
		*out = k.of[word];
	return word >= 0;
}

/* Names that stand in addresses, commands and records: [a-z0-9_-]. */
static void plain_name(
	struct yaml_reader *r, const struct yaml_field *f, str *out)
{
	str s = { 0 };
	bool ok = true;

	yaml_text(r, f, 60, &s);
	for (size_t i = 0; i < s.n; i++)
		ok = ok && ((s.p[i] >= 'a' && s.p[i] <= 'z') ||
				   (s.p[i] >= '0' && s.p[i] <= '9') ||
				   s.p[i] == '_' || s.p[i] == '-');
	*out = s;
	if (!ok)
		yaml_problem(r, yaml_line(f->value),
			STR("a name here is made of a-z, 0-9, \"_\" and \"-\""),
			STR("how it is called for people stands in \"title\""));
}

/* Three fields that stand together in a mapping. */
enum { ABOUT_PURPOSE, ABOUT_SOURCE, ABOUT_RETENTION, ABOUTS };
#define ABOUT_FIELDS(at)                                           \
	[(at) + ABOUT_PURPOSE] = { "purpose", false, NULL },       \
		[(at) + ABOUT_SOURCE] = { "source", false, NULL }, \
		[(at) + ABOUT_RETENTION] = { "retention", false, NULL }

static void read_about(struct yaml_reader *r, const struct yaml_field *f,
	struct map_about *out)
{
	yaml_text(r, &f[ABOUT_PURPOSE], 2 * MAP_NAME_MAX, &out->purpose);
	yaml_text(r, &f[ABOUT_SOURCE], 2 * MAP_NAME_MAX, &out->source);
	yaml_text(r, &f[ABOUT_RETENTION], 2 * MAP_NAME_MAX, &out->retention);
}

/* A list of words of one set, as bits by their place in it. */
static unsigned read_bits(struct yaml_reader *r, const struct yaml_field *f,
	const str *names, size_t names_n)
{
	size_t n = f->value ? yaml_items(r, f->value, names_n, f->key) : 0;
	unsigned bits = 0;

	for (size_t i = 0; i < n; i++) {
		struct yaml_field one = { f->key, true,
			yaml_item(r, f->value, i) };
		int word = yaml_word(r, &one, names, names_n);

		bits |= word < 0 ? 0 : 1u << word;
	}
	return bits;
}

static char read_category(struct yaml_reader *r, const struct yaml_field *f)
{
	int word = yaml_word(r, f, category_names, COUNTOF(category_names));

	return word < 0 ? '\0' : category_names[word].p[0];
}

/* What no answer discloses, and what only looks like it. */
static void read_never(struct yaml_reader *r, const struct yaml_field *never,
	const struct yaml_field *cleared, struct map_column *c)
{
	int word = yaml_word(r, never, never_names, COUNTOF(never_names));

	c->never_disclose = word < 0 ? (str){ 0 } : never_names[word];
	c->cleared = read_bits(
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
			(str){ 0 });
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
		(str){ 0 });
}

static void read_column(struct yaml_reader *r, yaml_node_t *node, str own_key,
	struct map_column *c)
{
	enum {
		NAME,
		IDENTIFIES,
		STANDARDIZED,
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
		[VERIFY] = { "verifies", false, NULL },
		[RELIABLE] = { "reliable", false, NULL },
		[CATEGORY] = { "category", false, NULL },
		[NEVER] = { "never_disclose", false, NULL },
		[OPT] = { "optional", false, NULL },
		[CLEARED] = { "cleared", false, NULL },
		[WAY] = { "erase", false, NULL },
		ABOUT_FIELDS(ABOUT),
	};
	int word;

	c->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a column"))
		return;
	yaml_text(r, &f[NAME], MAP_NAME_MAX, &c->name);
	c->is_identifier = kind_word(r, &f[IDENTIFIES], &c->kind);
	yaml_bool(r, &f[STANDARDIZED], &c->is_standardized);
	yaml_bool(r, &f[OPT], &c->is_optional);
	check_for_loose(r, &f[OPT], own_key, c);
	word = yaml_word(
		r, &f[VERIFY], verifies_names, COUNTOF(verifies_names));
	c->verifies = (enum verifies)(word + 1);
	yaml_bool(r, &f[RELIABLE], &c->is_reliable);
	check_reliable(r, &f[RELIABLE], c);
	c->category = read_category(r, &f[CATEGORY]);
	word = yaml_word(r, &f[WAY], way_names, COUNTOF(way_names));
	c->way = (enum column_way)(word + 1);
	read_never(r, &f[NEVER], &f[CLEARED], c);
	read_about(r, &f[ABOUT], &c->about);
	if (c->is_standardized && !f[IDENTIFIES].value)
		yaml_problem(r, yaml_line(f[STANDARDIZED].value),
			STR("\"standardized\" needs \"identifies\" beside it"),
			(str){ 0 });
}

/* The key and the columns of links need not be listed: added at the end. */
static size_t column_or_new(struct map_table *t, str name, int line)
{
	size_t i = map_column_index(t, name);

	if (i == t->columns_n)
		t->columns[t->columns_n++] =
			(struct map_column){ .name = name, .line = line };
	return i;
}

static void read_columns(struct yaml_reader *r, yaml_node_t *list, str own_key,
	struct map_table *t)
{
	size_t n = list ? yaml_items(r, list, MAP_COLUMNS_MAX, "columns") : 0;

	t->columns =
		arena_many(r->arena, struct map_column, n + 1 + MAP_LINKS_MAX);
	for (size_t i = 0; i < n; i++) {
		struct map_column *c = &t->columns[t->columns_n];

		read_column(r, yaml_item(r, list, i), own_key, c);
		if (c->name.n && map_column_index(t, c->name) < t->columns_n)
			yaml_problem(r, c->line,
				arena_fmt(r->arena,
					"column \"%.*s\" stands twice",
					STR_ARG(c->name)),
				(str){ 0 });
		t->columns_n++;
	}
}

static void add_cross(struct yaml_reader *r, const struct yaml_field *system,
	const struct map_link *l, struct map_table *t)
{
	struct map_cross *c = &t->crosses[t->crosses_n++];

	*c = (struct map_cross){
		.column = l->column, .written = l->written, .line = l->line
	};
	yaml_text(r, system, MAP_NAME_MAX, &c->system_name);
	if (l->is_shared)
		yaml_problem(r, l->line,
			STR("a link to another system can't be \"shared\""),
			STR("leave it out: only a link that means one person "
			    "may open another system"));
}

static void read_link(
	struct yaml_reader *r, yaml_node_t *node, struct map_table *t)
{
	enum { COLUMN, TO, SHARED, SYSTEM };
	struct yaml_field f[] = {
		[COLUMN] = { "column", true, NULL },
		[TO] = { "to", true, NULL },
		[SHARED] = { "shared", false, NULL },
		[SYSTEM] = { "system", false, NULL },
	};
	struct map_link l = { .line = yaml_line(node) };
	str column = { 0 };

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a link"))
		return;
	yaml_text(r, &f[COLUMN], MAP_NAME_MAX, &column);
	yaml_text(r, &f[TO], 2 * MAP_NAME_MAX, &l.written);
	yaml_bool(r, &f[SHARED], &l.is_shared);
	l.column = column_or_new(t, column, l.line);
	if (f[SYSTEM].value)
		add_cross(r, &f[SYSTEM], &l, t);
	else
		t->links[t->links_n++] = l;
}

static void read_links(
	struct yaml_reader *r, yaml_node_t *list, struct map_table *t)
{
	size_t n = list ? yaml_items(r, list, MAP_LINKS_MAX, "links") : 0;

	t->links = arena_many(r->arena, struct map_link, n);
	t->crosses = arena_many(r->arena, struct map_cross, n);
	for (size_t i = 0; i < n; i++)
		read_link(r, yaml_item(r, list, i), t);
}

static void read_after(
	struct yaml_reader *r, yaml_node_t *list, struct map_table *t)
{
	size_t n = list ? yaml_items(r, list, MAP_LINKS_MAX, "after") : 0;

	t->after = arena_many(r->arena, struct map_after, n);
	for (size_t i = 0; i < n; i++) {
		struct yaml_field f = { "after", true, yaml_item(r, list, i) };
		struct map_after *at = &t->after[t->after_n++];

		at->line = yaml_line(f.value);
		yaml_text(r, &f, MAP_NAME_MAX, &at->name);
	}
}

struct erase_fields {
	const struct yaml_field *erase;
	const struct yaml_field *exception;
	const struct yaml_field *purpose;
};

enum { GROUNDS_MAX = 64 };

/* What data may be kept for against a deletion: the exceptions of Civ. Code
 * 1798.105(d) and the exemptions of 1798.145 and 1798.146. */
static size_t keep_grounds(str names[GROUNDS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < ground_count(); i++) {
		str id = str_of(ground_at(i)->id);

		if (!str_starts(id, STR("DX")) && !str_starts(id, STR("EX_")))
			continue;
		must(n < GROUNDS_MAX);
		names[n++] = id;
	}
	return n;
}

static void read_erase(struct yaml_reader *r, const struct erase_fields *f,
	struct map_table *t)
{
	int word = yaml_word(r, f->erase, erase_names, COUNTOF(erase_names));
	str names[GROUNDS_MAX];
	int dx = yaml_word(r, f->exception, names, keep_grounds(names));
	bool is_keep = word == ERASE_KEEP;

	t->erase = word < 0 ? ERASE_DELETE : (enum map_erase)word;
	t->exception = dx < 0 ? (str){ 0 } : names[dx];
	if (is_keep && (!f->exception->value || !f->purpose->value))
		yaml_problem(r, yaml_line(f->erase->value),
			STR("\"keep\" needs \"exception\" and \"purpose\""),
			STR("the answer to the consumer names both"));
	if (!is_keep && word >= 0 && f->exception->value)
		yaml_problem(r, yaml_line(f->erase->value),
			STR("\"exception\" is for \"keep\""), (str){ 0 });
}

/* What tells whose row it is, by itself or through another row. */
static const char *telltale(const struct map_table *t, size_t column)
{
	const struct map_column *c = &t->columns[column];

	if (c->is_identifier)
		return "identifies a person";
	if (c->verifies)
		return "can prove who a person is";
	if (c->never_disclose.n)
		return "is never to be disclosed";
	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].column == column)
			return "leads to other rows of the person";
	for (size_t i = 0; i < t->crosses_n; i++)
		if (t->crosses[i].column == column)
			return "leads to rows of the person elsewhere";
	return NULL;
}

/* Information that can't be linked to a person (Civ. Code 1798.140(m)). */
static void check_deidentified(
	struct yaml_reader *r, const struct map_table *t, int line)
{
	for (size_t i = 0; i < t->columns_n; i++) {
		const char *why = telltale(t, i);

		if (!why || t->columns[i].way || i == t->key)
			continue;
		yaml_problem(r, t->columns[i].line ? t->columns[i].line : line,
			arena_fmt(r->arena,
				"\"deidentify\" leaves the column \"%.*s\", "
				"which %s",
				STR_ARG(t->columns[i].name), why),
			STR("give the column an \"erase\": null, hash, mask or "
			    "renew"));
	}
}

static bool has_ways(const struct map_table *t)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way)
			return true;
	return false;
}

/* Columns are erased where rows stay, and are found again by their key. */
static void check_ways(
	struct yaml_reader *r, const struct map_table *t, int line)
{
	if (t->erase == ERASE_DEIDENTIFY)
		check_deidentified(r, t, line);
	if (t->erase == ERASE_DELETE && has_ways(t))
		yaml_problem(r, line,
			STR("a column has an \"erase\", but the row is deleted"),
			STR("\"erase\" of the table can be deidentify, or keep "
			    "with an exception"));
	if (t->columns[t->key].way)
		yaml_problem(r, t->columns[t->key].line,
			STR("the key can't be erased in a row that stays"),
			(str){ 0 });
	if (has_ways(t) && str_eq(t->columns[t->key].name, STR(MAP_ROW_KEY)))
		yaml_problem(r, line, STR("rows that stay need a \"key\""),
			STR("without one they are told apart by their bytes, "
			    "which change"));
}

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
} table_words[] = {
#define TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault) \
	{ #word, CONNECTOR_##CONNECTOR, fault },
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
				(str){ 0 });
			continue;
		}
		yaml_text(r, &f[i], 1000, &t->words[i]);
		fault = t->words[i].n ? w->fault(t->words[i]) : NULL;
		if (fault)
			yaml_problem(r, yaml_line(f[i].value),
				arena_fmt(
					r->arena, "\"%s\" %s", w->name, fault),
				(str){ 0 });
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
	if (!t->collected.n || map_column_index(t, t->collected) < t->columns_n)
		return;
	yaml_problem(r, yaml_line(f->value),
		arena_fmt(r->arena, "there is no column \"%.*s\"",
			STR_ARG(t->collected)),
		STR("list it under columns"));
}

static void refuse(
	struct yaml_reader *r, const char *why, const struct yaml_field *f)
{
	if (f->value)
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "\"%s\" %s", f->key, why),
			(str){ 0 });
}

static void read_table(struct yaml_reader *r, yaml_node_t *node,
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
		AFTER,
		COLLECTED,
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
		[AFTER] = { "after", false, NULL },
		[COLLECTED] = { "collected", false, NULL },
		ABOUT_FIELDS(ABOUT),
#define TABLE_WORD(NAME, word, CONNECTOR, is_needed, fault) \
	[WORDS + TABLE_##NAME] = { #word,                   \
		(is_needed) && kind == CONNECTOR_##CONNECTOR, NULL },
#include "connect/tbl/table_words.h"
	};
	str key = map_own_key(kind);

	t->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a table"))
		return;
	yaml_text(r, &f[NAME], MAP_NAME_MAX, &t->name);
	check_path(r, &f[NAME], connector_kind_is_files(kind), t->name);
	t->holds = t->name;
	yaml_text(r, &f[HOLDS], MAP_NAME_MAX, &t->holds);
	yaml_text(r, &f[KEY], MAP_NAME_MAX, &key);
	read_columns(r, f[COLUMNS].value, map_own_key(kind), t);
	t->key = column_or_new(t, key, t->line);
	read_words(r, &f[WORDS], kind, t);
	read_links(r, f[LINKS].value, t);
	read_after(r, f[AFTER].value, t);
	read_collected(r, &f[COLLECTED], t);
	t->category = read_category(r, &f[CATEGORY]);
	read_about(r, &f[ABOUT], &t->about);
	read_erase(r,
		&(struct erase_fields){
			&f[ERASE], &f[EXCEPTION], &f[ABOUT + ABOUT_PURPOSE] },
		t);
	if (kind == CONNECTOR_PERSON) {
		const struct yaml_field *none[] = { &f[KEY], &f[COLUMNS],
			&f[LINKS], &f[AFTER], &f[COLLECTED] };

		for (size_t i = 0; i < COUNTOF(none); i++)
			refuse(r, "is not for what a person looks in", none[i]);
		map_person_table(r, &f[ERASE], t);
	}
	if (f[ERASE].value)
		check_ways(r, t, yaml_line(f[ERASE].value));
}

static void read_system(
	struct yaml_reader *r, yaml_node_t *node, struct map_system *s)
{
	enum {
		NAME,
		TITLE,
		CONNECTOR_,
		DATABASE,
		TABLES,
		DAYS,
		OVER,
		EXEMPT,
		ABOUT
	};
	struct yaml_field f[] = {
		[NAME] = { "name", true, NULL },
		[TITLE] = { "title", false, NULL },
		[CONNECTOR_] = { "connector", true, NULL },
		[DATABASE] = { "database", true, NULL },
		[TABLES] = { "tables", true, NULL },
		[DAYS] = { "days", false, NULL },
		[OVER] = { "hand_over", false, NULL },
		[EXEMPT] = { "search_exempt", false, NULL },
		ABOUT_FIELDS(ABOUT),
	};
	int word;

	s->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a system"))
		return;
	plain_name(r, &f[NAME], &s->name);
	s->title = s->name;
	yaml_text(r, &f[TITLE], MAP_NAME_MAX, &s->title);
	yaml_text(r, &f[DATABASE], 1000, &s->database);
	read_about(r, &f[ABOUT], &s->about);
	word = yaml_word(
		r, &f[CONNECTOR_], connector_names, COUNTOF(connector_names));
	s->connector = word < 0 ? CONNECTOR_SQLITE : (enum connector_kind)word;
	if (map_asks_person(s)) {
		map_person_system(r, &f[DAYS], &f[OVER], s);
	} else {
		refuse(r, "is for systems that a person looks in", &f[DAYS]);
		refuse(r, "is for systems that a person looks in", &f[OVER]);
	}
	map_exempt_system(r, &f[EXEMPT], s);
	s->tables_n = yaml_items(r, f[TABLES].value, MAP_TABLES_MAX, "tables");
	s->tables = arena_many(r->arena, struct map_table, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		read_table(r, yaml_item(r, f[TABLES].value, i), s->connector,
			&s->tables[i]);
}

static void read_receives(
	struct yaml_reader *r, yaml_node_t *list, struct map_vendor *v)
{
	size_t n = list ? yaml_items(r, list, IDENT_KINDS, "receives") : 0;

	v->receives = arena_many(r->arena, enum ident_kind, n);
	for (size_t i = 0; i < n; i++) {
		struct yaml_field f = { "receives", true,
			yaml_item(r, list, i) };

		if (kind_word(r, &f, &v->receives[v->receives_n]))
			v->receives_n++;
	}
}

/*
 * For what it gets data, and which: 11 CCR 7024(j) to (l).  Who got an email
 * address got an identifier, category A.  What a third party gets is taken for
 * sold unless the map says otherwise (Civ. Code 1798.140(ad)); what a service
 * provider or a contractor gets is not sold to it (1798.140(j), (ag)).
 */
enum {
	GETS_AS,
	GETS_PARTY,
	GETS_CATEGORIES,
	GETS_PURPOSE,
	GETS_BY_LIST,
	GETS_SENSITIVE
};
#define GETS_FIELDS(at)                                                   \
	[(at) + GETS_AS] = { "disclosed_as", false, NULL },               \
		[(at) + GETS_PARTY] = { "party", false, NULL },           \
		[(at) + GETS_CATEGORIES] = { "categories", false, NULL }, \
		[(at) + GETS_PURPOSE] = { "purpose", false, NULL },       \
		[(at) + GETS_BY_LIST] = { "by_list", false, NULL },       \
		[(at) + GETS_SENSITIVE] = { "sensitive_use", false, NULL }

/*
 * Whom a limit reaches (11 CCR 7027(g)).  A map that lists what a company gets, and
 * not L, says that it gets nothing sensitive; one that is silent says nothing.
 */
static void read_sensitive(
	struct yaml_reader *r, const struct yaml_field *f, struct map_vendor *v)
{
	int word = yaml_word(r, &f[GETS_SENSITIVE], sensitive_use_names,
		COUNTOF(sensitive_use_names));
	bool is_listed = f[GETS_CATEGORIES].value != NULL;
	bool has_any = v->categories & MAP_CATEGORY_BIT('L');

	v->sensitive_use = word >= 0               ? (enum sensitive_use)word
			   : is_listed && !has_any ? SENSITIVE_NONE
						   : SENSITIVE_OTHER;
	if (has_any && v->sensitive_use == SENSITIVE_NONE)
		yaml_problem(r, yaml_line(f[GETS_SENSITIVE].value),
			STR("who gets category L gets sensitive information"),
			STR("say \"permitted\" or \"other\", or leave L "
			    "out of its categories"));
}

static void read_gets(
	struct yaml_reader *r, const struct yaml_field *f, struct map_vendor *v)
{
	int word = yaml_word(
		r, &f[GETS_AS], disclosed_names, COUNTOF(disclosed_names));
	bool is_third = v->role == ROLE_THIRD_PARTY;

	v->disclosed_as = word >= 0  ? (enum disclosed_as)word
			  : is_third ? DISCLOSED_SOLD
				     : DISCLOSED_BUSINESS_PURPOSE;
	if (!is_third && v->disclosed_as != DISCLOSED_BUSINESS_PURPOSE)
		yaml_problem(r, yaml_line(f[GETS_AS].value),
			arena_fmt(r->arena,
				"what a %s gets is not sold or shared",
				vendor_role_title(v->role)),
			STR("who buys data, or gets it for advertising across "
			    "sites, is a third_party"));
	v->party = str_of(vendor_role_title(v->role));
	yaml_text(r, &f[GETS_PARTY], MAP_NAME_MAX, &v->party);
	v->categories = read_bits(r, &f[GETS_CATEGORIES], category_names,
		COUNTOF(category_names));
	if (v->receives_n)
		v->categories |= MAP_CATEGORY_BIT('A');
	yaml_text(r, &f[GETS_PURPOSE], 2 * MAP_NAME_MAX, &v->purpose);
	yaml_bool(r, &f[GETS_BY_LIST], &v->by_list);
	read_sensitive(r, f, v);
}

static void read_vendor(
	struct yaml_reader *r, yaml_node_t *node, struct map_vendor *v)
{
	enum { NAME, TITLE, ROLE, EMAIL, DAYS, RECEIVES, GETS };
	struct yaml_field f[] = {
		[NAME] = { "name", true, NULL },
		[TITLE] = { "title", false, NULL },
		[ROLE] = { "role", true, NULL },
		[EMAIL] = { "email", true, NULL },
		[DAYS] = { "days", true, NULL },
		[RECEIVES] = { "receives", true, NULL },
		GETS_FIELDS(GETS),
	};
	int word;

	v->line = yaml_line(node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a vendor"))
		return;
	plain_name(r, &f[NAME], &v->name);
	v->title = v->name;
	yaml_text(r, &f[TITLE], MAP_NAME_MAX, &v->title);
	word = yaml_word(r, &f[ROLE], role_names, COUNTOF(role_names));
	v->role = word < 0 ? ROLE_SERVICE_PROVIDER : (enum vendor_role)word;
	yaml_text(r, &f[EMAIL], 320, &v->email);
	if (v->email.n && !map_is_email(v->email))
		yaml_problem(r, yaml_line(f[EMAIL].value),
			STR("\"email\" is no email address"), (str){ 0 });
	yaml_int(r, &f[DAYS], VENDOR_DAYS_MAX, &v->days);
	read_receives(r, f[RECEIVES].value, v);
	read_gets(r, &f[GETS], v);
}

/* What a list of one more file adds to those of the files before. */
struct growth {
	size_t before;
	size_t more;
};

static struct growth growth_of(struct yaml_reader *r,
	const struct yaml_field *f, size_t before, size_t max)
{
	struct growth g = { before, 0 };

	if (!f->value)
		return g;
	g.more = yaml_items(r, f->value, max, f->key);
	if (before + g.more <= max)
		return g;
	yaml_problem(r, yaml_line(f->value),
		arena_fmt(
			r->arena, "more than %zu %s in all files", max, f->key),
		(str){ 0 });
	g.more = 0;
	return g;
}

static void read_systems(
	struct yaml_reader *r, const struct yaml_field *f, struct map *m)
{
	struct growth g = growth_of(r, f, m->systems_n, MAP_SYSTEMS_MAX);
	struct map_system *all =
		arena_many(r->arena, struct map_system, g.before + g.more);

	if (g.before)
		memcpy(all, m->systems, g.before * sizeof *all);
	m->systems = all;
	m->systems_n += g.more;
	for (size_t i = 0; i < g.more; i++) {
		all[g.before + i].file = r->problems->file;
		read_system(r, yaml_item(r, f->value, i), &all[g.before + i]);
	}
}

static void read_vendors(
	struct yaml_reader *r, const struct yaml_field *f, struct map *m)
{
	struct growth g = growth_of(r, f, m->vendors_n, MAP_VENDORS_MAX);
	struct map_vendor *all =
		arena_many(r->arena, struct map_vendor, g.before + g.more);

	if (g.before)
		memcpy(all, m->vendors, g.before * sizeof *all);
	m->vendors = all;
	m->vendors_n += g.more;
	for (size_t i = 0; i < g.more; i++) {
		all[g.before + i].file = r->problems->file;
		read_vendor(r, yaml_item(r, f->value, i), &all[g.before + i]);
	}
}

/* A file of several need not have systems. */
static void read_root(
	struct yaml_reader *r, yaml_node_t *root, bool is_only, struct map *m)
{
	enum { VERSION, SYSTEMS, VENDORS };
	static const str versions[] = { STR_INIT("1") };
	struct yaml_field f[] = {
		[VERSION] = { "version", true, NULL },
		[SYSTEMS] = { "systems", is_only, NULL },
		[VENDORS] = { "vendors", false, NULL },
	};

	if (!yaml_mapping(r, root, f, COUNTOF(f), "the data map"))
		return;
	yaml_word(r, &f[VERSION], versions, COUNTOF(versions));
	read_systems(r, &f[SYSTEMS], m);
	read_vendors(r, &f[VENDORS], m);
}

int map_parse_files(struct arena *a, const str *texts, size_t n, str dir,
	struct map *out, struct map_problems *ps)
{
	struct yaml_reader r = { .arena = a, .problems = ps };

	ps->n = 0;
	*out = (struct map){ .dir = dir };
	for (ps->file = 0; ps->file < n; ps->file++) {
		yaml_node_t *root = yaml_load(&r, a, texts[ps->file], ps);

		if (root)
			read_root(&r, root, n == 1, out);
	}
	if (!ps->n)
		map_check(&r, out);
	yaml_sort_problems(ps);
	return ps->n ? -1 : 0;
}

int map_parse(struct arena *a, str yaml, str dir, struct map *out,
	struct map_problems *ps)
{
	ps->files = NULL;
	return map_parse_files(a, &yaml, 1, dir, out, ps);
}
