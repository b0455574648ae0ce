/*
 * What only the whole map can show: names used twice, references that lead
 * nowhere, tables that no identifier leads to.
 */
#include <string.h>

#include "base/base.h"
#include "connect/map_build.h"

static void twice(struct yaml_reader *r, int line, const char *what, str name)
{
	yaml_problem(r, line,
		arena_fmt(r->arena, "%s \"%.*s\" stands twice", what,
			STR_ARG(name)),
		STR("put what both say into one, or give one another name"));
}

static void check_names(struct yaml_reader *r, const struct map *m)
{
	for (size_t i = 0; i < m->systems_n; i++) {
		const struct map_system *s = &m->systems[i];

		r->problems->file = s->file;
		if (s->name.n && map_system_named(m, s->name) != s)
			twice(r, s->line, "system", s->name);
		for (size_t t = 0; t < s->tables_n; t++)
			if (s->tables[t].name.n &&
				map_table_named(s, s->tables[t].name) !=
					&s->tables[t])
				twice(r, s->tables[t].line, "table",
					s->tables[t].name);
	}
	for (size_t i = 0; i < m->vendors_n; i++) {
		const struct map_vendor *v = &m->vendors[i];

		r->problems->file = v->file;
		if (v->name.n && map_vendor_named(m, v->name) != v)
			twice(r, v->line, "vendor", v->name);
	}
}

/*
 * A map with mistakes is checked as far as it was read.  What was meant by a link that
 * leads nowhere is taken from its name, and of what could not be read the best is
 * assumed, so that no mistake is told that is only another one's shadow.
 */
enum { NOWHERE = MAP_TABLES_MAX };

/* The table whose name is nearest; NOWHERE. */
static size_t table_near(
	struct yaml_reader *r, const struct map_system *s, str name)
{
	str *names = arena_many(r->arena, str, s->tables_n);
	const str *near;

	for (size_t i = 0; i < s->tables_n; i++)
		names[i] = s->tables[i].name;
	near = yaml_near(name, names, s->tables_n);
	return near ? (size_t)(near - names) : NOWHERE;
}

static str suggest_table(
	struct yaml_reader *r, const struct map_system *s, str name)
{
	str *names = arena_many(r->arena, str, s->tables_n);

	for (size_t i = 0; i < s->tables_n; i++)
		names[i] = s->tables[i].name;
	return yaml_suggest(r->arena, name, names, s->tables_n);
}

static str suggest_column(
	struct yaml_reader *r, const struct map_table *t, str name)
{
	str *names = arena_many(r->arena, str, t->columns_n);

	for (size_t i = 0; i < t->columns_n; i++)
		names[i] = t->columns[i].name;
	return yaml_suggest(r->arena, name, names, t->columns_n);
}

/* A table of the system may be one whose name could not be read. */
static bool has_nameless(
	const struct yaml_reader *r, const struct map_system *s)
{
	for (size_t i = 0; i < s->tables_n; i++)
		if (!s->tables[i].name.n)
			return true;
	return r->is_lost;
}

/*
 * "table.column", where both may have points: the last one divides that gives a
 * table of the system, or else the last one there is.
 */
static bool split_target(
	const struct map_system *s, str written, str *table, str *column)
{
	size_t at = 0;

	for (size_t n = written.n; n > 0; n--) {
		if (written.p[n - 1] != '.')
			continue;
		at = at ? at : n;
		if (!map_table_named(s, str_head(written, n - 1)))
			continue;
		at = n;
		break;
	}
	if (at < 2 || at == written.n)
		return false;
	*table = str_head(written, at - 1);
	*column = str_from(written, at);
	return true;
}

/* Where `written` leads in the system. */
struct target {
	size_t table; /* or what was meant; NOWHERE */
	size_t column;
};

static void no_table(
	struct yaml_reader *r, const struct map_system *s, str table, int line)
{
	if (has_nameless(r, s))
		return;
	yaml_problem(r, line,
		arena_fmt(r->arena,
			"the link leads to the table \"%.*s\", which "
			"system \"%.*s\" does not list",
			STR_ARG(table), STR_ARG(s->name)),
		suggest_table(r, s, table));
}

