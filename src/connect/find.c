/*
 * The search for one person in one system.  find.h says which links are
 * followed from where, and why; this file does it, hop by hop.
 */
#include "connect/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "connect/decimal.h"
#include "connect/find_rest.h"
#include "connect/find_rows.h"

static const struct map_table *table_at(const struct search *s, size_t i)
{
	return &s->system->tables[i];
}

struct taker {
	struct search *search;
	const struct way *way;
};

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct taker *t = ctx;

	(void)n;
	return search_add(t->search, t->way, cells, e);
}

/* Rows that are counted must not come twice: what was asked for before is left out.
 * False: nothing is left. */
static bool ask_anew(
	struct search *s, struct search_table *t, struct row_query *q)
{
	struct values fresh = { 0 };

	for (size_t i = 0; i < q->values_n; i++)
		if (!values_have(t->asked, &q->values[i]))
			values_add(s->arena, &fresh, &q->values[i]);
	for (size_t i = 0; i < fresh.n; i++)
		values_add(s->arena, t->asked, &fresh.at[i]);
	values_sort(t->asked);
	q->values = fresh.at;
	q->values_n = fresh.n;
	return fresh.n > 0;
}

/* Looks in the table of the way; all its columns are read. */
static int look(struct search *s, const struct way *w, struct row_query *q,
	struct err *e)
{
	const struct map_table *t = table_at(s, w->table);
	struct search_table *found = &s->tables[w->table];
	str *columns = arena_many(s->arena, str, t->columns_n);

	if (found->may_rest) {
		found->rest.column = map_column_index(t, q->where);
		found->rest.match = q->match;
		if (!ask_anew(s, found, q))
			return 0;
	}
	for (size_t i = 0; i < t->columns_n; i++)
		columns[i] = t->columns[i].name;
	q->table = t->name;
	q->columns = columns;
	q->columns_n = t->columns_n;
	q->cell_max = s->limits.cell_max;
	search_way(s, w->path);
	return conn_rows(s->conn, q, take_row, &(struct taker){ s, w }, e);
}

static int enter_by_column(struct search *s, size_t table,
	const struct map_column *c, const struct values *ids, struct err *e)
{
	struct row_query q = {
		.where = c->name,
		.match = c->is_standardized ? MATCH_STANDARDIZED : MATCH_IDENT,
		.kind = c->kind,
		.values = ids->at,
		.values_n = ids->n,
	};
	struct way w = { .table = table, .is_entry = true, .by = c };

	w.path = arena_fmt(s->arena, "%.*s.%.*s",
		STR_ARG(table_at(s, table)->name), STR_ARG(c->name));
	return look(s, &w, &q, e);
}

static int enter(
	struct search *s, const struct ident *ids, size_t n, struct err *e)
{
	struct values of[IDENT_KINDS];

	memset(of, 0, sizeof of);
	for (size_t i = 0; i < n; i++) {
		struct cell c = cell_text(
			arena_dup(s->arena, (str){ ids[i].text, ids[i].n }));

		values_add(s->arena, &of[ids[i].kind], &c);
	}
	for (size_t t = 0; t < s->system->tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->columns_n; i++) {
			const struct map_column *c =
				&table_at(s, t)->columns[i];

			if (!c->is_identifier || !of[c->kind].n)
				continue;
			if (enter_by_column(s, t, c, &of[c->kind], e) < 0)
				return -1;
		}
	return 0;
}

/*
 * Two plain links of a row into one table, with different values: a row of two
 * owners, and nobody's way to either.
 */
static bool is_torn(
	const struct map_table *t, const struct search_row *r, size_t link)
{
	const struct map_link *l = &t->links[link];
	const struct cell *mine = &r->row.cells[l->column];

	for (size_t i = 0; i < t->links_n; i++) {
		const struct map_link *o = &t->links[i];
		const struct cell *theirs = &r->row.cells[o->column];

		if (o->is_shared || o->to != l->to || theirs->type == CELL_NULL)
			continue;
		if (!str_eq(mine->v.v, theirs->v.v))
			return true;
	}
	return false;
}

