#include "connect/odbc/order.h"

#include <string.h>

#include "base/base.h"

enum { NOBODY = -1 };

struct ordering {
	struct arena *arena;
	const struct map_table *table;
	const struct odbc_place *key;
	const struct map_link *link[MAP_LINKS_MAX]; /* to the table itself */
	size_t links_n;
	struct key_set keys; /* of the rows; the number is the row's */
	size_t n;
	/* For each link, of each row: what it refers to, and what it is referred to
	 * by. */
	str *from[MAP_LINKS_MAX];
	str *to[MAP_LINKS_MAX];
	ptrdiff_t *parent[MAP_LINKS_MAX];
	size_t *referring; /* rows that are left and refer to this one */
};

static void take_links(struct ordering *o, const struct map_system *s)
{
	size_t own = (size_t)(o->table - s->tables);

	for (size_t i = 0; i < o->table->links_n; i++) {
		if (o->table->links[i].to != own)
			continue;
		o->from[o->links_n] = arena_many(o->arena, str, o->n);
		o->to[o->links_n] = arena_many(o->arena, str, o->n);
		o->parent[o->links_n] = arena_many(o->arena, ptrdiff_t, o->n);
		o->link[o->links_n++] = &o->table->links[i];
	}
}

/* --- what refers to what --- */

/* An end of a link: of the same kind as the key, mostly because it is the key. */
static struct odbc_place end_of(const struct ordering *o, size_t column)
{
	struct odbc_place out = *o->key;

	out.columns = map_names_of(o->table, &o->table->columns[column]);
	return out;
}

/* The next cells are those of the column; *at goes on behind them. */
static str value_of(const struct ordering *o, size_t column,
	const struct cell *cells, size_t *at)
{
	struct odbc_place end = end_of(o, column);
	str text = { 0 };

	if (!odbc_place_text(o->arena, &end, &cells[*at], &text))
		text = (str){ 0 };
	*at += end.columns.n;
	return arena_dup(o->arena, text);
}

/* Both ends of each link, then the key. */
static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct ordering *o = ctx;
	const struct key_entry *k;
	size_t at = n - o->key->columns.n;
	str key = value_of(o, o->table->key, cells, &at);

	(void)e;
	k = key_set_find(&o->keys, key);
	if (!k)
		return 0;
	at = 0;
	for (size_t i = 0; i < o->links_n; i++) {
		size_t row = k->uses->number;

		o->from[i][row] = value_of(o, o->link[i]->column, cells, &at);
		o->to[i][row] = value_of(o, o->link[i]->to_column, cells, &at);
	}
	return 0;
}

static size_t put_names(const struct ordering *o, size_t column, str *out)
{
	struct odbc_place end = end_of(o, column);

	for (size_t i = 0; i < end.columns.n; i++)
		out[i] = end.columns.at[i];
	return end.columns.n;
}

static int read_part(struct odbc_conn *c, struct ordering *o,
	const struct odbc_part *part, struct err *e)
{
	const struct map_table *t = o->table;
	str *columns =
		arena_many(o->arena, str, (2 * o->links_n + 1) * MAP_PARTS_MAX);
	size_t columns_n = 0;
	struct odbc_reader rd = { take_row, o, 0, SIZE_MAX };
	struct odbc_ask q = { .values = part->values,
		.n = part->n,
		.what = table_in_words(o->arena, t->name) };

	for (size_t i = 0; i < o->links_n; i++) {
		columns_n +=
			put_names(o, o->link[i]->column, &columns[columns_n]);
		columns_n += put_names(
			o, o->link[i]->to_column, &columns[columns_n]);
	}
	columns_n += put_names(o, t->key, &columns[columns_n]);
	const struct statement_part parts[] = {
		{ "columns", odbc_columns(c, o->arena, columns, columns_n) },
		{ "table", odbc_name(c, o->arena, t->name) },
		{ "same", part->same },
	};

	q.sql = statement_fill(o->arena, odbc_statements[ODBC_SAY_ROWS_AMONG],
		parts, COUNTOF(parts));
	return odbc_link_ask(&c->link, &q, &rd, NULL, e);
}

static int read_links(struct odbc_conn *c, struct ordering *o,
	const struct odbc_wanted *all, struct err *e)
{
	size_t most = odbc_at_once(o->key);

	for (size_t at = 0; at < all->n; at += most) {
		struct odbc_wanted some = { all->at + at, all->n - at };
		struct odbc_part part;

		some.n = some.n < most ? some.n : most;
		part = odbc_part_of(c, o->arena, o->key, ODBC_NAME_READ, &some);
		if (read_part(c, o, &part, e) < 0)
			return -1;
	}
	return 0;
}

static void number(struct key_set *set, str text, size_t row)
{
	struct cell c = cell_text(text);

	key_set_add(set, &c, 1, row);
}

/* A row may refer to itself: that keeps it from nothing. */
static void find_parents(struct ordering *o, size_t link)
{
	struct key_set rows = key_set_in(o->arena, o->n);

	for (size_t i = 0; i < o->n; i++)
		if (o->to[link][i].n)
			number(&rows, o->to[link][i], i);
	for (size_t i = 0; i < o->n; i++) {
		const struct key_entry *k =
			o->from[link][i].n
				? key_set_find(&rows, o->from[link][i])
				: NULL;
		size_t row = k ? k->uses->number : i;

		o->parent[link][i] = row == i ? NOBODY : (ptrdiff_t)row;
		o->referring[row] += row != i;
	}
}

/* --- the order --- */

/* Out of `order`, which has those that nobody refers to, comes the order of all but the
 * circles. */
static size_t peel(struct ordering *o, size_t *order)
{
	size_t n = 0;

	for (size_t i = 0; i < o->n; i++)
		if (!o->referring[i])
			order[n++] = i;
	for (size_t at = 0; at < n; at++)
		for (size_t i = 0; i < o->links_n; i++) {
			ptrdiff_t parent = o->parent[i][order[at]];

			if (parent != NOBODY && !--o->referring[parent])
				order[n++] = (size_t)parent;
		}
	return n;
}

static size_t put_in_order(struct ordering *o, struct odbc_wanted *all)
{
	size_t *order = arena_many(o->arena, size_t, o->n);
	str *at = arena_many(o->arena, str, o->n);
	size_t peeled = peel(o, order), n = peeled;

	for (size_t i = 0; i < n; i++)
		at[i] = all->at[order[i]];
	for (size_t i = 0; i < o->n; i++)
		if (o->referring[i])
			at[n++] = all->at[i];
	must(n == o->n);
	memcpy(all->at, at, n * sizeof *at);
	return n - peeled;
}

int odbc_order(struct odbc_conn *c, const struct erase_step *step,
	const struct odbc_place *key, struct odbc_wanted *all, size_t *circle,
	struct err *e)
{
	struct ordering o = { .arena = arena_new(ODBC_SCRATCH_MAX),
		.table = step->table,
		.key = key,
		.n = all->n };
	int rc = 0;

	o.keys = key_set_in(o.arena, o.n);
	o.referring = arena_many(o.arena, size_t, o.n);
	take_links(&o, c->head.system);
	for (size_t i = 0; i < o.n; i++)
		number(&o.keys, all->at[i], i);
	if (o.links_n)
		rc = read_links(c, &o, all, e);
	for (size_t i = 0; !rc && i < o.links_n; i++)
		find_parents(&o, i);
	if (!rc)
		*circle = put_in_order(&o, all);
	arena_free(o.arena);
	return rc < 0 ? -1 : 0;
}