static void no_column(
	struct yaml_reader *r, const struct map_table *to, str column, int line)
{
	if (to->has_unread)
		return;
	yaml_problem(r, line,
		arena_fmt(r->arena,
			"the link leads to the column \"%.*s\", which table "
			"\"%.*s\" does not list",
			STR_ARG(column), STR_ARG(to->name)),
		suggest_column(r, to, column));
}

/* False after a problem was said, or hides behind another one. */
static bool resolve(struct yaml_reader *r, const struct map_system *s,
	str written, int line, struct target *out)
{
	str table, column;
	const struct map_table *to;

	*out = (struct target){ NOWHERE, 0 };
	if (!written.n)
		return false;
	if (!split_target(s, written, &table, &column)) {
		yaml_problem(r, line,
			STR("\"to\" must be written as table.column"),
			STR("name the column, too, as in \"to: person.id\""));
		return false;
	}
	to = map_table_named(s, table);
	if (!to) {
		no_table(r, s, table, line);
		out->table = table_near(r, s, table);
		return false;
	}
	out->table = (size_t)(to - s->tables);
	out->column = map_column_index(to, column);
	if (out->column < to->columns_n)
		return true;
	no_column(r, to, column, line);
	out->column = to->key;
	return false;
}

/* Each end by itself; all have to be of one table. */
static void resolve_link(struct yaml_reader *r, const struct map_system *s,
	const struct map_table *from, struct map_link *l)
{
	size_t n = l->ends ? from->columns[l->column].parts_n : 1;
	size_t parts[MAP_PARTS_MAX];
	struct target at, first = { NOWHERE, 0 };

	l->is_dangling = true;
	l->to = NOWHERE;
	for (size_t i = 0; i < n; i++) {
		bool is_there = resolve(
			r, s, l->ends ? l->ends[i] : l->written, l->line, &at);

		if (!i)
			first = at;
		l->to = first.table;
		if (!is_there)
			return;
		if (at.table != first.table) {
			yaml_problem(r, l->line,
				STR("a link of several columns leads to one "
				    "table, and this one to two"),
				STR("name columns of one of them, and write a "
				    "link of its own to the other"));
			return;
		}
		parts[i] = at.column;
	}
	if (!n)
		return; /* told: other columns than ends */
	l->is_dangling = false;
	l->to_column =
		map_tuple_target(r, &s->tables[first.table], parts, n, l->line);
}

static void wrong_system(struct yaml_reader *r, const struct map *m,
	const struct map_cross *c, bool is_own)
{
	str *names = arena_many(r->arena, str, m->systems_n);
	bool is_unsure = r->is_lost || !c->system_name.n;

	for (size_t i = 0; i < m->systems_n; i++) {
		names[i] = m->systems[i].name;
		is_unsure |= !names[i].n;
	}
	if (!is_own && is_unsure)
		return;
	yaml_problem(r, c->line,
		arena_fmt(r->arena,
			is_own ? "\"system\" names the link's own system "
				 "\"%.*s\""
			       : "the link leads to the system \"%.*s\", "
				 "which the map does not list",
			STR_ARG(c->system_name)),
		is_own ? STR("leave \"system\" out")
		       : yaml_suggest(r->arena, c->system_name, names,
				 m->systems_n));
}

static void resolve_cross(struct yaml_reader *r, const struct map *m,
	const struct map_system *from, struct map_cross *c)
{
	const struct map_system *s = map_system_named(m, c->system_name);
	struct target at;

	c->is_dangling = true;
	c->to = NOWHERE;
	if (!s || s == from) {
		wrong_system(r, m, c, s != NULL);
		return;
	}
	c->is_dangling = !resolve(r, s, c->written, c->line, &at);
	c->system = (size_t)(s - m->systems);
	c->to = at.table;
	c->to_column = at.column;
}