static bool may_climb(const struct search *s, const struct map_table *t,
	const struct search_row *r, size_t link)
{
	if (t->links[link].is_shared)
		return true;
	return r->is_entry && !is_torn(t, r, link) &&
	       !search_is_torn(s, t, r->row.cells);
}

/* The end of a link that is looked for with what pending rows have. */
struct hop {
	size_t to;
	size_t to_column;
	bool is_entry;
	size_t from; /* the table whose link it is */
	const struct map_link *link;
};

/* Which column of which table refers to the other. */
static void join_along(const struct map_system *s, size_t table,
	const struct map_link *l, struct row_query *q)
{
	const struct map_table *t = &s->tables[table];

	q->joined_table = t->name;
	q->joined_column = t->columns[l->column].name;
}

/* Numbers in the form that any column has them in, too. */
static void add_plain(struct search *s, struct values *v)
{
	struct cell plain;
	size_t n = v->n;

	for (size_t i = 0; i < n; i++)
		if (decimal_form(s->arena, &v->at[i], &plain))
			values_add(s->arena, v, &plain);
}

static int follow(struct search *s, const struct hop *h, struct values *v,
	str path, struct err *e)
{
	const struct map_table *to = table_at(s, h->to);
	struct row_query q = { .where = to->columns[h->to_column].name };
	struct way w = { .table = h->to, .is_entry = h->is_entry };

	if (!v->n)
		return 0;
	join_along(s->system, h->from, h->link, &q);
	add_plain(s, v);
	values_sort(v);
	q.values = v->at;
	q.values_n = v->n;
	w.path = arena_fmt(
		s->arena, "%.*s > %.*s", STR_ARG(path), STR_ARG(to->name));
	return look(s, &w, &q, e);
}

/* Rows whose links are followed in this hop; copies, since tables grow. */
struct pending {
	struct search_row *rows;
	size_t n;
};

static int climb(struct search *s, size_t t, const struct pending *p,
	size_t link, struct err *e)
{
	const struct map_table *tb = table_at(s, t);
	const struct map_link *l = &tb->links[link];
	struct hop h = { l->to, l->to_column, !l->is_shared, t, l };
	struct values v = { 0 };
	str path = { 0 };

	for (size_t i = 0; i < p->n; i++) {
		if (!may_climb(s, tb, &p->rows[i], link))
			continue;
		values_add(s->arena, &v, &p->rows[i].row.cells[l->column]);
		path = path.n ? path : p->rows[i].row.path;
	}
	return follow(s, &h, &v, path, e);
}

static int descend(struct search *s, size_t child, const struct map_link *l,
	const struct pending *p, struct err *e)
{
	struct hop h = { child, l->column, false, child, l };
	struct values v = { 0 };

	if (l->is_shared || !p->n)
		return 0;
	for (size_t i = 0; i < p->n; i++)
		values_add(s->arena, &v, &p->rows[i].row.cells[l->to_column]);
	return follow(s, &h, &v, p->rows[0].row.path, e);
}

static struct pending take_pending(struct search *s, size_t table)
{
	struct search_table *t = &s->tables[table];
	struct pending p = { .n = 0 };

	p.rows = arena_many(s->arena, struct search_row, t->n);
	for (size_t i = 0; i < t->n; i++) {
		if (!t->rows[i].is_pending)
			continue;
		t->rows[i].is_pending = false;
		p.rows[p.n++] = t->rows[i];
	}
	return p;
}

/* All links once, from the rows that are pending now; *n counts these. */
static int hop(struct search *s, size_t *n, struct err *e)
{
	size_t tables_n = s->system->tables_n;
	struct pending *p = arena_many(s->arena, struct pending, tables_n);

	*n = 0;
	s->hops++;
	for (size_t t = 0; t < tables_n; t++) {
		p[t] = take_pending(s, t);
		*n += p[t].n;
	}
	for (size_t t = 0; t < tables_n; t++)
		for (size_t i = 0; i < table_at(s, t)->links_n; i++) {
			const struct map_link *l = &table_at(s, t)->links[i];

			if (climb(s, t, &p[t], i, e) < 0 ||
				descend(s, t, l, &p[l->to], e) < 0)
				return -1;
		}
	return 0;
}

