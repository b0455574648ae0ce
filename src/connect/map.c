/* Names and look-ups of the data map, and reading it from its file. */
#include "connect/map.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/file.h"

const char *connector_kind_name(enum connector_kind k)
{
	static const char *const names[] = {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
#	name,
#include "connect/tbl/connectors.h"
	};

	must((size_t)k < COUNTOF(names));
	return names[k];
}

bool connector_kind_is_files(enum connector_kind k)
{
	static const bool are_files[] = {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
	is_files,
#include "connect/tbl/connectors.h"
	};

	must((size_t)k < COUNTOF(are_files));
	return are_files[k];
}

bool connector_kind_is_many(enum connector_kind k)
{
	static const bool are_files[] = {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
	is_many,
#include "connect/tbl/connectors.h"
	};

	must((size_t)k < COUNTOF(are_files));
	return are_files[k];
}

bool connector_kind_can_sum(enum connector_kind k)
{
	static const bool can[] = {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
	can_sum,
#include "connect/tbl/connectors.h"
	};

	must((size_t)k < COUNTOF(can));
	return can[k];
}

bool connector_kind_has_index(enum connector_kind k)
{
	static const bool has[] = {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
	has_index,
#include "connect/tbl/connectors.h"
	};

	must((size_t)k < COUNTOF(has));
	return has[k];
}

bool connector_kind_has_secret(enum connector_kind k)
{
	static const bool has[] = {
#define CONNECTOR(NAME, name, is_files, is_many, can_sum, has_index, \
	is_secret, database)                                         \
	is_secret,
#include "connect/tbl/connectors.h"
	};

	must((size_t)k < COUNTOF(has));
	return has[k];
}

str map_own_key(enum connector_kind k)
{
	static const str keys[CONNECTOR_KINDS] = {
#define OWN_KEY(CONNECTOR, column) [CONNECTOR_##CONNECTOR] = STR_INIT(column),
#include "connect/tbl/own_keys.h"
	};

	must((size_t)k < COUNTOF(keys));
	return keys[k];
}

const char *verifies_name(enum verifies v)
{
	static const char *const names[] = {
		"",
#define VERIFIES(NAME, name) #name,
#include "connect/tbl/verifies.h"
	};

	must((size_t)v < COUNTOF(names));
	return names[v];
}

const char *vendor_role_name(enum vendor_role r)
{
	static const char *const names[] = {
#define VENDOR_ROLE(NAME, name, title) #name,
#include "connect/tbl/vendor_roles.h"
	};

	must((size_t)r < COUNTOF(names));
	return names[r];
}

const char *vendor_role_title(enum vendor_role r)
{
	static const char *const titles[] = {
#define VENDOR_ROLE(NAME, name, title) title,
#include "connect/tbl/vendor_roles.h"
	};

	must((size_t)r < COUNTOF(titles));
	return titles[r];
}

const char *map_erase_name(enum map_erase er)
{
	static const char *const names[] = { "delete", "keep", "deidentify",
		"aggregate" };

	must((size_t)er < COUNTOF(names));
	return names[er];
}

bool map_erase_deletes(enum map_erase er)
{
	return er == ERASE_DELETE || er == ERASE_AGGREGATE;
}

const char *column_way_name(enum column_way w)
{
	static const char *const names[] = {
		"",
#define COLUMN_WAY(NAME, name, what, result) #name,
#include "connect/tbl/column_ways.h"
	};

	must((size_t)w < COUNTOF(names));
	return names[w];
}

const char *column_way_words(enum column_way w)
{
	static const char *const words[] = {
		"",
#define COLUMN_WAY(NAME, name, what, result) what,
#include "connect/tbl/column_ways.h"
	};

	must((size_t)w < COUNTOF(words));
	return words[w];
}

bool column_way_of(str name, enum column_way *out)
{
	static const enum column_way ways[] = {
#define COLUMN_WAY(NAME, name, what, result) WAY_##NAME,
#include "connect/tbl/column_ways.h"
	};

	for (size_t i = 0; i < COUNTOF(ways); i++) {
		*out = ways[i];
		if (str_eq(name, str_of(column_way_name(ways[i]))))
			return true;
	}
	return false;
}

