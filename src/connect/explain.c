/*
 * A search on a connection that only writes down what it was asked.  The row it
 * answers with has the same value in every column, so every link leads on and the
 * search ends by itself when each table has its row.
 */
#include "connect/explain.h"

#include "base/base.h"
#include "connect/find_rows.h"
#include "connect/tuple.h"

struct recorder {
	struct conn head;
	struct conn *real;
	struct arena *arena;
	explain_fn *fn;
	void *ctx;
	size_t hop;
	str path;
	struct row_query *asked;
	size_t n;
	size_t cap;
};

static bool was_asked(const struct recorder *r, const struct row_query *q)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->asked[i].table, q->table) &&
			str_eq(r->asked[i].where, q->where) &&
			r->asked[i].match == q->match &&
			r->asked[i].columns_n == q->columns_n)
			return true;
	return false;
}

static int tell(struct recorder *r, const struct row_query *q, struct err *e)
{
	struct explain_step s = {
		.hop = r->hop,
		.is_check = !r->path.n,
		.path = r->path,
		.table = q->table,
		.column = q->where,
		.reads_all = conn_reads_all(r->real, q),
	};

	if (was_asked(r, q))
		return 0;
	must(r->n < r->cap);
	r->asked[r->n++] = *q;
	if (conn_plan(r->real, r->arena, q, &s.statement, e) < 0)
		return -1;
	return r->fn(r->ctx, &s, e);
}

static struct cell nobodys(void)
{
	return cell_text(STR("0"));
}

static struct cell nobodys_of(struct arena *a, const struct map_column *c)
{
	struct cell parts[MAP_PARTS_MAX];

	for (size_t i = 0; i < c->parts_n; i++)
		parts[i] = nobodys();
	return c->parts_n ? tuple_of(a, parts, c->parts_n, 0) : nobodys();
}

static int recorder_rows(struct conn *c, const struct row_query *q, row_fn *fn,
	void *ctx, struct err *e)
{
	struct recorder *r = (struct recorder *)c;
	struct cell *cells = arena_many(r->arena, struct cell, q->columns_n);

	if (tell(r, q, e) < 0)
		return -1;
	for (size_t i = 0; i < q->columns_n; i++)
		cells[i] = nobodys();
	return fn(ctx, cells, q->columns_n, e);
}

static void before(void *ctx, size_t hop, str path)
{
	struct recorder *r = ctx;

	r->hop = hop;
	r->path = path;
}

/* The owners that a row may have besides: asked only when there are any. */
static int tell_owners(struct recorder *r, struct err *e)
{
	const struct map_system *s = r->real->system;

	r->path = (str){ 0 };
	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].links_n; i++) {
			const struct map_link *l = &s->tables[t].links[i];
			struct row_query q = search_owner_query(s, l);
			struct cell value = nobodys_of(r->arena,
				&s->tables[l->to].columns[l->to_column]);

			q.values = &value;
			q.values_n = 1;
			if (!l->is_shared && tell(r, &q, e) < 0)
				return -1;
		}
	return 0;
}

/* By each column that identifies, along each link up and down, and its check. */
static size_t looks_max(const struct map_system *s)
{
	size_t n = 0;

	for (size_t t = 0; t < s->tables_n; t++)
		n += s->tables[t].columns_n + 4 * s->tables[t].links_n;
	return n;
}

struct telling {
	struct arena *arena;
	const struct map *map;
	const struct map_system *to;
	struct cell *value;
	struct find_start *at;
	size_t n;
};

/* A link of one table that ends or begins in the system. */
static void tell_cross(struct telling *k, const struct map_system *s,
	const struct map_table *t, const struct map_cross *c)
{
	const struct map_system *there = &k->map->systems[c->system];
	bool is_up = there == k->to;
	struct find_start *start = &k->at[k->n];
	str system = is_up ? s->name : there->name;
	str table = is_up ? t->name : there->tables[c->to].name;

	if (s != k->to && !is_up)
		return;
	*start = (struct find_start){
		.table = is_up ? c->to : (size_t)(t - s->tables),
		.column = is_up ? c->to_column : c->column,
		.is_entry = is_up,
		.path = arena_fmt(k->arena, "%.*s: %.*s", STR_ARG(system),
			STR_ARG(table)),
		.values = k->value,
		.n = 1,
	};
	k->n++;
}

static size_t crosses_of(const struct map *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->systems_n; i++)
		for (size_t t = 0; t < m->systems[i].tables_n; t++)
			n += m->systems[i].tables[t].crosses_n;
	return n;
}

/* As if every other system had told a key. */
static void tell_all(struct telling *k)
{
	k->value = arena_one(k->arena, struct cell);
	*k->value = nobodys();
	k->at = arena_many(k->arena, struct find_start, crosses_of(k->map) + 1);
	for (size_t i = 0; i < k->map->systems_n; i++) {
		const struct map_system *s = &k->map->systems[i];

		for (size_t t = 0; t < s->tables_n; t++)
			for (size_t l = 0; l < s->tables[t].crosses_n; l++)
				tell_cross(k, s, &s->tables[t],
					&s->tables[t].crosses[l]);
	}
}

int find_explain(struct conn *c, struct arena *a, const struct map *m,
	const struct find_by *by, explain_fn *fn, void *ctx, struct err *e)
{
	static const struct connector via = { .rows = recorder_rows };
	struct recorder r = {
		.head = { .via = &via, .system = c->system },
		.real = c,
		.arena = a,
		.fn = fn,
		.ctx = ctx,
		.cap = looks_max(c->system) + crosses_of(m),
	};
	struct telling k = { .arena = a, .map = m, .to = c->system };
	struct find_options o = { .before = before, .before_ctx = &r };
	struct finding nothing;

	r.asked = arena_many(a, struct row_query, r.cap);
	tell_all(&k);
	o.starts = k.at;
	o.starts_n = k.n;
	if (find_person(&r.head, a, by->ids, by->n, &o, &nothing, e) < 0)
		return -1;
	return nothing.rows_n ? tell_owners(&r, e) : 0;
}