static void resolve_after(struct yaml_reader *r, const struct map_system *s,
	const struct map_table *t, struct map_after *at)
{
	const struct map_table *first = map_table_named(s, at->name);

	at->is_dangling = !first || first == t;
	if (!at->is_dangling) {
		at->table = (size_t)(first - s->tables);
		return;
	}
	if (!at->name.n || (!first && has_nameless(r, s)))
		return;
	yaml_problem(r, at->line,
		arena_fmt(r->arena,
			first ? "\"after\" names its own table \"%.*s\""
			      : "\"after\" names the table \"%.*s\", which the "
				"system does not list",
			STR_ARG(at->name)),
		first ? STR("leave it out") : suggest_table(r, s, at->name));
}

static void resolve_all(
	struct yaml_reader *r, const struct map *m, const struct map_system *s)
{
	for (size_t t = 0; t < s->tables_n; t++) {
		const struct map_table *tb = &s->tables[t];

		for (size_t i = 0; i < tb->links_n; i++)
			resolve_link(r, s, tb, &tb->links[i]);
		for (size_t i = 0; i < tb->crosses_n; i++)
			resolve_cross(r, m, s, &tb->crosses[i]);
		for (size_t i = 0; i < tb->after_n; i++)
			resolve_after(r, s, tb, &tb->after[i]);
	}
}

/* What is not known of it may lead to it: a column that could not be read, or a link. */
static bool is_unsure(const struct map_table *t)
{
	bool unsure = t->has_unread;

	for (size_t i = 0; i < t->links_n; i++)
		unsure |= t->links[i].is_dangling;
	for (size_t i = 0; i < t->crosses_n; i++)
		unsure |= t->crosses[i].is_dangling;
	return unsure;
}

static bool identifies(const struct map_table *t)
{
	if (is_unsure(t))
		return true;
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].is_identifier)
			return true;
	return false;
}

static bool spread_link(
	const struct map_link *l, size_t t, bool *is_reached, bool *is_entry)
{
	bool up = l->is_shared ? is_reached[t] : is_entry[t];
	bool down = !l->is_shared && is_reached[l->to];
	bool has_grown = (up && !is_reached[l->to]) || (down && !is_reached[t]);

	if (up && !l->is_shared && !is_entry[l->to])
		has_grown = is_entry[l->to] = true;
	is_reached[l->to] |= up;
	is_reached[t] |= down;
	return has_grown;
}

/*
 * One round of what a search does (find.h): from an owner down, from a row that
 * identifies or was climbed to up, by a shared link up from anywhere.
 */
static bool spread(const struct map_system *s, bool *is_reached, bool *is_entry)
{
	bool has_grown = false;

	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].links_n; i++) {
			const struct map_link *l = &s->tables[t].links[i];

			if (l->to != NOWHERE)
				has_grown |=
					spread_link(l, t, is_reached, is_entry);
		}
	return has_grown;
}

void map_reach(const struct map_system *s, bool *is_reached)
{
	bool is_entry[MAP_TABLES_MAX] = { false };

	for (size_t t = 0; t < s->tables_n; t++)
		is_entry[t] = is_reached[t] = identifies(&s->tables[t]);
	while (spread(s, is_reached, is_entry))
		;
}

/* What a search of the whole map comes to, system by system. */
struct reach {
	bool is_reached[MAP_TABLES_MAX];
	bool is_entry[MAP_TABLES_MAX];
};

static bool spread_cross(const struct map_cross *c, size_t t,
	struct reach *here, struct reach *there)
{
	bool up = here->is_entry[t];
	bool down = there->is_reached[c->to];
	bool has_grown = (up && !there->is_entry[c->to]) ||
			 (down && !here->is_reached[t]);

	there->is_entry[c->to] |= up;
	there->is_reached[c->to] |= up;
	here->is_reached[t] |= down;
	return has_grown;
}

/* A key that was found in one system opens the other. */
static bool spread_across(const struct map *m, size_t system, struct reach *all)
{
	const struct map_system *s = &m->systems[system];
	struct reach *here = &all[system];
	bool has_grown = false;

	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].crosses_n; i++) {
			const struct map_cross *c = &s->tables[t].crosses[i];

			if (c->to != NOWHERE)
				has_grown |= spread_cross(
					c, t, here, &all[c->system]);
		}
	return has_grown;
}

