/* The rows of a search, and the values that lead on from them. */
#include "connect/find_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "connect/find_rest.h"

static size_t hash_of(const struct cell *key)
{
	uint64_t h = str_hash(key->v.v) + (uint64_t)key->type;

	return (size_t)(h ^ (h >> 29));
}

/* The slot with the row of that key, or the empty one where it would be. */
static size_t *slot_of(const struct search_table *t, const struct cell *key)
{
	size_t at = hash_of(key) & (t->slots_n - 1);

	while (t->slots[at] &&
		!cell_eq(&t->rows[t->slots[at] - 1].row.key, key))
		at = (at + 1) & (t->slots_n - 1);
	return &t->slots[at];
}

static void grow(struct arena *a, struct search_table *t)
{
	size_t cap = t->cap ? 2 * t->cap : 16;
	struct search_row *rows = arena_many(a, struct search_row, cap);

	if (t->n)
		memcpy(rows, t->rows, t->n * sizeof *rows);
	t->rows = rows;
	t->cap = cap;
	t->slots_n = 4 * cap;
	t->slots = arena_many(a, size_t, t->slots_n);
	for (size_t i = 0; i < t->n; i++)
		*slot_of(t, &rows[i].row.key) = i + 1;
}

struct search_row *search_row_of(
	const struct search *s, size_t table, const struct cell *key)
{
	const struct search_table *t = &s->tables[table];
	size_t slot = t->slots_n ? *slot_of(t, key) : 0;

	return slot ? &t->rows[slot - 1] : NULL;
}

static int refuse(const struct map_table *t, const struct cell *cells,
	const struct cell *key, struct err *e)
{
	if (key->type == CELL_NULL)
		return err_set(e, ERR_INVALID,
			"table \"%.*s\": a row without a key",
			STR_ARG(t->name));
	for (size_t i = 0; i < t->links_n; i++)
		if (cells[t->links[i].column].is_cut)
			return err_set(e, ERR_LIMIT,
				"table \"%.*s\": the value of a link is too "
				"long",
				STR_ARG(t->name));
	if (key->is_cut)
		return err_set(e, ERR_LIMIT,
			"table \"%.*s\": a key is too long", STR_ARG(t->name));
	return 0;
}

int search_refuse_many(size_t most, struct err *e)
{
	err_set(e, ERR_LIMIT, "more than %zu rows for one person", most);
	return err_hint(e, "a link of the data map may lead to rows that many "
			   "people share; mark it as shared");
}

static int count(struct search *s, size_t cells, struct err *e)
{
	s->rows_n++;
	s->cells_n += cells;
	if (s->rows_n <= s->limits.rows_max && s->cells_n <= FIND_CELLS_MAX)
		return 0;
	return search_refuse_many(s->rows_n - 1, e);
}

static bool is_linked_to(
	const struct map_system *s, const struct map_table *t, size_t column)
{
	for (size_t i = 0; i < s->tables_n; i++)
		for (size_t k = 0; k < s->tables[i].links_n; k++) {
			const struct map_link *l = &s->tables[i].links[k];

			if (&s->tables[l->to] == t && l->to_column == column)
				return true;
		}
	return false;
}

/* Without these a row can't be erased, followed or recognized. */
static bool is_needed(
	const struct map_system *s, const struct map_table *t, size_t column)
{
	if (column == t->key || t->columns[column].is_identifier ||
		is_linked_to(s, t, column))
		return true;
	for (size_t i = 0; i < t->links_n; i++)
		if (t->links[i].column == column)
			return true;
	for (size_t i = 0; i < t->crosses_n; i++)
		if (t->crosses[i].column == column)
			return true;
	return false;
}

static struct cell *keep_cells(
	struct search *s, const struct map_table *t, const struct cell *cells)
{
	struct cell *out = arena_many(s->arena, struct cell, t->columns_n);

	for (size_t i = 0; i < t->columns_n; i++) {
		out[i] = cells[i];
		if (s->size + cells[i].v.v.n > FIND_SIZE_MAX &&
			!is_needed(s->system, t, i)) {
			out[i].is_cut = cells[i].v.v.n > 0;
			out[i].v.v.n = 0;
		}
		s->size += out[i].v.v.n;
		out[i].v.v = arena_dup(s->arena, out[i].v.v);
	}
	return out;
}

