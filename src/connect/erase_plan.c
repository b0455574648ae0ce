/*
 * What becomes of each row of a finding, and in which steps.
 *
 * The order of deletion is the order of the links: what belongs to a row goes
 * before it.  In a cycle the map's own order decides, and the system's late
 * checks of references.  Rows that stay because they are someone else's too are
 * unlinked first, so that their owner can go.
 */
#include "connect/erase.h"

#include <string.h>

#include "base/base.h"
#include "connect/erase_parts.h"
#include "connect/erase_ways.h"

enum row_fate row_fate_of(const struct map_table *t, const struct found_row *r,
	bool is_shared_allowed)
{
	bool is_left = r->is_shared && !r->is_let && !is_shared_allowed;

	if (r->is_excepted)
		return FATE_EXCEPTED;
	if (t->erase == ERASE_KEEP)
		return ways_any(t) && !is_left ? FATE_TRIM : FATE_KEEP;
	if (is_left)
		return FATE_SHARED;
	return t->erase == ERASE_DEIDENTIFY ? FATE_DEIDENTIFY : FATE_DELETE;
}

enum row_fate row_fate_of_rest(const struct map_table *t)
{
	return row_fate_of(t, &(struct found_row){ 0 }, false);
}

bool row_fate_is_erasure(enum row_fate f)
{
	return f == FATE_DELETE || f == FATE_DEIDENTIFY;
}

/* Emptied before, in the rows that go. */
static bool is_loose(const struct finding *f, size_t table, size_t link)
{
	return f && f->tables[table].is_loose &&
	       f->tables[table].is_loose[link];
}

/* By tables that do not wait for it: what the map says of the order is stronger
 * than the order that a link stands for. */
static bool is_pointed_to(const struct map_system *s, const struct finding *f,
	const bool *is_out, size_t table)
{
	for (size_t c = 0; c < s->tables_n; c++)
		for (size_t i = 0; i < s->tables[c].links_n; i++)
			if (!is_out[c] && c != table && !is_loose(f, c, i) &&
				s->tables[c].links[i].to == table &&
				!map_waits_for(s, c, table))
				return true;
	return false;
}

/* The map says that rows of another table go first. */
static bool is_waiting(const struct map_table *t, const bool *is_out)
{
	for (size_t i = 0; i < t->after_n; i++)
		if (!is_out[t->after[i].table])
			return true;
	return false;
}

/* The first table that nothing left points to; in a cycle simply the first that
 * waits for none, of which there is one (map_check_order()). */
static size_t next_out(
	const struct map_system *s, const struct finding *f, const bool *is_out)
{
	size_t first = s->tables_n;

	for (size_t t = 0; t < s->tables_n; t++) {
		if (is_out[t] || is_waiting(&s->tables[t], is_out))
			continue;
		if (!is_pointed_to(s, f, is_out, t))
			return t;
		if (first == s->tables_n)
			first = t;
	}
	must(first < s->tables_n);
	return first;
}

/* Tables so that each comes before those it links to. */
size_t *erase_order(
	struct arena *a, const struct map_system *s, const struct finding *f)
{
	size_t *order = arena_many(a, size_t, s->tables_n);
	bool *is_out = arena_many(a, bool, s->tables_n);

	for (size_t n = 0; n < s->tables_n; n++) {
		order[n] = next_out(s, f, is_out);
		is_out[order[n]] = true;
	}
	return order;
}

struct planner {
	struct arena *arena;
	const struct finding *found;
	struct erase_plan *out;
	struct ways ways;
};

enum { DELETED = 1 << FATE_DELETE };
/* What stays, and may point to a row that goes. */
enum { STAYING = 1 << FATE_SHARED | 1 << FATE_EXCEPTED };

/* One column of the rows of a table that have one of these fates. */
static struct cell *cells_of(const struct planner *p, size_t table,
	size_t column, unsigned fates, size_t *n)
{
	const struct found_table *ft = &p->found->tables[table];
	struct cell *cells = arena_many(p->arena, struct cell, ft->n);

	*n = 0;
	for (size_t i = 0; i < ft->n; i++) {
		const struct found_row *r = &ft->rows[i];
		enum row_fate fate =
			row_fate_of(ft->table, r, p->out->is_shared_allowed);

		const struct cell *c =
			column == ft->table->key ? &r->key : &r->cells[column];

		if (fates >> fate & 1 && c->type != CELL_NULL)
			cells[(*n)++] = *c;
	}
	return cells;
}

