/*
 * Keys and links of several columns in the map's file: a list where a name may stand.
 * Each is one column more of its table, behind all others (map.h), so that what reads
 * the map knows one column.
 */
#include <string.h>

#include "base/base.h"
#include "connect/map_build.h"

enum { COLUMNS_ALL_MAX = MAP_COLUMNS_MAX + MAP_LINKS_MAX + 1 };

static bool stands_twice(struct yaml_reader *r, const struct yaml_field *f,
	const str *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++) {
			if (!names[i].n || !str_eq(names[i], names[k]))
				continue;
			yaml_problem(r, yaml_line(f->value),
				arena_fmt(r->arena,
					"\"%s\" names \"%.*s\" twice", f->key,
					STR_ARG(names[i])),
				STR("take one of them out"));
			return true;
		}
	return false;
}

size_t map_read_names(
	struct yaml_reader *r, const struct yaml_field *f, size_t max, str *out)
{
	size_t n;

	if (!f->value)
		return 0;
	if (f->value->type != YAML_SEQUENCE_NODE) {
		out[0] = (str){ 0 };
		yaml_text(r, f, max, &out[0]);
		return out[0].n ? 1 : 0;
	}
	n = yaml_items(r, f->value, MAP_PARTS_MAX, f->key);
	if (!n && f->value->data.sequence.items.top ==
			  f->value->data.sequence.items.start)
		yaml_problem(r, yaml_line(f->value),
			arena_fmt(r->arena, "\"%s\" is an empty list", f->key),
			STR("name a column, or several"));
	for (size_t i = 0; i < n; i++) {
		struct yaml_field one = *f;

		one.value = yaml_item(r, f->value, i);
		out[i] = (str){ 0 };
		yaml_text(r, &one, max, &out[i]);
		if (!out[i].n)
			return 0;
	}
	return stands_twice(r, f, out, n) ? 0 : n;
}

bool map_may_tuple(struct yaml_reader *r, const struct yaml_field *f,
	enum connector_kind kind, size_t n)
{
	if (n < 2 || connector_kind_has_index(kind))
		return true;
	yaml_problem(r, yaml_line(f->value),
		arena_fmt(r->arena,
			"\"%s\" of several columns is for databases, not for "
			"%s",
			f->key, connector_kind_name(kind)),
		connector_kind_is_files(kind)
			? STR("leave \"key\" out: rows of files are told apart "
			      "by their bytes")
			: STR("name one column"));
	return false;
}

static struct map_column *add_column(
	struct arena *a, struct map_table *t, struct map_column c)
{
	struct map_column *columns =
		arena_many(a, struct map_column, t->columns_n + 1);

	if (t->columns_n)
		memcpy(columns, t->columns, t->columns_n * sizeof *columns);
	columns[t->columns_n] = c;
	t->columns = columns;
	return &columns[t->columns_n++];
}

size_t map_column_or_new(
	struct arena *a, struct map_table *t, str name, int line)
{
	size_t i = map_column_index(t, name);

	if (i == t->columns_n)
		add_column(a, t,
			(struct map_column){ .name = name, .line = line });
	return i;
}

str map_tuple_name(struct arena *a, const str *names, size_t n)
{
	str all = arena_join(a, names, n, STR(", "));

	return n > 1 ? arena_fmt(a, "(%.*s)", STR_ARG(all)) : all;
}

static bool is_of(const struct map_column *c, const size_t *parts, size_t n)
{
	return c->parts_n == n && !memcmp(c->parts, parts, n * sizeof *parts);
}

size_t map_tuple_add(
	struct arena *a, struct map_table *t, const size_t *parts, size_t n)
{
	size_t *own = arena_many(a, size_t, n);
	struct map_column c = { .parts = own, .parts_n = n };
	str names[MAP_PARTS_MAX];

	if (n == 1)
		return parts[0];
	for (size_t i = map_columns_held(t); i < t->columns_n; i++)
		if (is_of(&t->columns[i], parts, n))
			return i;
	for (size_t i = 0; i < n; i++) {
		own[i] = parts[i];
		names[i] = t->columns[parts[i]].name;
	}
	c.name = map_tuple_name(a, names, n);
	add_column(a, t, c);
	return t->columns_n - 1;
}

size_t map_tuple_column(struct yaml_reader *r, struct map_table *t,
	const size_t *parts, size_t n, int line)
{
	size_t column = map_tuple_add(r->arena, t, parts, n);
	str name = t->columns[column].name;

	if (!t->columns[column].line)
		t->columns[column].line = line;
	if (map_column_index(t, name) != column)
		yaml_problem(r, line,
			arena_fmt(r->arena,
				"a column is called \"%.*s\", which is what "
				"several columns together are called here",
				STR_ARG(name)),
			STR("leave that column out of the map, or have a view "
			    "call it otherwise"));
	if (t->columns_n > COLUMNS_ALL_MAX)
		yaml_problem(r, line,
			arena_fmt(r->arena,
				"the table has more than %d columns with those "
				"of its key and of links",
				(int)COLUMNS_ALL_MAX),
			STR("leave out columns that hold nobody's data"));
	return column;
}

size_t map_read_key(struct yaml_reader *r, const struct yaml_field *f,
	enum connector_kind kind, struct map_table *t, size_t *parts)
{
	str names[MAP_PARTS_MAX];
	size_t n = map_read_names(r, f, MAP_NAME_MAX, names);

	if (!n)
		names[0] = map_own_key(kind);
	if (!n || !map_may_tuple(r, f, kind, n))
		n = 1;
	for (size_t i = 0; i < n; i++)
		parts[i] = map_column_or_new(r->arena, t, names[i], t->line);
	return n;
}

/* --- where links of several columns lead --- */

static bool has_part(const struct map_column *c, size_t part)
{
	for (size_t i = 0; i < c->parts_n; i++)
		if (c->parts[i] == part)
			return true;
	return false;
}

/* The same columns as the key has, in another order: two values for one row. */
static bool is_key_turned(
	const struct map_table *to, const size_t *parts, size_t n)
{
	const struct map_column *key = &to->columns[to->key];

	if (key->parts_n != n || is_of(key, parts, n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!has_part(key, parts[i]))
			return false;
	return true;
}

size_t map_tuple_target(struct yaml_reader *r, struct map_table *to,
	const size_t *parts, size_t n, int line)
{
	const struct map_column *key = &to->columns[to->key];
	str named = key->name;

	if (is_key_turned(to, parts, n))
		yaml_problem(r, line,
			arena_fmt(r->arena,
				"the link names the columns of the key of "
				"\"%.*s\" in another order",
				STR_ARG(to->name)),
			arena_fmt(r->arena,
				"name them in that of the key, %.*s",
				STR_ARG(named)));
	if (n == 1 && has_part(key, parts[0]))
		yaml_problem(r, line,
			arena_fmt(r->arena,
				"the link leads to one column of the key "
				"%.*s of \"%.*s\": rows of others may hold the "
				"same in it",
				STR_ARG(named), STR_ARG(to->name)),
			STR("link all of them, { column: [a, b], to: [table.a, "
			    "table.b] }; or name that column alone as the key, "
			    "where no two rows hold the same"));
	return map_tuple_column(r, to, parts, n, line);
}
