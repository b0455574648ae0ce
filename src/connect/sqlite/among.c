/*
 * Conditions.  SQLite goes by an index over several columns when each is asked for a list of
 * values, and by none, or by its first column alone, when rows of values are: so tuples are
 * both.  It looks then for each pair of the lists, so these are kept short.
 */
#include "connect/sqlite/among.h"

#include "base/base.h"
#include "connect/keys.h"
#include "connect/sqlite/untyped.h"
#include "connect/statement.h"
#include "connect/tuple.h"

enum { PAIRS_MAX = 20000 }; /* that are looked for at once */

static str filled(struct arena *a, enum statement s, str columns, str values)
{
	const struct statement_part parts[] = {
		{ "column", columns },
		{ "values", values },
	};

	return str_of(
		statement_fill(a, sqlite_statement(s), parts, COUNTOF(parts)));
}

/* Tuples on their way into a statement. */
struct gathering {
	struct arena *arena;
	const struct sqlite_place *place;
	bool is_untyped[MAP_PARTS_MAX];
	struct cell (*at)[MAP_PARTS_MAX];
	size_t n;
	struct key_set lists[MAP_PARTS_MAX]; /* the values of each column */
	size_t taken;
};

static size_t pairs_with(const struct gathering *g, const struct cell *parts)
{
	size_t pairs = 1;

	for (size_t i = 0; i < g->place->columns.n; i++) {
		const struct key_set *list = &g->lists[i];

		if (!g->is_untyped[i])
			pairs *= list->n + !key_set_find(list, parts[i].v.v);
		if (pairs > PAIRS_MAX)
			break;
	}
	return pairs;
}

/* Columns without a type are asked by the bytes of what they hold: a tuple does not say
 * whether 7 was a number there (untyped.h). */
static void take(struct gathering *g, const struct cell *parts)
{
	for (size_t i = 0; i < g->place->columns.n; i++) {
		struct cell *c = &g->at[g->n][i];

		*c = parts[i];
		if (g->is_untyped[i])
			c->type = CELL_BLOB;
		key_set_add(&g->lists[i], c, 1, g->n);
	}
	g->n++;
}

/* is_whole: all of them, however many pairs they are. */
static struct gathering gather(struct arena *a, sqlite3 *db,
	const struct sqlite_place *p, const struct cell *values, size_t n,
	bool is_whole)
{
	struct gathering g = { .arena = a, .place = p };
	struct cell parts[MAP_PARTS_MAX];
	size_t most = CONNECT_VALUES_MAX / (2 * p->columns.n);

	most = is_whole || n < most ? n : most;
	g.at = arena_alloc(a, (most + 1) * sizeof *g.at);
	for (size_t i = 0; i < p->columns.n; i++) {
		g.is_untyped[i] =
			sqlite_is_untyped(a, db, p->table, p->columns.at[i]);
		g.lists[i] = key_set_in(a, most);
	}
	for (; g.taken < n && g.n < most; g.taken++) {
		if (!tuple_read(a, &values[g.taken], parts, p->columns.n))
			continue;
		if (!is_whole && g.n && pairs_with(&g, parts) > PAIRS_MAX)
			break;
		take(&g, parts);
	}
	return g;
}

static str column_of(const struct gathering *g, size_t i)
{
	str name = name_quoted(g->arena, g->place->columns.at[i]);

	return g->is_untyped[i]
		       ? filled(g->arena, SQLITE_SAY_AS_BYTES, name, (str){ 0 })
		       : name;
}

/* `("order", "line") in (values (?,?),(?,?))` */
static str rows_text(const struct gathering *g)
{
	struct buf b = buf_in(g->arena, STATEMENT_SIZE_MAX);
	size_t parts_n = g->place->columns.n;
	str one = question_marks(g->arena, parts_n), names[MAP_PARTS_MAX];

	for (size_t i = 0; i < parts_n; i++)
		names[i] = column_of(g, i);
	for (size_t i = 0; i < g->n; i++)
		buf_fmt(&b, "%s(%.*s)", i ? "," : "", STR_ARG(one));
	must(buf_ok(&b));
	return filled(g->arena, SQLITE_SAY_TUPLES,
		arena_join(g->arena, names, parts_n, STR(", ")), buf_str(&b));
}

static size_t put_rows(const struct gathering *g, struct cell *out)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		for (size_t k = 0; k < g->place->columns.n; k++)
			out[n++] = g->at[i][k];
	return n;
}

/* `"order" in (?,?) and "line" in (?) and `, and the values; each is the first that was taken
 * with that text. */
static str lists_text(const struct gathering *g, struct cell *out, size_t *n)
{
	struct buf b = buf_in(g->arena, STATEMENT_SIZE_MAX);

	for (size_t i = 0; i < g->place->columns.n; i++) {
		const struct key_set *list = &g->lists[i];
		str same = filled(g->arena, SQLITE_SAY_AMONG, column_of(g, i),
			question_marks(g->arena, list->n));

		if (g->is_untyped[i])
			continue;
		buf_fmt(&b, "%.*s and ", STR_ARG(same));
		for (size_t k = 0; k < list->n; k++)
			out[(*n)++] = g->at[list->at[k].uses->number][i];
	}
	must(buf_ok(&b));
	return buf_str(&b);
}

static struct sqlite_among tuples(const struct gathering *g, bool has_lists)
{
	struct arena *a = g->arena;
	struct cell *cells =
		arena_many(a, struct cell, 2 * g->n * g->place->columns.n);
	struct sqlite_among out = { .cells = cells, .taken = g->taken };
	str lists = { 0 };

	out.text = STR("0");
	if (!g->n)
		return out;
	if (has_lists)
		lists = lists_text(g, cells, &out.n);
	out.n += put_rows(g, &cells[out.n]);
	out.text =
		arena_fmt(a, "%.*s%.*s", STR_ARG(lists), STR_ARG(rows_text(g)));
	return out;
}

static struct sqlite_among values_of(struct arena *a,
	const struct sqlite_place *p, const struct cell *values, size_t n)
{
	return (struct sqlite_among){
		.text = filled(a, SQLITE_SAY_AMONG,
			name_quoted(a, p->columns.at[0]), question_marks(a, n)),
		.cells = values,
		.n = n,
		.taken = n,
	};
}

struct sqlite_among sqlite_among_of(struct arena *a, sqlite3 *db,
	const struct sqlite_place *p, const struct cell *values, size_t n)
{
	struct gathering g;

	if (p->columns.n == 1)
		return values_of(a, p, values, n);
	g = gather(a, db, p, values, n, false);
	return tuples(&g, true);
}

struct sqlite_among sqlite_besides(struct arena *a, sqlite3 *db,
	const struct sqlite_place *p, const struct cell *values, size_t n)
{
	struct gathering g;

	if (p->columns.n == 1)
		return values_of(a, p, values, n);
	g = gather(a, db, p, values, n, true);
	return tuples(&g, false);
}