str map_ways_words(struct arena *a, const struct map_table *t)
{
	struct buf b = buf_in(a, MAP_COLUMNS_MAX * 2 * MAP_NAME_MAX);

	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way)
			buf_fmt(&b, "%s%.*s %s", b.n ? ", " : "",
				STR_ARG(t->columns[i].name),
				column_way_words(t->columns[i].way));
	return buf_str(&b);
}

const char *disclosed_as_name(enum disclosed_as a)
{
	static const char *const names[] = {
#define DISCLOSED(NAME, name, title) #name,
#include "connect/tbl/disclosed.h"
	};

	must((size_t)a < COUNTOF(names));
	return names[a];
}

static str nearest(str column, str table, str system)
{
	return column.n ? column : table.n ? table : system;
}

struct map_about map_about_of(const struct map_system *s,
	const struct map_table *t, const struct map_column *c)
{
	const struct map_about *near = &c->about, *far = &t->about;

	return (struct map_about){
		.purpose =
			nearest(near->purpose, far->purpose, s->about.purpose),
		.source = nearest(near->source, far->source, s->about.source),
		.retention = nearest(
			near->retention, far->retention, s->about.retention),
	};
}

char map_category_of(const struct map_table *t, const struct map_column *c)
{
	return c->category ? c->category : t->category;
}

static bool table_has_purpose(const struct map_table *t, str purpose)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (str_eq(t->columns[i].about.purpose, purpose))
			return true;
	return str_eq(t->about.purpose, purpose);
}

static bool system_has_purpose(const struct map_system *s, str purpose)
{
	for (size_t i = 0; i < s->tables_n; i++)
		if (table_has_purpose(&s->tables[i], purpose))
			return true;
	return str_eq(s->about.purpose, purpose);
}

bool map_has_purpose(const struct map *m, str purpose)
{
	bool has = false;

	for (size_t i = 0; !has && i < m->systems_n; i++)
		has = system_has_purpose(&m->systems[i], purpose);
	for (size_t i = 0; !has && i < m->vendors_n; i++)
		has = str_eq(m->vendors[i].purpose, purpose);
	for (size_t i = 0; !has && i < m->automated_n; i++)
		has = str_eq(m->automated[i].purpose, purpose);
	return has;
}

const struct map_system *map_system_named(const struct map *m, str name)
{
	for (size_t i = 0; i < m->systems_n; i++)
		if (str_eq(m->systems[i].name, name))
			return &m->systems[i];
	return NULL;
}

bool map_asks_person(const struct map_system *s)
{
	return s->connector == CONNECTOR_PERSON;
}

const struct map_vendor *map_vendor_named(const struct map *m, str name)
{
	for (size_t i = 0; i < m->vendors_n; i++)
		if (str_eq(m->vendors[i].name, name))
			return &m->vendors[i];
	return NULL;
}

const struct map_table *map_table_named(const struct map_system *s, str name)
{
	for (size_t i = 0; i < s->tables_n; i++)
		if (str_eq(s->tables[i].name, name))
			return &s->tables[i];
	return NULL;
}

bool map_stands_alone(const struct map_system *s, const struct map_table *t)
{
	size_t at = (size_t)(t - s->tables);

	if (t->links_n)
		return false;
	for (size_t i = 0; i < s->tables_n; i++)
		for (size_t k = 0; k < s->tables[i].links_n; k++)
			if (s->tables[i].links[k].to == at)
				return false;
	return true;
}

bool map_column_is_own(const struct map_system *s, const struct map_column *c)
{
	return map_asks_person(s) || str_eq(c->name, map_own_key(s->connector));
}

size_t map_columns_held(const struct map_table *t)
{
	size_t n = t->columns_n;

	while (n && t->columns[n - 1].parts_n)
		n--;
	return n;
}

bool map_column_has(const struct map_table *t, size_t column, size_t part)
{
	const struct map_column *c = &t->columns[column];

	for (size_t i = 0; i < c->parts_n; i++)
		if (c->parts[i] == part)
			return true;
	return column == part;
}

