/*
 * From the YAML file to struct map: every value on its own.  A word that has a
 * fixed set of values is looked up in the table of that set; what refers to
 * something else in the file is left to map_check.c.  Here are the file and its
 * systems; map_table.c, map_column.c, map_link.c, map_erasing.c, map_summary.c and map_vendor.c
 * read what stands in them.
 */
#include <string.h>

#include "base/base.h"
#include "connect/map_build.h"
#include "connect/secret.h"

static const str connector_names[] = {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
	STR_INIT(#name),
#include "connect/tbl/connectors.h"
};

/* How much it takes.  Files of a folder are read in one pass, whatever is looked for,
 * and nobody is called. */
static void read_load(struct yaml_reader *r, const struct yaml_field *page_size,
	const struct yaml_field *rate, struct map_system *s)
{
	static const char why[] = "is for systems that are asked over and over";
	bool is_folder = s->connector == CONNECTOR_CSV ||
			 s->connector == CONNECTOR_JSONL;

	yaml_int(r, page_size, CONNECT_VALUES_MAX, &s->page_size);
	yaml_int(r, rate, RATE_MAX, &s->rate);
	if (!is_folder && !map_asks_person(s))
		return;
	map_refuse(r, why, "leave it out", page_size);
	map_refuse(r, why, "leave it out", rate);
}

/* An address with a password in it would be under version control. */
static void check_secret(struct yaml_reader *r, const struct yaml_field *f,
	const struct map_system *s)
{
	if (s->database.n && connector_kind_has_secret(s->connector) &&
		!secret_is_name(s->database))
		yaml_problem(r, yaml_line(f->value),
			STR("\"database\" is the name of a secret here, never "
			    "the secret itself"),
			STR(SECRET_NAME_HINT));
}

/* -1: nobody knows which; one that is misspelled is read as the one that was meant. */
static int read_connector(struct yaml_reader *r, const struct yaml_field *f,
	enum connector_kind *out)
{
	int word = yaml_word(r, f, connector_names, COUNTOF(connector_names));
	const str *meant = NULL;
	str written = { 0 };

	if (word < 0 && f->value && f->value->type == YAML_SCALAR_NODE)
		written = (str){ (const char *)f->value->data.scalar.value,
			f->value->data.scalar.length };
	if (written.n)
		meant = yaml_near(
			written, connector_names, COUNTOF(connector_names));
	if (meant)
		word = (int)(meant - connector_names);
	*out = word < 0 ? CONNECTOR_SQLITE : (enum connector_kind)word;
	return word;
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
		PAGE_SIZE,
		RATE,
		TIMEOUT,
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
		[PAGE_SIZE] = { "page_size", false, NULL },
		[RATE] = { "rate", false, NULL },
		[TIMEOUT] = { "timeout", false, NULL },
		[ABOUT] = ABOUT_FIELDS,
	};
	int word;

	s->line = yaml_line(node);
	s->said = map_said(r, node);
	if (!yaml_mapping(r, node, f, COUNTOF(f), "a system") &&
		node->type != YAML_MAPPING_NODE)
		return;
	map_read_name(r, &f[NAME], &s->name);
	s->title = s->name;
	yaml_text(r, &f[TITLE], MAP_NAME_MAX, &s->title);
	yaml_text(r, &f[DATABASE], 1000, &s->database);
	map_read_about(r, &f[ABOUT], &s->about);
	word = read_connector(r, &f[CONNECTOR_], &s->connector);
	check_secret(r, &f[DATABASE], s);
	if (map_asks_person(s)) {
		map_person_system(r, &f[DAYS], &f[OVER], s);
	} else {
		map_refuse(r, "is for systems that a person looks in",
			"leave it out, or write \"connector: person\"",
			&f[DAYS]);
		map_refuse(r, "is for systems that a person looks in",
			"leave it out, or write \"connector: person\"",
			&f[OVER]);
	}
	map_exempt_system(r, &f[EXEMPT], s);
	read_load(r, &f[PAGE_SIZE], &f[RATE], s);
	yaml_int(r, &f[TIMEOUT], CONNECT_TIMEOUT_S_MAX, &s->timeout_s);
	if (map_asks_person(s))
		map_refuse(r, "is for systems that answer by themselves",
			"leave it out; \"days\" says when a person answers",
			&f[TIMEOUT]);
	r->is_lost |= word < 0; /* what tables of another kind would say */
	if (word < 0)
		return;
	s->tables_n = f[TABLES].value ? yaml_items(r, f[TABLES].value,
						MAP_TABLES_MAX, "tables")
				      : 0;
	s->tables = arena_many(r->arena, struct map_table, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		map_read_table(r, yaml_item(r, f[TABLES].value, i),
			s->connector, &s->tables[i]);
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
		STR("keep a map for each part of the business, or leave out "
		    "what holds nobody's data"));
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
		map_read_vendor(
			r, yaml_item(r, f->value, i), &all[g.before + i]);
	}
}

static void read_automated(
	struct yaml_reader *r, const struct yaml_field *f, struct map *m)
{
	struct growth g = growth_of(r, f, m->automated_n, MAP_AUTOMATED_MAX);
	struct map_automated *all =
		arena_many(r->arena, struct map_automated, g.before + g.more);

	if (g.before)
		memcpy(all, m->automated, g.before * sizeof *all);
	m->automated = all;
	m->automated_n += g.more;
	for (size_t i = 0; i < g.more; i++) {
		all[g.before + i].file = r->problems->file;
		map_read_automated(
			r, yaml_item(r, f->value, i), &all[g.before + i]);
	}
}

/* A file of several need not have systems. */
static void read_root(
	struct yaml_reader *r, yaml_node_t *root, bool is_only, struct map *m)
{
	enum { VERSION, SYSTEMS, VENDORS, AUTOMATED, WORDS };
	static const str versions[] = { STR_INIT("1") };
	struct yaml_field f[] = {
		[VERSION] = { "version", true, NULL },
		[SYSTEMS] = { "systems", is_only, NULL },
		[VENDORS] = { "vendors", false, NULL },
		[AUTOMATED] = { "automated", false, NULL },
		[WORDS] = { "words", false, NULL },
	};

	if (!yaml_mapping(r, root, f, COUNTOF(f), "the data map") &&
		root->type != YAML_MAPPING_NODE)
		return;
	yaml_word(r, &f[VERSION], versions, COUNTOF(versions));
	read_systems(r, &f[SYSTEMS], m);
	read_vendors(r, &f[VENDORS], m);
	read_automated(r, &f[AUTOMATED], m);
	map_read_words(r, &f[WORDS], m);
}

int map_parse_files(struct arena *a, const str *texts, size_t n, str dir,
	struct map *out, struct map_problems *ps)
{
	struct yaml_reader r = { .arena = a, .problems = ps };
	bool is_lost = false;

	ps->n = 0;
	*out = (struct map){ .dir = dir };
	for (ps->file = 0; ps->file < n; ps->file++) {
		yaml_node_t *root = yaml_load(&r, a, texts[ps->file], ps);

		if (root)
			read_root(&r, root, n == 1, out);
		is_lost |= !root || r.is_lost;
	}
	r.is_lost = is_lost;
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
