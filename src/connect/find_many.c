/*
 * In rounds.  Everybody is searched for with a connection that knows what was read
 * so far; what it does not know yet it notes, to the end of the hop.  Then what all of them lacked is asked of the system, a look-up for each column, and
 * they are searched for again.  Who lacked nothing is found.  So there are as many
 * rounds as a single search has hops, and a look-up is the same for a thousand people
 * as for one.
 */
#include "connect/find_many.h"

#include <string.h>

#include "base/base.h"
#include "connect/filled.h"
#include "connect/keys.h"

enum {
	READ_ARENA = 512 << 20,
	SEARCH_ARENA = 256 << 20,
	ROUNDS_MAX = 10000, /* far more than a search has hops */
};

struct kept_row {
	struct cell *cells; /* of the group's columns */
	struct kept_row *next;
};

/* One value that was looked for, or is to be. */
struct asked {
	struct cell value;
	bool is_read;
	struct kept_row *first;
	struct kept_row *last;
};

/* Look-ups that differ in their values only. */
struct group {
	struct row_query q; /* its columns, and `where` besides */
	struct asked *at;
	size_t n;
	size_t cap;
	size_t read_n;        /* of them: the first so many */
	struct key_set index; /* numbers are those of `at` */
	struct group *next;
};

/* The connection that knows. */
struct knowing {
	struct conn head;
	struct conn *real;
	struct arena *arena;
	struct group *groups;
	const struct find_told *told;
	size_t size;     /* of what was read, and of what is to be */
	size_t hop;      /* that the search at hand makes */
	bool is_marking; /* it asks which rows are someone else's too */
	bool has_missed; /* it lacked something, in this hop: */
	size_t missed_hop;
	bool has_missed_mark;
	bool is_beyond; /* what was read can't be told apart, or is too much */
};

/* --- what is known --- */

static bool is_same_look(const struct row_query *a, const struct row_query *b)
{
	/* A group's has `where` behind the columns. */
	if (!str_eq(a->table, b->table) || !str_eq(a->where, b->where) ||
		a->match != b->match || a->cell_max != b->cell_max ||
		a->is_loose != b->is_loose ||
		!str_eq(a->joined_table, b->joined_table) ||
		!str_eq(a->joined_column, b->joined_column) ||
		a->columns_n != b->columns_n + 1 ||
		(a->match == MATCH_IDENT && a->kind != b->kind))
		return false;
	for (size_t i = 0; i < b->columns_n; i++)
		if (!str_eq(a->columns[i], b->columns[i]))
			return false;
	return true;
}

static struct group *group_new(struct knowing *k, const struct row_query *q)
{
	struct group *g = arena_one(k->arena, struct group);
	str *columns = arena_many(k->arena, str, q->columns_n + 1);

	for (size_t i = 0; i < q->columns_n; i++)
		columns[i] = q->columns[i];
	columns[q->columns_n] = q->where;
	g->q = *q;
	g->q.columns = columns;
	g->q.columns_n = q->columns_n + 1;
	g->next = k->groups;
	k->groups = g;
	return g;
}

static struct group *group_of(struct knowing *k, const struct row_query *q)
{
	struct group *g = k->groups;

	while (g && !is_same_look(&g->q, q))
		g = g->next;
	return g ? g : group_new(k, q);
}

static struct asked *asked_of(const struct group *g, str text)
{
	const struct key_entry *entry =
		g->cap ? key_set_find(&g->index, text) : NULL;

	return entry ? &g->at[entry->uses->number] : NULL;
}

static void grow(struct knowing *k, struct group *g)
{
	size_t cap = g->cap ? 2 * g->cap : 64;
	struct asked *at;

	if (g->n < g->cap)
		return;
	at = arena_many(k->arena, struct asked, cap);
	if (g->n)
		memcpy(at, g->at, g->n * sizeof *at);
	g->at = at;
	g->cap = cap;
	g->index = key_set_in(k->arena, cap);
	for (size_t i = 0; i < g->n; i++)
		key_set_add(&g->index, &g->at[i].value, 1, i);
}

static void want(struct knowing *k, struct group *g, const struct cell *value)
{
	struct asked *a;

	grow(k, g);
	a = &g->at[g->n];
	*a = (struct asked){ .value = cell_dup(k->arena, value) };
	key_set_add(&g->index, &a->value, 1, g->n);
	g->n++;
	k->size += sizeof *a + value->v.v.n;
	k->is_beyond |= k->size > FIND_MANY_SIZE;
}

static int hand_over(const struct asked *a, const struct row_query *q,
	row_fn *fn, void *ctx, struct err *e)
{
	for (const struct kept_row *r = a->first; r; r = r->next)
		if (fn(ctx, r->cells, q->columns_n, e) < 0)
			return -1;
	return 0;
}

static void note_hop(void *ctx, size_t hop, str path)
{
	struct knowing *k = ctx;

	k->hop = hop;
	k->is_marking = !path.n;
}

static void note_missed(struct knowing *k)
{
	k->has_missed = true;
	k->missed_hop = k->hop;
	k->has_missed_mark = k->is_marking;
}

/* Look-ups of one hop don't build on each other; those of the next do. */
static bool builds_on_missed(const struct knowing *k)
{
	return k->has_missed &&
	       (k->hop != k->missed_hop || k->is_marking != k->has_missed_mark);
}

/* A number and a text that are written alike are one value to us, and may be two to
 * the system. */