static int by_key(const void *a, const void *b)
{
	const struct found_row *x = a, *y = b;
	int64_t i, j;

	if (x->key.type == CELL_INT && y->key.type == CELL_INT &&
		str_int(x->key.v.v, &i) && str_int(y->key.v.v, &j))
		return i < j ? -1 : i > j;
	return str_cmp(x->key.v.v, y->key.v.v);
}

static int by_name(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void hand_out_rest(
	const struct search_table *from, struct found_table *to)
{
	if (!from->rest.n)
		return;
	to->rest = from->rest;
	to->rest.values = from->asked->at;
	to->rest.values_n = from->asked->n;
	if (to->rest.names)
		qsort(to->rest.names, to->rest.names_n, sizeof *to->rest.names,
			by_name);
}

static void hand_out(struct search *s, struct finding *out)
{
	size_t tables_n = s->system->tables_n;

	out->system = s->system;
	out->rows_n = s->rows_n + s->rest_n;
	out->tables = arena_many(s->arena, struct found_table, tables_n);
	for (size_t t = 0; t < tables_n; t++) {
		const struct search_table *from = &s->tables[t];
		struct found_table *to = &out->tables[t];

		to->table = table_at(s, t);
		to->n = from->n;
		hand_out_rest(from, to);
		to->rows = arena_many(s->arena, struct found_row, from->n);
		for (size_t i = 0; i < from->n; i++) {
			to->rows[i] = from->rows[i].row;
			to->rows[i].is_entry = from->rows[i].is_entry;
		}
		if (to->n)
			qsort(to->rows, to->n, sizeof *to->rows, by_key);
	}
}

/* In from a column that is not the one by which the table belongs to another system. */
static bool has_another_way(const struct search *s, size_t table)
{
	const struct map_table *t = table_at(s, table);

	for (size_t i = 0; i < s->limits.starts_n; i++)
		if (s->limits.starts[i].table == table &&
			(!t->crosses_n || s->limits.starts[i].column !=
						  t->crosses[0].column))
			return true;
	return false;
}

static void search_start(struct search *s, struct conn *c, struct arena *a,
	const struct find_options *o)
{
	*s = (struct search){
		.conn = c, .arena = a, .system = c->system, .hops = 1
	};
	if (o)
		s->limits = *o;
	if (!s->limits.rows_max)
		s->limits.rows_max = FIND_ROWS_MAX;
	if (!s->limits.cell_max)
		s->limits.cell_max = FIND_CELL_MAX;
	must(s->limits.rows_max <= CONNECT_VALUES_MAX &&
		s->limits.cell_max >= CONNECT_KEY_MAX);
	s->tables = arena_many(a, struct search_table, s->system->tables_n);
	for (size_t i = 0; s->limits.keep_max && i < s->system->tables_n; i++) {
		s->tables[i].may_rest =
			!has_another_way(s, i) &&
			find_may_rest(s->limits.map, s->system, table_at(s, i));
		s->tables[i].asked = arena_one(a, struct values);
	}
}

bool found_has_value(const struct found_table *t, size_t column)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i].cells[column].type != CELL_NULL)
			return true;
	return t->rest.n && t->rest.has_value[column];
}

void find_except(struct finding *f, const struct row_exceptions *x)
{
	for (size_t t = 0; x && t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++) {
			struct found_row *r = &f->tables[t].rows[i];

			r->is_excepted =
				x->has(x->ctx, f->tables[t].table, &r->key);
		}
}

/* Which of its rows are the person's alone can't be told of rows that are not kept. */
static int refuse_shared_rest(const struct search *s, struct err *e)
{
	for (size_t t = 0; t < s->system->tables_n; t++) {
		const struct map_table *tb = table_at(s, t);
		const struct search_table *owners;

		if (!s->tables[t].rest.n || !tb->links_n)
			continue;
		owners = &s->tables[tb->links[0].to];
		for (size_t i = 0; i < owners->n; i++)
			if (owners->rows[i].row.is_shared)
				return search_refuse_many(s->tables[t].n, e);
	}
	return 0;
}

