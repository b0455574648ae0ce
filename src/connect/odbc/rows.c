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
#include "connect/odbc/place.h"

struct look {
	struct matcher matcher;
	row_fn *fn;
	void *ctx;
	size_t rows_n;
	bool is_whole;           /* the whole table is read */
	bool is_partly;          /* it was asked by some of the columns only */
	struct odbc_kind *kinds; /* of the columns */
	struct odbc_place where; /* its columns come behind them */
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
	return l->matcher.query->is_loose && !l->is_partly &&
	       (!l->is_whole || odbc_numbers_have(&l->numbers, where));
}

static struct cell unfilled(const struct odbc_kind *kind, const struct cell *c)
{
	struct cell out = *c;

	if (kind->fill && !out.is_cut)
		out.v.v = filled_value(out.v.v);
	return out;
}

/* Those that are filled up without what fills them. */
static void take_cells(
	const struct look *l, const struct cell *cells, struct cell *out)
{
	const struct row_query *q = l->matcher.query;

	for (size_t i = 0; i < q->columns_n; i++) {
		out[i] = unfilled(&l->kinds[i], &cells[i]);
		/* Of a tuple all columns have to come whole. */
		if (!q->is_all && odbc_is_tuple(&l->where))
			cell_cut(&out[i], q->cell_max);
	}
}

/* What stands where it is looked. */
static struct cell where_cell(struct look *l, const struct cell *cells)
{
	struct cell out = unfilled(&l->where.kinds[0], cells);

	if (!odbc_is_tuple(&l->where))
		return out;
	if (arena_used(l->cell))
		arena_clear(l->cell);
	out = (struct cell){ .type = CELL_TEXT };
	if (!odbc_place_text(l->cell, &l->where, cells, &out.v.v))
		out.type = CELL_NULL;
	return out;
}

/* The last cells are those of the columns that are looked at.  A sample is enough. */
static int take_row(void *ctx, const struct cell *read, size_t n, struct err *e)
{
	struct look *l = ctx;
	const struct row_query *q = l->matcher.query;
	struct cell cells[CONNECT_COLUMNS_MAX];
	struct cell where = { .type = CELL_NULL };

	must(n == q->columns_n + (q->is_all ? 0 : l->where.columns.n) &&
		q->columns_n <= COUNTOF(cells));
	take_cells(l, read, cells);
	if (!q->is_all)
		where = where_cell(l, &read[q->columns_n]);
	if (!is_taken(l, &where))
		return 0;
	if (l->fn(l->ctx, cells, q->columns_n, e) < 0)
		return -1;
	return q->is_all && ++l->rows_n == q->rows_max;
}

static struct map_names where_names(const struct row_query *q)
{
	struct map_names out = { .at = { q->where }, .n = 1 };

	for (size_t i = 0; i < q->parts_n; i++)
		out.at[i] = q->parts[i];
	if (q->parts_n)
		out.n = q->parts_n;
	return out;
}

/* All that is read: what was asked for, and where it is looked. */
static struct insert_table read_of(struct arena *a, const struct row_query *q)
{
	struct map_names where = where_names(q);
	str *columns = arena_many(a, str, q->columns_n + where.n);
	struct insert_table out = { q->table, columns, q->columns_n };

	for (size_t i = 0; i < q->columns_n; i++)
		columns[i] = q->columns[i];
	for (size_t i = 0; !q->is_all && i < where.n; i++)
		columns[out.columns_n++] = where.at[i];
	return out;
}

static const char *text_of(const struct odbc_conn *c, struct arena *a,
	const struct row_query *q, enum odbc_statement s, str same)
{
	struct insert_table read = read_of(a, q);
	const struct statement_part parts[] = {
		{ "columns", odbc_columns(c, a, read.columns, read.columns_n) },
		{ "table", odbc_name(c, a, q->table) },
		{ "same", same },
	};

	return statement_fill(a, odbc_statements[s], parts, COUNTOF(parts));
}

