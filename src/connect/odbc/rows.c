/*
 * Look-ups.  Of a database that can be any, two things are known: it compares
 * with "in", and its "in" may be wider than equality of bytes.  So what it finds
 * is looked at again here.  Identifiers in any spelling, and values of columns
 * that are neither numbers nor texts nor bytes, are looked for in the whole
 * table: there is no function that all databases have.
 */
#include "base/base.h"
#include "connect/decimal.h"
#include "connect/filled.h"
#include "connect/matcher.h"
#include "connect/odbc/loose.h"
#include "connect/odbc/session.h"

struct look {
	struct matcher matcher;
	row_fn *fn;
	void *ctx;
	size_t rows_n;
	bool is_whole;           /* the whole table is read */
	struct odbc_kind *kinds; /* of the columns, and of `where` */
	struct odbc_numbers numbers;
	struct key_set decimals; /* the values, plainly */
	struct arena *cell;      /* for one cell */
};

/* Where the database can't be asked what it takes for the same number. */
static bool has_decimal(const struct look *l, const struct cell *where)
{
	if (!l->decimals.n || !where->is_decimal)
		return false;
	if (arena_used(l->cell))
		arena_clear(l->cell);
	return key_set_find(&l->decimals, decimal_plain(l->cell, where->v.v));
}

/* Of a whole table what is written otherwise is taken where it is the same number. */
static bool is_taken(const struct look *l, const struct cell *where)
{
	if (matcher_takes(&l->matcher, where) || has_decimal(l, where))
		return true;
	return l->matcher.query->is_loose &&
	       (!l->is_whole || odbc_numbers_have(&l->numbers, where));
}

/* Those that are filled up without what fills them. */
static void take_cells(const struct look *l, const struct cell *cells, size_t n,
	struct cell *out)
{
	for (size_t i = 0; i < n; i++) {
		out[i] = cells[i];
		if (l->kinds[i].fill && !out[i].is_cut)
			out[i].v.v = filled_value(out[i].v.v);
	}
}

/* The last cell is that of the column that is looked at.  A sample is enough. */
static int take_row(void *ctx, const struct cell *read, size_t n, struct err *e)
{
	struct look *l = ctx;
	const struct row_query *q = l->matcher.query;
	struct cell cells[MAP_COLUMNS_MAX + MAP_LINKS_MAX + 2];

	must(n == q->columns_n + !q->is_all && n <= COUNTOF(cells));
	take_cells(l, read, n, cells);
	if (!is_taken(l, &cells[n - 1]))
		return 0;
	if (l->fn(l->ctx, cells, q->columns_n, e) < 0)
		return -1;
	return q->is_all && ++l->rows_n == q->rows_max;
}

static const char *text_of(const struct odbc_conn *c, struct arena *a,
	const struct row_query *q, enum odbc_statement s, str marks)
{
	const struct statement_part parts[] = {
		{ "columns", odbc_columns(c, a, q->columns, q->columns_n) },
		{ "table", odbc_name(c, a, q->table) },
		{ "column", odbc_columns(c, a, &q->where, 1) },
		{ "values", marks },
	};

	return statement_fill(a, odbc_statements[s], parts, COUNTOF(parts));
}

static int ask(struct odbc_conn *c, struct arena *a, struct look *l,
	enum odbc_statement s, const struct odbc_part *part, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct odbc_ask text = {
		.sql = text_of(c, a, q, s, part ? part->marks : (str){ 0 }),
		.values = part ? part->values : NULL,
		.n = part ? part->n : 0,
		.what = table_in_words(a, q->table),
	};
	struct odbc_reader rd = { take_row, l, q->cell_max, q->columns_n };

	return odbc_link_ask(&c->link, &text, &rd, NULL, e);
}

static struct odbc_kind where_kind(const struct look *l)
{
	return l->kinds[l->matcher.query->columns_n];
}

static int look_for_part(struct odbc_conn *c, struct look *l,
	const struct odbc_wanted *part, struct err *e)
{
	struct arena *a = arena_new(ODBC_SCRATCH_MAX);
	struct odbc_part p = odbc_part_of(a, where_kind(l), part->at, part->n);
	int rc;

	l->matcher.keys = p.set;
	rc = ask(c, a, l, ODBC_SAY_ROWS_AMONG, &p, e);
	arena_free(a);
	return rc;
}

