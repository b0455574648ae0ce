/*
 * What the map leaves open, and is no mistake: whose addresses a column holds, where a
 * search has to know; and columns by which a database is read from front to back.
 */
#include "base/base.h"
#include "base/buf.h"
#include "connect/map.h"

enum { NAMES_FEW = 5, NAMES_MAX = 4096 };

struct noting {
	struct arena *arena;
	const struct map_system *system;
	struct map_problems *out;
};

static void add(const struct noting *n, int line, str text, str hint)
{
	struct map_problems *ps = n->out;

	if (ps->n < MAP_PROBLEMS_MAX)
		ps->at[ps->n++] = (struct map_problem){ n->system->file, line,
			text, hint };
}

static void note(const struct noting *n, int line, str text)
{
	add(n, line, text,
		STR("give \"own: true\" to those that hold the "
		    "addresses of whose the row is, and no "
		    "\"identifies\" to a friend's or a recipient's"));
}

/* One for a system: most maps have such columns, and small tables stay quick. */
static void note_passes(const struct noting *n)
{
	const struct map_system *s = n->system;
	struct buf b = buf_in(n->arena, NAMES_MAX);
	size_t found = 0;

	if (!connector_kind_has_index(s->connector))
		return;
	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].columns_n; i++) {
			const struct map_column *c = &s->tables[t].columns[i];

			if (!c->is_identifier || c->is_standardized ||
				found++ >= NAMES_FEW)
				continue;
			buf_fmt(&b, "%s%.*s.%.*s", b.n ? ", " : "",
				STR_ARG(s->tables[t].name), STR_ARG(c->name));
		}
	if (!found)
		return;
	if (found > NAMES_FEW)
		buf_fmt(&b, " and %zu more", found - NAMES_FEW);
	add(n, s->line,
		arena_fmt(n->arena,
			"each search reads the whole table, for lack of "
			"\"standardized\": %.*s",
			STR_ARG(buf_str(&b))),
		STR("of a large table, mark a column that holds what Toyon "
		    "writes and has an index, or give the system a longer "
		    "\"timeout\""));
}

/* How many columns identify by this kind, and how many of them are the owner's own. */
static size_t columns_of(
	const struct map_table *t, enum ident_kind kind, bool only_own)
{
	size_t n = 0;

	for (size_t i = 0; i < t->columns_n; i++)
		n += t->columns[i].is_identifier &&
		     t->columns[i].kind == kind &&
		     (!only_own || t->columns[i].is_own);
	return n;
}

static bool belongs_to(const struct map_table *t, size_t owner)
{
	for (size_t i = 0; i < t->links_n; i++)
		if (!t->links[i].is_shared && t->links[i].to == owner)
			return true;
	return false;
}

static void note_table(
	const struct noting *n, size_t table, enum ident_kind kind)
{
	const struct map_table *t = &n->system->tables[table];
	size_t all = columns_of(t, kind, false), children = 0, own = 0;
	const char *name = ident_kind_name(kind);

	if (all > 1 && !columns_of(t, kind, true))
		note(n, t->line,
			arena_fmt(n->arena,
				"table \"%.*s\" identifies by %zu columns of "
				"kind %s: a row with two different values "
				"counts as two people's",
				STR_ARG(t->name), all, name));
	for (size_t i = 0; !all && i < n->system->tables_n; i++) {
		const struct map_table *child = &n->system->tables[i];

		if (!belongs_to(child, table))
			continue;
		children += columns_of(child, kind, false) > 0;
		own += columns_of(child, kind, true);
	}
	if (children > 1 && !own)
		note(n, t->line,
			arena_fmt(n->arena,
				"%zu tables identify the rows of \"%.*s\" by "
				"%s: where they differ, the rows count as "
				"somebody else's, too",
				children, STR_ARG(t->name), name));
}

void map_own_notes(
	struct arena *a, const struct map_system *s, struct map_problems *out)
{
	struct noting n = { a, s, out };

	for (size_t t = 0; t < s->tables_n; t++)
		for (int kind = 0; kind < IDENT_KINDS; kind++)
			note_table(&n, t, (enum ident_kind)kind);
	note_passes(&n);
}