static int ask(struct odbc_conn *c, struct arena *a, struct look *l,
	enum odbc_statement s, const struct odbc_part *part, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct odbc_ask text = {
		.sql = text_of(c, a, q, s, part ? part->same : (str){ 0 }),
		.values = part ? part->values : NULL,
		.n = part ? part->n : 0,
		.what = table_in_words(a, q->table),
	};
	bool is_tuple = !q->is_all && odbc_is_tuple(&l->where);
	struct odbc_reader rd = { take_row, l, is_tuple ? 0 : q->cell_max,
		q->columns_n };

	return odbc_link_ask(&c->link, &text, &rd, NULL, e);
}

static int look_for_part(struct odbc_conn *c, struct look *l,
	const struct odbc_wanted *part, struct err *e)
{
	struct arena *a = arena_new(ODBC_SCRATCH_MAX);
	struct odbc_part p =
		odbc_part_of(c, a, &l->where, ODBC_NAME_SURE, part);
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
	size_t most = odbc_at_once(&l->where);

	for (size_t at = 0; at < all->n; at += most) {
		struct odbc_wanted part = { all->at + at, all->n - at };

		if (part.n > most)
			part.n = most;
		if (look_for_part(c, l, &part, e) < 0)
			return -1;
	}
	return 0;
}

/* That the columns are there is asked even when no value could be. */
static int learn_kinds(
	struct odbc_conn *c, struct arena *a, struct look *l, struct err *e)
{
	const struct row_query *q = l->matcher.query;
	struct insert_table t = read_of(a, q);

	l->kinds = arena_many(a, struct odbc_kind, t.columns_n);
	if (odbc_kinds(c, a, &t, l->kinds, e) < 0)
		return -1;
	l->where.columns = where_names(q);
	for (size_t i = q->columns_n; i < t.columns_n; i++)
		l->where.kinds[i - q->columns_n] = l->kinds[i];
	return 0;
}

static bool reads_whole(const struct row_query *q, const struct odbc_place *p)
{
	return q->is_all || q->match == MATCH_IDENT || !odbc_is_any_sure(p);
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
	const struct odbc_kind *kind = &l->where.kinds[0];
	struct odbc_wanted all;

	if (learn_kinds(c, a, l, e) < 0)
		return -1;
	if (q->is_all)
		return ask(c, a, l, ODBC_SAY_ROWS_ALL, NULL, e);
	l->is_whole = reads_whole(q, &l->where);
	l->is_partly = !q->match && !odbc_is_sure(&l->where) &&
		       odbc_is_tuple(&l->where);
	if (l->is_whole && kind->is_decimal && !odbc_is_tuple(&l->where))
		take_decimals(l, a, values, q->values_n);
	if (q->is_loose && l->is_whole)
		l->numbers = odbc_numbers_of(a, values, q->values_n);
	if (q->is_loose && kind->sort == ODBC_INT && !odbc_is_tuple(&l->where))
		values = odbc_plain(a, values, q->values_n);
	if (l->is_whole)
		return q->values_n ? ask(c, a, l, ODBC_SAY_ROWS_ALL, NULL, e)
				   : 0;
	all = odbc_wanted_of(c, a, &l->where, values, q->values_n);
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
	struct look l = { .matcher = { .query = q } };
	struct odbc_part part;
	struct odbc_wanted all;

	if (learn_kinds(c, a, &l, e) < 0)
		return -1;
	if (reads_whole(q, &l.where)) {
		*out = str_of(text_of(c, a, q, ODBC_SAY_ROWS_ALL, (str){ 0 }));
		return 0;
	}
	all = odbc_wanted_of(c, a, &l.where, q->values, q->values_n);
	if (all.n > odbc_at_once(&l.where))
		all.n = odbc_at_once(&l.where);
	part = odbc_part_of(c, a, &l.where, ODBC_NAME_SURE, &all);
	*out = str_of(text_of(c, a, q, ODBC_SAY_ROWS_AMONG, part.same));
	return 0;
}