/* A row that two parts would find, by a wide "in", is taken by one of them. */
static int look_for(struct odbc_conn *c, struct look *l,
	const struct odbc_wanted *all, struct err *e)
{
	for (size_t at = 0; at < all->n; at += ODBC_VALUES_AT_ONCE) {
		struct odbc_wanted part = { all->at + at, all->n - at };

		if (part.n > ODBC_VALUES_AT_ONCE)
			part.n = ODBC_VALUES_AT_ONCE;
		if (look_for_part(c, l, &part, e) < 0)
			return -1;
	}
	return 0;
}

/* That the columns are there is asked even when no value could be.  `where` is the last. */
static int learn_kinds(struct odbc_conn *c, struct arena *a,
	const struct row_query *q, struct odbc_kind **out, struct err *e)
{
	size_t n = q->columns_n + 1;
	str *columns = arena_many(a, str, n);
	struct insert_table t = { q->table, columns, n - q->is_all };

	*out = arena_many(a, struct odbc_kind, n);
	for (size_t i = 0; i < q->columns_n; i++)
		columns[i] = q->columns[i];
	columns[n - 1] = q->where;
	return odbc_kinds(c, a, &t, *out, e);
}

static enum odbc_statement way_of(
	const struct row_query *q, const struct odbc_kind *kinds)
{
	if (q->is_all)
		return ODBC_SAY_ROWS_ALL;
	return q->match == MATCH_IDENT || kinds[q->columns_n].sort == ODBC_OTHER
		       ? ODBC_SAY_ROWS_WHOLE
		       : ODBC_SAY_ROWS_AMONG;
}

static void take_decimals(
	struct look *l, struct arena *a, const struct cell *values, size_t n)
{
	l->decimals = key_set_in(a, n);
	for (size_t i = 0; i < n; i++) {
		struct cell plain = values[i];

		if (!decimal_fits(plain.v.v, SIZE_MAX))
			continue;
		plain.v.v = decimal_plain(a, plain.v.v);
		key_set_add(&l->decimals, &plain, 1, i);
	}
}

static int look(
	struct odbc_conn *c, struct arena *a, struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	const struct cell *values = q->values;
	enum odbc_statement way;
	struct odbc_wanted all;

	if (learn_kinds(c, a, q, &l->kinds, e) < 0)
		return -1;
	way = way_of(q, l->kinds);
	if (way == ODBC_SAY_ROWS_ALL)
		return ask(c, a, l, way, NULL, e);
	l->is_whole = way == ODBC_SAY_ROWS_WHOLE;
	if (l->is_whole && where_kind(l).is_decimal)
		take_decimals(l, a, values, q->values_n);
	if (q->is_loose && l->is_whole)
		l->numbers = odbc_numbers_of(a, values, q->values_n);
	if (q->is_loose && where_kind(l).sort == ODBC_INT)
		values = odbc_plain(a, values, q->values_n);
	if (l->is_whole)
		return q->values_n ? ask(c, a, l, way, NULL, e) : 0;
	all = odbc_wanted_of(c, a, where_kind(l), values, q->values_n);
	return look_for(c, l, &all, e);
}

int odbc_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct arena *a = arena_new(ODBC_SCRATCH_MAX);
	struct look l = { .matcher = matcher_of(a, q),
		.fn = fn,
		.ctx = ctx,
		.cell = arena_new(ODBC_SCRATCH_MAX) };
	int rc = look(odbc_own(conn), a, &l, e);

	arena_free(l.cell);
	arena_free(a);
	return rc;
}

int odbc_plan(struct conn *conn, struct arena *a, const struct row_query *q,
	str *out, struct err *e)
{
	struct odbc_conn *c = odbc_own(conn);
	size_t n = q->values_n < ODBC_VALUES_AT_ONCE ? q->values_n
						     : ODBC_VALUES_AT_ONCE;
	struct odbc_kind *kinds;

	if (learn_kinds(c, a, q, &kinds, e) < 0)
		return -1;
	*out = str_of(text_of(c, a, q, way_of(q, kinds), question_marks(a, n)));
	return 0;
}
