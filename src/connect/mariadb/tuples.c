/* Several columns that are one key or one link, by what each of them is. */
#include "base/base.h"
#include "connect/mariadb/session.h"
#include "connect/tuple.h"

/* The tuples that the columns can hold, taken apart. */
struct apart {
	struct cell (*at)[MAP_PARTS_MAX];
	size_t n;
	const struct map_names *columns;
	enum maria_class class_of[MAP_PARTS_MAX];
};

/* One comparison: some of the columns, each in one of these ways. */
enum way { BY_NOTHING, AS_THE_COLUMN_DOES, BY_BYTES, BY_NUMBER };

static bool holds_all(
	const struct apart *x, const struct cell *parts, bool is_loose)
{
	for (size_t i = 0; i < x->columns->n; i++)
		if (!maria_may_hold(x->class_of[i], &parts[i], is_loose))
			return false;
	return true;
}

static void take_apart(
	struct arena *a, const struct maria_among *in, struct apart *x)
{
	x->at = arena_alloc(a, (in->n + 1) * sizeof *x->at);
	for (size_t i = 0; i < in->n; i++)
		if (tuple_read(a, &in->values[i], x->at[x->n], x->columns->n) &&
			holds_all(x, x->at[x->n], in->is_loose))
			x->n++;
}

static str compared(struct arena *a, str column, enum way way)
{
	const struct statement_part parts[] = {
		{ "column", name_quoted(a, column) },
	};

	return way == BY_BYTES ? str_of(statement_fill(a,
					 maria_statements[MARIA_SAY_BYTES_OF],
					 parts, COUNTOF(parts)))
			       : parts[0].text;
}

/* `("order", "line") in ((?,?),(?,?))`, and the values; empty when no column is compared. */
static str tuples_in(
	struct maria_values *v, const struct apart *x, const enum way *ways)
{
	struct arena *a = v->arena;
	struct buf rows = buf_in(a, STATEMENT_SIZE_MAX);
	str names[MAP_PARTS_MAX], marks[MAP_PARTS_MAX];
	struct statement_part parts[2] = { { "columns", { 0 } },
		{ "values", { 0 } } };
	size_t n = 0;

	for (size_t i = 0; i < x->columns->n; i++) {
		if (ways[i] == BY_NOTHING)
			continue;
		names[n] = compared(a, x->columns->at[i], ways[i]);
		marks[n++] = ways[i] == BY_NUMBER ? str_of(MARIA_DECIMAL_MARK)
						  : STR("?");
	}
	if (!n)
		return (str){ 0 };
	for (size_t t = 0; t < x->n; t++) {
		buf_fmt(&rows, "%s(%.*s)", t ? "," : "",
			STR_ARG(arena_join(a, marks, n, STR(","))));
		for (size_t i = 0; i < x->columns->n; i++)
			if (ways[i] != BY_NOTHING)
				maria_values_put(v, &x->at[t][i],
					ways[i] == BY_BYTES ||
							x->class_of[i] ==
								CLASS_BYTES
						? AS_BYTES
						: AS_TEXT);
	}
	must(buf_ok(&rows));
	parts[0].text = arena_join(a, names, n, STR(", "));
	parts[1].text = buf_str(&rows);
	return str_of(statement_fill(
		a, maria_statements[MARIA_SAY_TUPLES], parts, COUNTOF(parts)));
}

/* By which an index serves. */
static enum way rough_way(enum maria_class k)
{
	switch (k) {
	case CLASS_OTHER:
		return BY_NOTHING;
	case CLASS_DECIMAL:
		return BY_NUMBER;
	default:
		return AS_THE_COLUMN_DOES;
	}
}

/* That nothing else than this value stands there. */
static enum way exact_way(enum maria_class k, bool is_loose)
{
	if (k == CLASS_DECIMAL || k == CLASS_BYTES ||
		(is_loose && k != CLASS_OTHER))
		return rough_way(k);
	return BY_BYTES;
}

int maria_put_tuples(struct maria_conn *c, const struct maria_among *in,
	struct maria_values *values, str *text, struct err *e)
{
	struct arena *a = values->arena;
	struct apart x = { .columns = in->tuple };
	enum way rough[MAP_PARTS_MAX], exact[MAP_PARTS_MAX];
	bool is_exact = true;
	str first = { 0 };

	for (size_t i = 0; i < x.columns->n; i++) {
		struct maria_among one = { .table = in->table,
			.column = x.columns->at[i] };

		if (maria_class_of(c, a, &one, &x.class_of[i], e))
			return -1;
		rough[i] = rough_way(x.class_of[i]);
		exact[i] = exact_way(x.class_of[i], in->is_loose);
		is_exact = is_exact && rough[i] == exact[i];
	}
	take_apart(a, in, &x);
	if (!x.n) {
		*text = STR("1 = 0");
		return 0;
	}
	if (!in->is_indexless && !is_exact)
		first = tuples_in(values, &x, rough);
	*text = tuples_in(values, &x, exact);
	if (first.n)
		*text = arena_fmt(
			a, "%.*s and %.*s", STR_ARG(first), STR_ARG(*text));
	return 0;
}