/* All that stays of a row that is not kept: what is held is told of it, too. */
static void count_rest(struct search *s, const struct map_table *t,
	struct found_rest *r, const struct cell *cells)
{
	if (!r->has_value)
		r->has_value = arena_many(s->arena, bool, t->columns_n);
	for (size_t i = 0; i < t->columns_n; i++)
		r->has_value[i] |= cells[i].type != CELL_NULL;
	r->n++;
	s->rest_n++;
}

/* Which row it was, in eight bytes. */
static int name_row(struct search *s, struct search_table *t,
	const struct cell *key, struct err *e)
{
	struct found_rest *r = &t->rest;

	if (r->names_n == FIND_REST_MAX)
		return search_refuse_many(FIND_REST_MAX, e);
	if (r->names_n == t->names_cap) {
		size_t cap = t->names_cap ? 2 * t->names_cap : 1024;
		uint64_t *names = arena_many(s->arena, uint64_t, cap);

		if (r->names_n)
			memcpy(names, r->names, r->names_n * sizeof *names);
		r->names = names;
		t->names_cap = cap;
	}
	r->names[r->names_n++] = find_rest_sum(key);
	return 0;
}

static bool is_beyond(const struct search *s, const struct search_table *t)
{
	return t->may_rest && t->n >= s->limits.keep_max;
}

/* Entered by what is certain: a key, or a column that holds the owner's own, rather
 * than another that holds it as well. */
static void enter(
	const struct search *s, const struct way *w, struct search_row *r)
{
	if (!w->is_entry || s->hops > 1)
		return;
	if (!r->is_certain || !w->by || w->by->is_own)
		r->by = w->by;
	r->is_certain = true;
}

int search_add(struct search *s, const struct way *w, const struct cell *cells,
	struct err *e)
{
	const struct map_table *t = &s->system->tables[w->table];
	struct search_table *found = &s->tables[w->table];
	const struct cell *key = &cells[t->key];
	struct search_row *r;

	if (refuse(t, cells, key, e) < 0)
		return -1;
	r = search_row_of(s, w->table, key);
	if (r) {
		/* Now it may be climbed from as well. */
		r->is_pending |= w->is_entry && !r->is_entry;
		r->is_entry |= w->is_entry;
		enter(s, w, r);
		return 0;
	}
	if (found->may_rest)
		found->rest.sum += find_rest_sum(key);
	if (found->may_rest && s->limits.has_names &&
		name_row(s, found, key, e))
		return -1;
	if (is_beyond(s, found)) {
		count_rest(s, t, &found->rest, cells);
		return 0;
	}
	if (count(s, t->columns_n, e) < 0)
		return -1;
	if (found->n == found->cap)
		grow(s->arena, found);
	r = &found->rows[found->n];
	r->row.cells = keep_cells(s, t, cells);
	r->row.key = r->row.cells[t->key];
	r->row.path = w->path;
	r->is_entry = w->is_entry;
	enter(s, w, r);
	r->is_pending = true;
	*slot_of(found, &r->row.key) = ++found->n;
	return 0;
}

void values_add(struct arena *a, struct values *v, const struct cell *c)
{
	if (c->type == CELL_NULL)
		return;
	if (v->n == v->cap) {
		size_t cap = v->cap ? 2 * v->cap : 16;
		struct cell *at = arena_many(a, struct cell, cap);

		if (v->n)
			memcpy(at, v->at, v->n * sizeof *at);
		v->at = at;
		v->cap = cap;
	}
	v->at[v->n++] = *c;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(
		((const struct cell *)a)->v.v, ((const struct cell *)b)->v.v);
}

void values_sort(struct values *v)
{
	size_t n = 0;

	if (!v->n)
		return;
	qsort(v->at, v->n, sizeof *v->at, by_text);
	for (size_t i = 1; i < v->n; i++)
		if (!cell_eq(&v->at[n], &v->at[i]))
			v->at[++n] = v->at[i];
	v->n = n + 1;
}

const struct cell *values_find(const struct values *v, const struct cell *c)
{
	return v->n ? bsearch(c, v->at, v->n, sizeof *v->at, by_text) : NULL;
}

bool values_have(const struct values *v, const struct cell *c)
{
	return values_find(v, c);
}

void search_way(const struct search *s, str path)
{
	if (s->limits.before)
		s->limits.before(s->limits.before_ctx, s->hops, path);
}
