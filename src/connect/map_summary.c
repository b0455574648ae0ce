/*
 * Totals that rows go into before they are deleted.  What groups them and what is
 * added up must not tell whose row it was, or the summary would be about people
 * (Civ. Code 1798.140(b)).
 */
#include "base/base.h"
#include "connect/limit.h"
#include "connect/map_build.h"

enum { CATEGORY_IDENTIFIERS = 'A' }; /* Civ. Code 1798.140(v)(1)(A) */

static bool links_to(const struct map_table *from, size_t to, size_t column)
{
	for (size_t i = 0; i < from->links_n; i++)
		if (from->links[i].to == to &&
			from->links[i].to_column == column)
			return true;
	return false;
}

static bool crosses_to(
	const struct map_table *from, size_t system, size_t to, size_t column)
{
	for (size_t i = 0; i < from->crosses_n; i++)
		if (from->crosses[i].system == system &&
			from->crosses[i].to == to &&
			from->crosses[i].to_column == column)
			return true;
	return false;
}

static bool is_led_to(const struct map *m, const struct map_system *s,
	const struct map_table *t, size_t column)
{
	size_t system = (size_t)(s - m->systems);
	size_t table = (size_t)(t - s->tables);

	for (size_t o = 0; o < m->systems_n; o++)
		for (size_t i = 0; i < m->systems[o].tables_n; i++) {
			const struct map_table *from = &m->systems[o].tables[i];

			if (crosses_to(from, system, table, column) ||
				(o == system && links_to(from, table, column)))
				return true;
		}
	return false;
}

static bool is_part_of_link(const struct map_table *t, size_t column)
{
	for (size_t i = 0; i < t->links_n; i++)
		if (map_column_has(t, t->links[i].column, column))
			return true;
	return false;
}

static const char *why_not(const struct map *m, const struct map_system *s,
	const struct map_table *t, size_t column)
{
	const char *why = map_telltale(t, column);

	if (column == t->key)
		return "tells the rows apart";
	if (why)
		return why;
	if (is_part_of_link(t, column))
		return "leads to other rows of the person";
	if (map_category_of(t, &t->columns[column]) == CATEGORY_IDENTIFIERS)
		return "is of category A, identifiers";
	return is_led_to(m, s, t, column) ? "other rows lead to" : NULL;
}

static void check_columns(struct yaml_reader *r, const struct map *m,
	const struct map_system *s, const struct map_table *t)
{
	const struct map_summary *sum = t->summary;

	for (size_t i = 0; i < sum->by_n + sum->sums_n; i++) {
		const struct map_into *into =
			i < sum->by_n ? &sum->by[i] : &sum->sums[i - sum->by_n];
		const char *why = why_not(m, s, t, into->column);

		if (why)
			yaml_problem(r, into->line,
				arena_fmt(r->arena,
					"\"summary\" takes over the column "
					"\"%.*s\", which %s",
					STR_ARG(t->columns[into->column].name),
					why),
				STR("totals are about no single person"));
	}
}

static void read_into(struct yaml_reader *r, yaml_node_t *node,
	const struct map_table *t, struct map_into *out)
{
	enum { COLUMN, INTO };
	struct yaml_field f[] = {
		[COLUMN] = { "column", true, NULL },
		[INTO] = { "into", false, NULL },
	};
	str name = { 0 };

	if (!yaml_mapping(r, node, f, COUNTOF(f), "a column of a summary"))
		return;
	yaml_text(r, &f[COLUMN], MAP_NAME_MAX, &name);
	out->into = name;
	out->line = yaml_line(node);
	yaml_text(r, &f[INTO], MAP_NAME_MAX, &out->into);
	out->column = map_column_index(t, name);
	if (out->column < t->columns_n)
		return;
	out->column = t->key;
	if (name.n)
		yaml_problem(r, yaml_line(f[COLUMN].value),
			arena_fmt(r->arena, "there is no column \"%.*s\"",
				STR_ARG(name)),
			STR("list it under columns"));
}

static struct map_into *read_intos(struct yaml_reader *r,
	const struct yaml_field *f, const struct map_table *t, size_t *n)
{
	struct map_into *out;

	*n = f->value ? yaml_items(r, f->value, MAP_SUMMARY_MAX, f->key) : 0;
	out = arena_many(r->arena, struct map_into, *n);
	for (size_t i = 0; i < *n; i++)
		read_into(r, yaml_item(r, f->value, i), t, &out[i]);
	return out;
}