/* From what was entered by to all that belongs to it. */
static int search_on(struct search *s, struct finding *out, struct err *e)
{
	size_t pending = 1;

	while (pending)
		if (hop(s, &pending, e) < 0)
			return -1;
	if (search_mark_shared(s, e) < 0 || refuse_shared_rest(s, e))
		return -1;
	hand_out(s, out);
	if (search_note_idents(s, out, e))
		return -1;
	if (s->limits.mark && s->limits.mark(s->limits.mark_ctx, out, e))
		return -1;
	find_except(out, s->conn->exceptions);
	return 0;
}

static int enter_by_start(
	struct search *s, const struct find_start *start, struct err *e)
{
	const struct map_table *t = table_at(s, start->table);
	struct row_query q = {
		.where = t->columns[start->column].name,
		.values = start->values,
		.values_n = start->n,
	};
	struct way w = { .table = start->table, .is_entry = start->is_entry };

	w.path = arena_fmt(s->arena, "%.*s > %.*s", STR_ARG(start->path),
		STR_ARG(t->name));
	return start->n ? look(s, &w, &q, e) : 0;
}

int find_person(struct conn *c, struct arena *a, const struct ident *ids,
	size_t n, const struct find_options *o, struct finding *out,
	struct err *e)
{
	struct search s;

	must(n <= FIND_IDENTS_MAX);
	*out = (struct finding){ .system = c->system };
	search_start(&s, c, a, o);
	s.ids = ids;
	s.ids_n = n;
	if (enter(&s, ids, n, e) < 0)
		return -1;
	for (size_t i = 0; i < s.limits.starts_n; i++)
		if (enter_by_start(&s, &s.limits.starts[i], e) < 0)
			return -1;
	return search_on(&s, out, e);
}

/* --- from keys --- */

/* A key's text, and its number where it is one: a column without a type of its
 * own tells them apart. */
static struct values values_of_keys(
	struct arena *a, const struct find_keys *keys)
{
	struct values v = { 0 };
	int64_t number;

	for (size_t i = 0; i < keys->n; i++) {
		struct cell text = cell_text(keys->at[i]);
		struct cell as_int;

		values_add(a, &v, &text);
		if (!str_int(keys->at[i], &number))
			continue;
		as_int = cell_int(a, number);
		if (str_eq(as_int.v.v, keys->at[i]))
			values_add(a, &v, &as_int);
	}
	return v;
}

/* Rows whose column holds one of the keys: the people's own, or what links to
 * them. */
static int enter_by_key(struct search *s, const struct way *w,
	struct row_query q, const struct values *v, struct err *e)
{
	q.values = v->at;
	q.values_n = v->n;
	return look(s, w, &q, e);
}

static int enter_children(struct search *s, const struct find_keys *keys,
	const struct values *v, size_t child, struct err *e)
{
	const struct map_table *t = table_at(s, child);
	struct way w = { .table = child };

	w.path = arena_fmt(s->arena, "%.*s > %.*s", STR_ARG(keys->table->name),
		STR_ARG(t->name));
	for (size_t i = 0; i < t->links_n; i++) {
		const struct map_link *l = &t->links[i];
		struct row_query q = { .where = t->columns[l->column].name };

		if (l->is_shared || table_at(s, l->to) != keys->table ||
			l->to_column != keys->table->key)
			continue;
		join_along(s->system, child, l, &q);
		if (enter_by_key(s, &w, q, v, e) < 0)
			return -1;
	}
	return 0;
}

int find_by_key(struct conn *c, struct arena *a, const struct find_keys *keys,
	const struct find_options *o, struct finding *out, struct err *e)
{
	const struct map_table *t = keys->table;
	struct way w = { .is_entry = !keys->is_owned, .path = t->name };
	struct values v = values_of_keys(a, keys);
	struct row_query own = { .where = t->columns[t->key].name };
	struct search s;

	must(keys->n <= FIND_KEYS_MAX);
	*out = (struct finding){ .system = c->system };
	search_start(&s, c, a, o);
	w.table = (size_t)(t - c->system->tables);
	must(w.table < c->system->tables_n);
	if (enter_by_key(&s, &w, own, &v, e) < 0)
		return -1;
	for (size_t i = 0; i < c->system->tables_n; i++)
		if (enter_children(&s, keys, &v, i, e) < 0)
			return -1;
	return search_on(&s, out, e);
}
