/* What the system lets nobody empty. */
#include "connect/never_empty.h"

#include <string.h>

#include "base/base.h"

enum answer { NOT_ASKED, MAY_BE_EMPTY, NEVER_EMPTY };

struct never_empty {
	const struct map_system *system;
	enum answer **of; /* table, column */
};

struct never_empty *never_empty_new(struct arena *a, const struct map_system *s)
{
	struct never_empty *n = arena_one(a, struct never_empty);

	n->system = s;
	n->of = arena_many(a, enum answer *, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		n->of[i] = arena_many(a, enum answer, s->tables[i].columns_n);
	return n;
}

static int ask_column(struct conn *c, const struct map_table *t, size_t column,
	enum answer *out, struct err *e)
{
	bool may = true;

	if (t->columns[column].way != WAY_EMPTY || *out != NOT_ASKED)
		return 0;
	if (conn_can_be_null(c, t->name, t->columns[column].name, &may, e))
		return -1;
	*out = may ? MAY_BE_EMPTY : NEVER_EMPTY;
	return 0;
}

int never_empty_ask(struct never_empty *n, struct conn *c,
	const struct map_system *as, struct err *e)
{
	must(as->tables_n == n->system->tables_n);
	for (size_t t = 0; t < as->tables_n; t++)
		for (size_t i = 0; i < as->tables[t].columns_n; i++)
			if (ask_column(c, &as->tables[t], i, &n->of[t][i], e))
				return -1;
	return 0;
}

static bool *mark_table(const enum answer *of, struct arena *a,
	const struct map_table *t, const struct found_table *f)
{
	bool *out = NULL;

	for (size_t i = 0; i < t->columns_n; i++) {
		if (of[i] != NEVER_EMPTY || t->columns[i].way != WAY_EMPTY ||
			!found_has_value(f, i))
			continue;
		if (!out)
			out = arena_many(a, bool, t->columns_n);
		out[i] = true;
	}
	return out;
}

struct finding never_empty_mark(const struct never_empty *n, struct arena *a,
	const struct map_system *as, const struct finding *f)
{
	struct finding out = *f;

	out.tables = arena_many(a, struct found_table, as->tables_n);
	memcpy(out.tables, f->tables, as->tables_n * sizeof *out.tables);
	for (size_t t = 0; t < as->tables_n; t++)
		if (out.tables[t].n)
			out.tables[t].never_empty = mark_table(
				n->of[t], a, &as->tables[t], &out.tables[t]);
	return out;
}