struct map_names map_names_of(
	const struct map_table *t, const struct map_column *c)
{
	struct map_names out = { .at = { c->name }, .n = 1 };

	for (size_t i = 0; i < c->parts_n; i++)
		out.at[i] = t->columns[c->parts[i]].name;
	if (c->parts_n)
		out.n = c->parts_n;
	return out;
}

str map_column_unlinked(const struct map_table *t, const struct map_column *c)
{
	struct map_names names = map_names_of(t, c);

	return names.at[names.n - 1];
}

size_t map_column_index(const struct map_table *t, str name)
{
	size_t i = 0;

	while (i < t->columns_n && !str_eq(t->columns[i].name, name))
		i++;
	return i;
}

static str folder_of(str path)
{
	for (size_t n = path.n; n > 0; n--)
		if (path.p[n - 1] == '/')
			return n == 1 ? STR("/") : str_head(path, n - 1);
	return STR(".");
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

str map_folder(struct arena *a, const char *path)
{
	str whole = str_of(path);

	return arena_dup(a, is_folder(path) ? whole : folder_of(whole));
}

const char *map_problem_file(
	const struct map_problems *ps, const struct map_problem *p)
{
	return ps->files ? ps->files[p->file] : NULL;
}

/* The files that a map is read from. */
struct sources {
	struct arena *arena;
	const char *at[MAP_FILES_MAX];
	size_t n;
};

static bool is_map_file(const char *name)
{
	str s = str_of(name);

	return s.p[0] != '.' &&
	       (str_ends(s, STR(".yaml")) || str_ends(s, STR(".yml")));
}

static int list_entries(
	struct sources *s, DIR *d, const char *path, struct err *e)
{
	struct dirent *entry;

	while (errno = 0, (entry = readdir(d))) {
		const char *name;

		if (!is_map_file(entry->d_name))
			continue;
		if (s->n == MAP_FILES_MAX)
			return err_set(e, ERR_LIMIT,
				"%s: more than %d files of a data map", path,
				(int)MAP_FILES_MAX);
		name = arena_cstr(s->arena, str_of(entry->d_name));
		s->at[s->n++] = path_join(s->arena, path, name);
	}
	return errno ? err_errno(e, "read the folder %s", path) : 0;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int list_folder(struct sources *s, const char *path, struct err *e)
{
	DIR *d = opendir(path);
	int rc;

	if (!d)
		return err_errno(e, "read the folder %s", path);
	rc = list_entries(s, d, path, e);
	closedir(d);
	if (rc)
		return -1;
	if (!s->n)
		return err_set(e, ERR_NOT_FOUND,
			"%s: no file that ends in .yaml", path);
	qsort(s->at, s->n, sizeof *s->at, by_path);
	return 0;
}

int map_load(struct arena *a, const char *path, struct map *out,
	struct map_problems *ps, struct err *e)
{
	struct sources *s = arena_one(a, struct sources);
	str *texts;

	s->arena = a;
	if (!is_folder(path))
		s->at[s->n++] = path;
	else if (list_folder(s, path, e) < 0)
		return -1;
	texts = arena_many(a, str, s->n);
	for (size_t i = 0; i < s->n; i++)
		if (file_read(a, s->at[i], MAP_SIZE_MAX, &texts[i], e) < 0)
			return -1;
	ps->files = s->at;
	(void)map_parse_files(a, texts, s->n, map_folder(a, path), out, ps);
	return 0;
}

int map_read(struct arena *a, const char *path, struct map *out, struct err *e)
{
	struct map_problems *ps = arena_one(a, struct map_problems);

	if (map_load(a, path, out, ps, e) < 0)
		return -1;
	if (!ps->n)
		return 0;
	err_set(e, ERR_INVALID, "%s:%d: %.*s", map_problem_file(ps, &ps->at[0]),
		ps->at[0].line, STR_ARG(ps->at[0].text));
	if (ps->at[0].hint.n)
		err_hint(e, "%.*s", STR_ARG(ps->at[0].hint));
	if (ps->n > 1)
		err_detail(e, "%zu problems in all", ps->n);
	return -1;
}