static struct reach *reach_of(struct arena *a, const struct map *m)
{
	struct reach *all = arena_many(a, struct reach, m->systems_n);
	bool has_grown = true;

	for (size_t i = 0; i < m->systems_n; i++)
		for (size_t t = 0; t < m->systems[i].tables_n; t++)
			all[i].is_entry[t] = all[i].is_reached[t] =
				identifies(&m->systems[i].tables[t]);
	while (has_grown) {
		has_grown = false;
		for (size_t i = 0; i < m->systems_n; i++) {
			while (spread(&m->systems[i], all[i].is_reached,
				all[i].is_entry))
				;
			has_grown |= spread_across(m, i, all);
		}
	}
	return all;
}

/* A table of any system, and which were come to. */
struct trail {
	const struct map *map;
	bool (*seen)[MAP_TABLES_MAX]; /* one row a system */
	bool has_grown;
};

static void step_to(struct trail *t, size_t system, size_t table)
{
	if (table == NOWHERE)
		return;
	t->has_grown |= !t->seen[system][table];
	t->seen[system][table] = true;
}

static void step_on(struct trail *t, size_t system, size_t table)
{
	const struct map_table *tb = &t->map->systems[system].tables[table];

	for (size_t i = 0; i < tb->links_n; i++)
		step_to(t, system, tb->links[i].to);
	for (size_t i = 0; i < tb->crosses_n; i++)
		step_to(t, tb->crosses[i].system, tb->crosses[i].to);
}

/* Follows links from a table, within systems and across, back to it. */
static bool is_in_cycle(const struct map *m, size_t system, size_t table)
{
	bool seen[MAP_SYSTEMS_MAX][MAP_TABLES_MAX] = { 0 };
	struct trail t = { .map = m, .seen = seen };

	step_on(&t, system, table);
	while (t.has_grown && !t.seen[system][table]) {
		t.has_grown = false;
		for (size_t s = 0; s < m->systems_n; s++)
			for (size_t i = 0; i < m->systems[s].tables_n; i++)
				if (t.seen[s][i])
					step_on(&t, s, i);
	}
	return t.seen[system][table];
}

static void check_reach(struct yaml_reader *r, const struct map *m,
	size_t system, const bool *is_reached)
{
	const struct map_system *s = &m->systems[system];

	for (size_t t = 0; t < s->tables_n; t++) {
		const struct map_table *tb = &s->tables[t];

		if (is_reached[t] || !tb->name.n)
			continue;
		if (r->problems->n == MAP_PROBLEMS_MAX)
			return;
		yaml_problem(r, tb->line,
			arena_fmt(r->arena,
				is_in_cycle(m, system, t)
					? "table \"%.*s\" is in a cycle of "
					  "links that no identifier leads into"
					: "no identifier leads to table "
					  "\"%.*s\"",
				STR_ARG(tb->name)),
			STR("mark a column with \"identifies\", or link it to "
			    "a table that has one"));
	}
}

static void check_system(struct yaml_reader *r, const struct map *m,
	size_t system, const bool *is_reached)
{
	const struct map_system *s = &m->systems[system];

	r->problems->file = s->file;
	map_check_exempt(r, s);
	map_check_summary(r, m, s);
	/* Who looks is told whom for; and what could not be read may lead anywhere. */
	if (!map_asks_person(s) && !r->is_lost)
		check_reach(r, m, system, is_reached);
}

void map_check(struct yaml_reader *r, struct map *m)
{
	bool is_read = !r->problems->n;
	struct reach *all;

	check_names(r, m);
	map_check_never(r, m);
	for (size_t i = 0; i < m->systems_n; i++) {
		r->problems->file = m->systems[i].file;
		resolve_all(r, m, &m->systems[i]);
	}
	map_check_automated(r, m);
	for (size_t i = 0; i < m->systems_n; i++) {
		r->problems->file = m->systems[i].file;
		map_check_order(r, &m->systems[i]);
	}
	all = reach_of(r->arena, m);
	for (size_t i = 0; i < m->systems_n; i++)
		check_system(r, m, i, all[i].is_reached);
	if (is_read)
		map_check_words(r, m);
}
