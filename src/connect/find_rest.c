#include "connect/find_rest.h"

#include "base/base.h"
#include "connect/keys.h"

enum { SCRATCH_MAX = 256 << 20 };

static size_t identifiers_of(const struct map_table *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->columns_n; i++)
		n += t->columns[i].is_identifier;
	return n;
}

static bool is_linked_to(const struct map_system *s, size_t table)
{
	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].links_n; i++)
			if (s->tables[t].links[i].to == table)
				return true;
	return false;
}

static bool is_crossed_to(const struct map *m, size_t system, size_t table)
{
	for (size_t s = 0; s < m->systems_n; s++)
		for (size_t t = 0; t < m->systems[s].tables_n; t++) {
			const struct map_table *from = &m->systems[s].tables[t];

			for (size_t i = 0; i < from->crosses_n; i++)
				if (from->crosses[i].system == system &&
					from->crosses[i].to == table)
					return true;
		}
	return false;
}

bool find_may_rest(const struct map *m, const struct map_system *s,
	const struct map_table *t)
{
	size_t table = (size_t)(t - s->tables);
	size_t system = (size_t)(s - m->systems);

	if (identifiers_of(t) + t->links_n + t->crosses_n != 1 ||
		(t->links_n && t->links[0].is_shared))
		return false;
	return !is_linked_to(s, table) && !is_crossed_to(m, system, table);
}

uint64_t find_rest_sum(const struct cell *key)
{
	uint64_t h = str_hash(key->v.v);

	/* So that keys that differ in their last letter differ everywhere. */
	h = (h ^ h >> 32) * 0xd6e8feb86659fd93u;
	return h ^ h >> 32;
}

/* --- reading --- */

struct reading {
	const struct found_table *table;
	struct key_set keys; /* of the rows that are kept, by their place */
	bool *seen;          /* which of them came */
	find_rest_fn *fn;
	void *ctx;
	size_t value_max;
	size_t n;
	uint64_t sum;
};

static int changed(const struct map_table *t, struct err *e)
{
	err_set(e, ERR_CONFLICT,
		"table \"%.*s\" holds other rows than were found",
		STR_ARG(t->name));
	return err_hint(e, "search the system again");
}

/* The same key as a text and as a number is another row. */
static const struct found_row *kept_row(
	const struct reading *r, const struct cell *key)
{
	const struct key_entry *entry = key_set_find(&r->keys, key->v.v);
	const struct key_use *use = entry ? entry->uses : NULL;

	while (use && !cell_eq(&r->table->rows[use->number].key, key))
		use = use->next;
	return use ? &r->table->rows[use->number] : NULL;
}

static int take(void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;
	const struct map_table *t = r->table->table;
	const struct found_row *kept = kept_row(r, &cells[t->key]);

	for (size_t i = 0; i < n; i++)
		if (cells[i].is_cut)
			return err_set(e, ERR_LIMIT,
				"table \"%.*s\": a value is longer than %zu "
				"bytes",
				STR_ARG(t->name), r->value_max);
	if (!kept && !r->table->rest.n)
		return 0;
	if (kept)
		r->seen[kept - r->table->rows] = true;
	r->n++;
	r->sum += find_rest_sum(&cells[t->key]);
	return r->fn(r->ctx, kept, cells, e);
}

struct row_query find_rest_query(const struct found_table *t)
{
	const struct map_column *c = &t->table->columns[t->rest.column];
	bool is_link = t->rest.match == MATCH_EXACT && t->table->links_n &&
		       t->table->links[0].column == t->rest.column;

	return (struct row_query){
		.joined_table = is_link ? t->table->name : (str){ 0 },
		.joined_column = is_link ? c->name : (str){ 0 },
		.table = t->table->name,
		.where = c->name,
		.match = t->rest.match,
		.kind = c->kind,
		.values = t->rest.values,
		.values_n = t->rest.values_n,
	};
}

static struct row_query ask(struct arena *a, const struct found_table *t)
{
	struct cell *keys = arena_many(a, struct cell, t->n);

	if (t->rest.n)
		return find_rest_query(t);
	for (size_t i = 0; i < t->n; i++)
		keys[i] = t->rows[i].key;
	return (struct row_query){
		.table = t->table->name,
		.where = t->table->columns[t->table->key].name,
		.values = keys,
		.values_n = t->n,
	};
}

/* What was found: of the rows that are kept, their keys say it; the others are held
 * against the sum. */
static int check(const struct reading *r, struct err *e)
{
	const struct found_table *t = r->table;

	if (r->n != t->n + t->rest.n || (t->rest.n && r->sum != t->rest.sum))
		return changed(t->table, e);
	for (size_t i = 0; i < t->n; i++)
		if (!r->seen[i])
			return changed(t->table, e);
	return 0;
}

int find_rest_each(struct conn *c, const struct found_table *t,
	size_t value_max, find_rest_fn *fn, void *ctx, struct err *e)
{
	struct arena *a = arena_new(SCRATCH_MAX);
	struct reading r = { .table = t,
		.keys = key_set_in(a, t->n),
		.seen = arena_many(a, bool, t->n),
		.fn = fn,
		.ctx = ctx,
		.value_max = value_max };
	str *columns = arena_many(a, str, t->table->columns_n);
	struct row_query q = ask(a, t);
	int rc = 0;

	q.columns = columns;
	q.columns_n = t->table->columns_n;
	q.cell_max = value_max;
	for (size_t i = 0; i < q.columns_n; i++)
		columns[i] = t->table->columns[i].name;
	for (size_t i = 0; i < t->n; i++)
		key_set_add(&r.keys, &t->rows[i].key, 1, i);
	if (q.values_n)
		rc = conn_rows(c, &q, take, &r, e);
	if (!rc)
		rc = check(&r, e);
	arena_free(a);
	return rc;
}