static void plan_unlink(const struct planner *p, size_t table,
	const struct map_link *l, unsigned fates)
{
	const struct map_table *t = &p->found->system->tables[table];
	struct erase_step s = { .table = t, .unlink = &t->columns[l->column] };
	size_t n;
	const struct cell *keys = cells_of(p, table, t->key, fates, &n);

	s.targets = cells_of(p, l->to, l->to_column, DELETED, &s.targets_n);
	for (size_t at = 0; s.targets_n && at < n; at += CONNECT_VALUES_MAX) {
		s.keys = &keys[at];
		s.keys_n = n - at < CONNECT_VALUES_MAX ? n - at
						       : CONNECT_VALUES_MAX;
		p->out->steps[p->out->n++] = s;
	}
}

static void plan_unlinks(const struct planner *p, size_t table)
{
	const struct map_table *t = &p->found->system->tables[table];

	for (size_t i = 0; i < t->links_n; i++) {
		plan_unlink(p, table, &t->links[i], STAYING);
		if (is_loose(p->found, table, i))
			plan_unlink(p, table, &t->links[i], DELETED);
	}
}

/* As many steps as a statement has room for keys. */
static void plan_delete(const struct planner *p, size_t table)
{
	const struct map_table *t = &p->found->system->tables[table];
	size_t n;
	const struct cell *keys = cells_of(p, table, t->key, DELETED, &n);

	for (size_t at = 0; at < n; at += CONNECT_VALUES_MAX)
		p->out->steps[p->out->n++] = (struct erase_step){
			.table = t,
			.added = arena_one(p->arena, int64_t),
			.keys = &keys[at],
			.keys_n = n - at < CONNECT_VALUES_MAX
					  ? n - at
					  : CONNECT_VALUES_MAX,
		};
}

/* Rows that get the same values are one step; looked for among the last few. */
static struct erase_step *step_with(const struct planner *p,
	const struct map_table *t, const struct step_set *set, size_t n)
{
	enum { AMONG = 4 };
	struct erase_plan *out = p->out;

	for (size_t i = out->n; i > 0 && i + AMONG > out->n; i--) {
		struct erase_step *s = &out->steps[i - 1];

		if (s->table == t && s->set && s->keys_n < CONNECT_VALUES_MAX &&
			ways_eq(s->set, set, n))
			return s;
	}
	return NULL;
}

/* Most rows get values of their own: a step has room for one, then twice as many
 * each time that it is full. */
static void add_key(
	struct arena *a, struct erase_step *s, const struct cell *key)
{
	struct cell *keys = (struct cell *)(uintptr_t)s->keys;

	if (!(s->keys_n & (s->keys_n - 1))) {
		keys = arena_many(
			a, struct cell, s->keys_n ? 2 * s->keys_n : 1);
		if (s->keys_n)
			memcpy(keys, s->keys, s->keys_n * sizeof *keys);
		s->keys = keys;
	}
	keys[s->keys_n++] = *key;
}

static void plan_row_change(
	const struct planner *p, size_t table, const struct found_row *r)
{
	const struct found_table *ft = &p->found->tables[table];
	struct erase_step *s;
	size_t n;
	struct step_set *set = ways_of_row(&p->ways, ft, r, &n);

	s = step_with(p, ft->table, set, n);
	if (!s) {
		s = &p->out->steps[p->out->n++];
		*s = (struct erase_step){
			.table = ft->table, .set = set, .set_n = n
		};
	}
	add_key(p->arena, s, &r->key);
}

static void plan_changes(const struct planner *p, size_t table)
{
	const struct found_table *ft = &p->found->tables[table];

	for (size_t i = 0; i < ft->n && ways_any(ft->table); i++) {
		enum row_fate fate = row_fate_of(
			ft->table, &ft->rows[i], p->out->is_shared_allowed);

		if (fate == FATE_TRIM || fate == FATE_DEIDENTIFY)
			plan_row_change(p, table, &ft->rows[i]);
	}
}

