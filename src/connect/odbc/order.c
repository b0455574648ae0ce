#include "connect/odbc/order.h"

#include <string.h>

#include "base/base.h"
#include "connect/filled.h"

enum { NOBODY = -1 };

struct ordering {
	struct arena *arena;
	const struct map_table *table;
	struct odbc_kind key_kind;
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

static str value_of(const struct ordering *o, const struct cell *c)
{
	return o->key_kind.fill ? filled_value(c->v.v) : c->v.v;
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct ordering *o = ctx;
	const struct key_entry *k =
		key_set_find(&o->keys, value_of(o, &cells[n - 1]));

	(void)e;
	if (!k || cells[n - 1].type == CELL_NULL)
		return 0;
	for (size_t i = 0; i < o->links_n; i++) {
		size_t row = k->uses->number;

		o->from[i][row] =
			arena_dup(o->arena, value_of(o, &cells[2 * i]));
		o->to[i][row] =
			arena_dup(o->arena, value_of(o, &cells[2 * i + 1]));
	}
	return 0;
}

static int read_part(struct odbc_conn *c, struct ordering *o,
	const struct odbc_part *part, struct err *e)
{
	const struct map_table *t = o->table;
	const str *key = &t->columns[t->key].name;
	str *columns = arena_many(o->arena, str, 2 * o->links_n);
	struct odbc_reader rd = { take_row, o, 0, SIZE_MAX };
	struct odbc_ask q = { .values = part->values,
		.n = part->n,
		.what = table_in_words(o->arena, t->name) };

	for (size_t i = 0; i < o->links_n; i++) {
		columns[2 * i] = t->columns[o->link[i]->column].name;
		columns[2 * i + 1] = t->columns[o->link[i]->to_column].name;
	}
	const struct statement_part parts[] = {
		{ "columns",
			odbc_columns(c, o->arena, columns, 2 * o->links_n) },
		{ "column", odbc_columns(c, o->arena, key, 1) },
		{ "table", odbc_name(c, o->arena, t->name) },
		{ "values", part->marks },
	};

	q.sql = statement_fill(o->arena, odbc_statements[ODBC_SAY_ROWS_AMONG],
		parts, COUNTOF(parts));
	return odbc_link_ask(&c->link, &q, &rd, NULL, e);
}

static int read_links(struct odbc_conn *c, struct ordering *o,
	const struct odbc_wanted *all, struct err *e)
{
	for (size_t at = 0; at < all->n; at += ODBC_VALUES_AT_ONCE) {
		size_t n = all->n - at;
		struct odbc_part part;

		n = n < ODBC_VALUES_AT_ONCE ? n : ODBC_VALUES_AT_ONCE;
		part = odbc_part_of(o->arena, o->key_kind, all->at + at, n);
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
	struct odbc_kind key_kind, struct odbc_wanted *all, size_t *circle,
	struct err *e)
{
	struct ordering o = { .arena = arena_new(ODBC_SCRATCH_MAX),
		.table = step->table,
		.key_kind = key_kind,
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