static size_t times_named(const struct map_summary *s, str name)
{
	size_t n = str_eq(s->count, name);

	for (size_t i = 0; i < s->by_n; i++)
		n += str_eq(s->by[i].into, name);
	for (size_t i = 0; i < s->sums_n; i++)
		n += str_eq(s->sums[i].into, name);
	return n + (s->has_people && str_eq(s->people.into, name));
}

/* Each column of it is filled once. */
static void check_names(struct yaml_reader *r, const struct map_summary *s)
{
	str twice = { 0 };

	if (times_named(s, s->count) > 1)
		twice = s->count;
	for (size_t i = 0; i < s->by_n && !twice.n; i++)
		if (times_named(s, s->by[i].into) > 1)
			twice = s->by[i].into;
	for (size_t i = 0; i < s->sums_n && !twice.n; i++)
		if (times_named(s, s->sums[i].into) > 1)
			twice = s->sums[i].into;
	if (s->has_people && times_named(s, s->people.into) > 1)
		twice = s->people.into;
	if (twice.n)
		yaml_problem(r, s->line,
			arena_fmt(r->arena,
				"two things go into the column \"%.*s\" of "
				"the summary",
				STR_ARG(twice)),
			STR("name another column with \"into\""));
}

/* It is counted and not taken over, so it may be whatever a link of the person has. */
static void read_people(struct yaml_reader *r, const struct yaml_field *f,
	const struct map_table *t, struct map_summary *s)
{
	s->has_people = f->value != NULL;
	if (!f->value)
		return;
	read_into(r, f->value, t, &s->people);
	if (s->people.column == t->key)
		yaml_problem(r, yaml_line(f->value),
			STR("\"people\" names the key, which tells rows apart"),
			STR("name the column that says whose a row is"));
	else if (str_eq(s->people.into, t->columns[s->people.column].name))
		yaml_problem(r, yaml_line(f->value),
			STR("\"people\" needs \"into\": the column of the "
			    "summary that counts them"),
			STR("as in \"into: buyers\""));
}

void map_read_summary(struct yaml_reader *r, const struct yaml_field *field,
	enum connector_kind kind, struct map_table *t)
{
	enum { TABLE, BY, COUNT, SUM, PEOPLE, AT_LEAST };
	struct yaml_field f[] = {
		[TABLE] = { "table", true, NULL },
		[BY] = { "by", false, NULL },
		[COUNT] = { "count", true, NULL },
		[SUM] = { "sum", false, NULL },
		[PEOPLE] = { "people", false, NULL },
		[AT_LEAST] = { "at_least", false, NULL },
	};
	struct map_summary *s = arena_one(r->arena, struct map_summary);

	t->summary = s;
	if (!field->value)
		return;
	s->line = yaml_line(field->value);
	if (!connector_kind_can_sum(kind))
		yaml_problem(r, s->line,
			arena_fmt(r->arena, "a system of %s can't add rows up",
				connector_kind_name(kind)),
			STR("\"aggregate\" is for sqlite, postgres and "
			    "mariadb"));
	if (!yaml_mapping(r, field->value, f, COUNTOF(f), "a summary"))
		return;
	yaml_text(r, &f[TABLE], MAP_NAME_MAX, &s->table);
	yaml_text(r, &f[COUNT], MAP_NAME_MAX, &s->count);
	s->by = read_intos(r, &f[BY], t, &s->by_n);
	s->sums = read_intos(r, &f[SUM], t, &s->sums_n);
	read_people(r, &f[PEOPLE], t, s);
	check_names(r, s);
	s->at_least = SUMMARY_LEAST;
	yaml_int(r, &f[AT_LEAST], SUMMARY_LEAST_MAX, &s->at_least);
	if (s->at_least < SUMMARY_LEAST)
		yaml_problem(r, yaml_line(f[AT_LEAST].value),
			arena_fmt(r->arena, "\"at_least\" must be %d or more",
				SUMMARY_LEAST),
			STR("a total of few rows could be linked to one "
			    "person"));
}

void map_check_summary(
	struct yaml_reader *r, const struct map *m, const struct map_system *s)
{
	for (size_t i = 0; i < s->tables_n; i++) {
		const struct map_table *t = &s->tables[i];

		if (t->erase != ERASE_AGGREGATE || t->has_problem)
			continue;
		check_columns(r, m, s, t);
		if (!map_table_named(s, t->summary->table))
			continue;
		yaml_problem(r, t->summary->line,
			arena_fmt(r->arena,
				"the summary \"%.*s\" is a table of the map",
				STR_ARG(t->summary->table)),
			STR("totals hold nobody's data, and are not searched"));
	}
}