static bool is_other_type(const struct asked *a, const struct cell *value)
{
	return a->value.type != value->type;
}

static int known_rows(struct conn *conn, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct knowing *k = (struct knowing *)conn;
	struct group *g = group_of(k, q);

	must(!q->is_all && !q->hash);
	if (builds_on_missed(k))
		return err_set(e, ERR_UNAVAILABLE, "not read yet");
	for (size_t i = 0; i < q->values_n; i++) {
		const struct cell *value = &q->values[i];
		struct asked *a = asked_of(g, value->v.v);

		if (value->type == CELL_NULL)
			continue;
		k->is_beyond |= a && is_other_type(a, value);
		if (!a)
			want(k, g, value);
		if (!a || !a->is_read)
			note_missed(k);
		else if (hand_over(a, q, fn, ctx, e) < 0)
			return -1;
	}
	return 0;
}

static const struct connector knowing_connector = { .rows = known_rows };

/* --- reading for all --- */

struct reading {
	struct knowing *k;
	struct group *g;
};

/* Whose row it is, by the column that was looked in; NULL: the system takes for
 * equal what we don't. */
static struct asked *asked_by(const struct group *g, const struct cell *where)
{
	struct asked *a;
	struct ident id;

	if (where->type == CELL_NULL || where->is_cut)
		return NULL;
	if (g->q.match == MATCH_IDENT)
		return ident_read(&id, IDENT_TOYON_1, g->q.kind, where->v.v)
			       ? NULL
			       : asked_of(g, (str){ id.text, id.n });
	a = asked_of(g, where->v.v);
	return a ? a : asked_of(g, filled_value(where->v.v));
}

static int keep_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *rd = ctx;
	struct knowing *k = rd->k;
	struct asked *a = asked_by(rd->g, &cells[n - 1]);
	struct kept_row *r;

	(void)e;
	k->is_beyond |= !a || k->size > FIND_MANY_SIZE;
	if (k->is_beyond)
		return 0;
	r = arena_one(k->arena, struct kept_row);
	r->cells = arena_many(k->arena, struct cell, n - 1);
	for (size_t i = 0; i + 1 < n; i++) {
		r->cells[i] = cell_dup(k->arena, &cells[i]);
		k->size += sizeof *cells + cells[i].v.v.n;
	}
	if (a->last)
		a->last->next = r;
	else
		a->first = r;
	a->last = r;
	return 0;
}

/* The values that came since the last time. */
static int read_group(struct knowing *k, struct group *g, struct err *e)
{
	struct reading rd = { k, g };
	struct cell *values = arena_many(k->arena, struct cell, g->n);

	while (g->read_n < g->n && !k->is_beyond) {
		struct row_query q = g->q;
		size_t first = g->read_n;

		q.values = values;
		q.values_n = g->n - first < CONNECT_VALUES_MAX
				     ? g->n - first
				     : CONNECT_VALUES_MAX;
		for (size_t i = 0; i < q.values_n; i++)
			values[i] = g->at[first + i].value;
		if (conn_rows(k->real, &q, keep_row, &rd, e) < 0)
			return -1;
		g->read_n += q.values_n;
		for (size_t i = first; i < g->read_n; i++)
			g->at[i].is_read = true;
	}
	return 0;
}

static int read_all(struct knowing *k, struct err *e)
{
	for (struct group *g = k->groups; g; g = g->next)
		if (g->read_n < g->n && read_group(k, g, e) < 0)
			return -1;
	return 0;
}

/* --- searching --- */

static int search(struct knowing *k, struct arena *a,
	const struct find_one *one, struct finding *found, struct err *e)
{
	struct find_options o = { .starts = one->starts,
		.starts_n = one->starts_n,
		.before = note_hop,
		.before_ctx = k };

	k->has_missed = false;
	return find_person(&k->head, a, one->ids, one->ids_n, &o, found, e);
}

/* True when it is over with this one. */
static bool search_once(struct knowing *k, struct find_one *one, size_t i)
{
	struct arena *own = arena_new(SEARCH_ARENA);
	struct finding found;
	struct err e = { 0 };
	int rc = search(k, own, one, &found, &e);
	bool is_over = !k->has_missed && !k->is_beyond;

	if (is_over && rc < 0)
		one->why = e;
	if (is_over && !rc) {
		one->is_found = true;
		k->told->fn(k->told->ctx, i, own, &found);
	}
	arena_free(own);
	return is_over;
}

static int search_in_rounds(
	struct knowing *k, struct find_one *of, size_t n, struct err *e)
{
	bool *is_over = arena_many(k->arena, bool, n);
	size_t left = n;

	for (int round = 0; left && !k->is_beyond; round++) {
		must(round < ROUNDS_MAX);
		for (size_t i = 0; i < n && !k->is_beyond; i++) {
			if (is_over[i])
				continue;
			is_over[i] = search_once(k, &of[i], i);
			left -= is_over[i];
		}
		if (left && !k->is_beyond && read_all(k, e) < 0)
			return -1;
	}
	return 0;
}

int find_many(struct conn *c, struct find_one *of, size_t n,
	const struct find_told *told, struct err *e)
{
	struct knowing k = {
		.head = { .via = &knowing_connector, .system = c->system },
		.real = c,
		.arena = arena_new(READ_ARENA),
		.told = told,
	};
	int rc = search_in_rounds(&k, of, n, e);

	arena_free(k.arena);
	return rc;
}
