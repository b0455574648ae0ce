#include "connect/erase_since.h"

#include "base/base.h"
#include "connect/keys.h"

struct since {
	struct arena *arena;
	const struct erase_plan *const *plans;
	size_t n;
	bool *has_news;
	size_t table;
	const struct map_link *link;
	struct key_set targets; /* numbers are those of plans */
	struct key_set known; /* rows of the table that a plan's search found */
};

static const struct found_table *rows_of(
	const struct since *s, size_t plan, size_t table)
{
	return &s->plans[plan]->found.tables[table];
}

static bool goes(const struct since *s, size_t plan, size_t table, size_t row)
{
	const struct found_table *t = rows_of(s, plan, table);

	return row_fate_of(t->table, &t->rows[row],
		       s->plans[plan]->is_shared_allowed) == FATE_DELETE;
}

/* Whoever else has a part in what goes is news, unless somebody decided that it goes
 * all the same: their rows were never the person's. */
static bool is_settled(const struct since *s, size_t plan)
{
	return s->link->is_shared && s->plans[plan]->is_shared_allowed;
}

/* What stays and is no longer kept row by row (find_rest.h) can't be told from news. */
static bool is_known_whole(const struct since *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (rows_of(s, i, s->table)->rest.n)
			return false;
	return true;
}

static size_t rows_in(const struct since *s, size_t table)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += rows_of(s, i, table)->n;
	return n;
}

static size_t add_targets(struct since *s, struct cell *out)
{
	size_t to = s->link->to, n = 0;

	s->targets = key_set_in(s->arena, rows_in(s, to));
	for (size_t i = 0; i < s->n; i++)
		for (size_t r = 0; r < rows_of(s, i, to)->n; r++) {
			const struct cell *c =
				&rows_of(s, i, to)
					 ->rows[r]
					 .cells[s->link->to_column];

			if (is_settled(s, i) || !goes(s, i, to, r) ||
				c->type == CELL_NULL)
				continue;
			if (!key_set_find(&s->targets, c->v.v))
				out[n++] = *c;
			key_set_add(&s->targets, c, 1, i);
		}
	return n;
}

static void add_known(struct since *s)
{
	s->known = key_set_in(s->arena, rows_in(s, s->table));
	for (size_t i = 0; i < s->n; i++)
		for (size_t r = 0; r < rows_of(s, i, s->table)->n; r++)
			key_set_add(&s->known,
				&rows_of(s, i, s->table)->rows[r].key, 1, i);
}

static bool has_seen(const struct key_entry *k, size_t plan)
{
	const struct key_use *use = k ? k->uses : NULL;

	while (use && use->number != plan)
		use = use->next;
	return use != NULL;
}

/* The system takes what the row holds for one of the targets, and which one can't be told
 * here: no plan may go on, unless a search saw the row. */
static void take_unsure(struct since *s, const struct key_entry *seen)
{
	for (size_t i = 0; !seen && i < s->n; i++)
		s->has_news[i] = true;
}

/* cells: the key of a row, and what it points to. */
static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct since *s = ctx;
	const struct key_entry *owners =
		key_set_find(&s->targets, cells[1].v.v);
	const struct key_entry *seen = key_set_find(&s->known, cells[0].v.v);

	(void)n;
	(void)e;
	if (!owners)
		take_unsure(s, seen);
	for (const struct key_use *u = owners ? owners->uses : NULL; u;
		u = u->next)
		s->has_news[u->number] |= !has_seen(seen, u->number);
	return 0;
}

static int ask(struct conn *c, struct since *s, struct err *e)
{
	const struct map_table *t = &c->system->tables[s->table];
	struct cell *targets =
		arena_many(s->arena, struct cell, rows_in(s, s->link->to));
	const str columns[] = { t->columns[t->key].name,
		t->columns[s->link->column].name };
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = COUNTOF(columns),
		.where = columns[1],
		.joined_table = t->name,
		.joined_column = columns[1],
	};
	size_t n = add_targets(s, targets);

	if (!n || !is_known_whole(s))
		return 0;
	add_known(s);
	for (size_t at = 0; at < n; at += q.values_n) {
		q.values = &targets[at];
		q.values_n = n - at < CONNECT_VALUES_MAX ? n - at
							 : CONNECT_VALUES_MAX;
		if (conn_rows(c, &q, take, s, e) < 0)
			return -1;
	}
	return 0;
}

int erase_since(struct conn *c, struct arena *a,
	const struct erase_plan *const *plans, size_t n, bool *has_news,
	struct err *e)
{
	struct since s = {
		.arena = a, .plans = plans, .n = n, .has_news = has_news
	};

	for (s.table = 0; s.table < c->system->tables_n; s.table++)
		for (size_t i = 0; i < c->system->tables[s.table].links_n;
			i++) {
			s.link = &c->system->tables[s.table].links[i];
			if (ask(c, &s, e))
				return -1;
		}
	return 0;
}