/* At most so many steps change and delete rows. */
static size_t steps_of(const struct finding *f)
{
	size_t n = 0;

	for (size_t t = 0; t < f->system->tables_n; t++) {
		n += ways_any(f->tables[t].table) ? f->tables[t].n : 0;
		n += 1 + f->tables[t].n / CONNECT_VALUES_MAX;
	}
	return n;
}

/* And so many unlink them. */
static size_t unlinks_of(const struct finding *f)
{
	size_t n = 0;

	for (size_t t = 0; t < f->system->tables_n; t++)
		n += 2 * f->system->tables[t].links_n *
		     (1 + f->tables[t].n / CONNECT_VALUES_MAX);
	return n;
}

static void count_rest(const struct planner *p, size_t table)
{
	const struct found_table *ft = &p->found->tables[table];
	enum row_fate fate = row_fate_of_rest(ft->table);

	p->out->rests[table] = ft->rest.names ? &ft->rest : NULL;
	if (row_fate_is_erasure(fate))
		p->out->gone[table] = (int64_t)ft->rest.gone;
	else
		p->out->kept[table] += (int64_t)ft->rest.n;
}

static void count_standing(const struct planner *p)
{
	struct erase_plan *out = p->out;
	size_t n = out->system->tables_n;

	out->kept = arena_many(p->arena, int64_t, n);
	out->shared = arena_many(p->arena, int64_t, n);
	out->excepted = arena_many(p->arena, int64_t, n);
	out->gone = arena_many(p->arena, int64_t, n);
	out->rests = arena_many(p->arena, const struct found_rest *, n);
	for (size_t t = 0; t < n; t++) {
		const struct found_table *ft = &p->found->tables[t];

		count_rest(p, t);
		for (size_t i = 0; i < ft->n; i++) {
			enum row_fate fate = row_fate_of(ft->table,
				&ft->rows[i], out->is_shared_allowed);

			out->kept[t] += fate == FATE_KEEP || fate == FATE_TRIM;
			out->shared[t] += fate == FATE_SHARED;
			out->excepted[t] += fate == FATE_EXCEPTED;
		}
	}
}

void erase_plan_of(struct arena *a, const struct finding *f,
	bool is_shared_allowed, struct erase_plan *out)
{
	const struct map_system *s = f->system;
	struct planner p = { a, f, out, f->ways ? *f->ways : ways_new(a) };
	size_t *order = erase_order(a, s, f);

	*out = (struct erase_plan){
		.system = s, .found = *f, .is_shared_allowed = is_shared_allowed
	};
	out->steps =
		arena_many(a, struct erase_step, unlinks_of(f) + steps_of(f));
	for (size_t t = 0; t < s->tables_n; t++)
		plan_unlinks(&p, t);
	for (size_t t = 0; t < s->tables_n; t++)
		plan_changes(&p, t);
	for (size_t i = 0; i < s->tables_n; i++)
		plan_delete(&p, order[i]);
	count_standing(&p);
}

static int64_t sum_of(const int64_t *n, size_t tables)
{
	int64_t all = 0;

	for (size_t i = 0; i < tables; i++)
		all += n[i];
	return all;
}

void erase_plan_sum(
	const struct erase_plan *p, int64_t *planned, int64_t *standing)
{
	size_t tables = p->system->tables_n;

	*planned = 0;
	for (size_t i = 0; i < p->n; i++)
		if (!p->steps[i].unlink)
			*planned += (int64_t)p->steps[i].keys_n;
	*standing = sum_of(p->kept, tables) + sum_of(p->shared, tables) +
		    sum_of(p->excepted, tables);
}

static bool has_cell(const struct cell *at, size_t n, const struct cell *c)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(at[i].v.v, c->v.v))
			return true;
	return false;
}

bool erase_plan_unlinks(const struct erase_plan *p, const struct map_table *t,
	const struct found_row *r)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct erase_step *s = &p->steps[i];

		if (s->unlink && s->table == t &&
			has_cell(s->keys, s->keys_n, &r->key) &&
			has_cell(s->targets, s->targets_n,
				&r->cells[s->unlink - t->columns]))
			return true;
	}
	return false;
}

void erase_plan_uncount(struct erase_plan *p)
{
	p->is_uncounted = true;
	for (size_t i = 0; i < p->n; i++)
		p->steps[i].is_uncounted = true;
}
