/*
 * Many people at once.  Each look-up asks for the keys of all plans, and what it
 * hands over is told to whose plan has it: a key that stands in two plans counts
 * for both, as it would one after the other, and is deleted for the first.
 */
#include "connect/erase_many.h"

#include <string.h>

#include "base/base.h"
#include "connect/erase_parts.h"
#include "connect/erase_since.h"
#include "connect/erase_ways.h"
#include "connect/keys.h"
#include "connect/ripples.h"

enum { SEARCH_ARENA = 256 << 20 };

/* A step of one plan, with what was read of its rows. */
struct part {
	const struct erase_step *step;
	struct erase_one *of;
	int64_t before; /* rows that are there before */
	int64_t own;    /* of these, in no earlier plan; then: that went */
	int64_t left;
	int64_t changed;
};

/* The rows of one table, of all plans. */
struct many_table {
	struct key_set keys; /* numbers are those of parts */
	struct cell *cells;  /* each once */
	size_t n;
	bool has_sets;
	int64_t erased; /* of these, deleted; and added to totals */
	int64_t added;
};

struct many {
	struct conn *conn;
	struct arena *arena;
	const struct map_system *system;
	struct erase_one *of;
	size_t n;
	struct part *parts;
	size_t parts_n;
	struct many_table *tables;
};

size_t erase_plan_keys(const struct erase_plan *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->steps[i].keys_n;
	return n;
}

/* --- what is to be read --- */

static size_t count_steps(const struct many *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->of[i].q.plan->n;
	return n;
}

static void make_tables(struct many *m)
{
	size_t *keys = arena_many(m->arena, size_t, m->system->tables_n);

	for (size_t i = 0; i < m->parts_n; i++)
		keys[m->parts[i].step->table - m->system->tables] +=
			m->parts[i].step->keys_n;
	m->tables =
		arena_many(m->arena, struct many_table, m->system->tables_n);
	for (size_t t = 0; t < m->system->tables_n; t++) {
		m->tables[t].keys = key_set_in(m->arena, keys[t]);
		m->tables[t].cells = arena_many(m->arena, struct cell, keys[t]);
	}
}

static void add_keys(struct many *m, size_t part)
{
	const struct erase_step *s = m->parts[part].step;
	struct many_table *t = &m->tables[s->table - m->system->tables];

	for (size_t k = 0; k < s->keys_n; k++) {
		if (!key_set_find(&t->keys, s->keys[k].v.v))
			t->cells[t->n++] = s->keys[k];
		key_set_add(&t->keys, &s->keys[k], 1, part);
	}
	t->has_sets |= s->set != NULL;
}

/* What is unlinked is neither counted nor read: the row stays. */
static void make_parts(struct many *m)
{
	m->parts = arena_many(m->arena, struct part, count_steps(m));
	for (size_t i = 0; i < m->n; i++) {
		const struct erase_plan *p = m->of[i].q.plan;

		for (size_t k = 0; k < p->n; k++)
			if (!p->steps[k].unlink)
				m->parts[m->parts_n++] = (struct part){
					.step = &p->steps[k],
					.of = &m->of[i],
				};
	}
	make_tables(m);
	for (size_t i = 0; i < m->parts_n; i++)
		add_keys(m, i);
}

/* --- reading --- */

struct reading {
	struct many *m;
	struct many_table *table;
	const struct map_table *map;
	size_t *place; /* of each column of the map's table: in the look-up */
	bool is_after;
};

static bool holds(const struct reading *r, const struct erase_step *s,
	const struct cell *cells)
{
	for (size_t i = 0; i < s->set_n; i++) {
		size_t column = (size_t)(s->set[i].column - r->map->columns);

		if (!ways_hold(&s->set[i], &cells[r->place[column]]))
			return false;
	}
	return true;
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	const struct reading *r = ctx;
	const struct key_entry *k = key_set_find(&r->table->keys, cells[0].v.v);

	(void)n;
	(void)e;
	for (const struct key_use *u = k ? k->uses : NULL; u; u = u->next) {
		struct part *p = &r->m->parts[u->number];

		if (!r->is_after)
			p->before++;
		else
			p->left++;
		p->own += u != k->uses ? 0 : r->is_after ? -1 : 1;
		if (r->is_after && p->step->set)
			p->changed += holds(r, p->step, cells);
	}
	return 0;
}

/* The key, then the columns that have a way. */
static int read_table(
	struct many *m, size_t table, bool is_after, struct err *e)
{
	const struct map_table *t = &m->system->tables[table];
	str *columns = arena_many(m->arena, str, t->columns_n + 1);
	struct reading r = {
		.m = m,
		.table = &m->tables[table],
		.map = t,
		.place = arena_many(m->arena, size_t, t->columns_n),
		.is_after = is_after,
	};
	struct row_query q = {
		.table = t->name,
		.columns = columns,
		.columns_n = 1,
		.where = t->columns[t->key].name,
		.values = r.table->cells,
		.values_n = r.table->n,
	};

	columns[0] = q.where;
	for (size_t i = 0; is_after && r.table->has_sets && i < t->columns_n;
		i++)
		if (t->columns[i].way) {
			r.place[i] = q.columns_n;
			columns[q.columns_n++] = t->columns[i].name;
		}
	return conn_rows(m->conn, &q, take_row, &r, e);
}

static int read_all(struct many *m, bool is_after, struct err *e)
{
	for (size_t t = 0; t < m->system->tables_n; t++)
		if (m->tables[t].n && read_table(m, t, is_after, e) < 0)
			return -1;
	return 0;
}

/* --- erasing --- */

static void put_stays(const struct many *m, struct erase_step *out, size_t *n,
	bool is_unlinking)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct erase_plan *p = m->of[i].q.plan;

		for (size_t k = 0; k < p->n; k++)
			if (!step_deletes(&p->steps[k]) &&
				(p->steps[k].unlink != NULL) == is_unlinking)
				out[(*n)++] = p->steps[k];
	}
}

/* Of one table, each row once. */
static void put_deletes(
	const struct many *m, size_t table, struct erase_step *out, size_t *n)
{
	struct many_table *t = &m->tables[table];
	struct cell *keys = arena_many(m->arena, struct cell, t->n);
	struct erase_step s = {
		.table = &m->system->tables[table],
		.keys = keys,
		.added = &t->added,
	};

	for (size_t i = 0; i < t->n; i++) {
		const struct key_entry *k =
			key_set_find(&t->keys, t->cells[i].v.v);
		bool is_going = false;

		for (const struct key_use *u = k->uses; u; u = u->next)
			is_going |= step_deletes(m->parts[u->number].step);
		if (is_going)
			keys[s.keys_n++] = t->cells[i];
	}
	if (s.keys_n)
		out[(*n)++] = s;
}

/* As in one plan: what stays is unlinked and set, then rows go, children first. */
static int erase_all(struct many *m, struct err *e)
{
	size_t most = count_steps(m) + m->system->tables_n;
	struct erase_step *steps =
		arena_many(m->arena, struct erase_step, most);
	int64_t *erased = arena_many(m->arena, int64_t, most);
	size_t *order = erase_order(m->arena, m->system, NULL);
	size_t n = 0;

	put_stays(m, steps, &n, true);
	put_stays(m, steps, &n, false);
	for (size_t i = 0; i < m->system->tables_n; i++)
		put_deletes(m, order[i], steps, &n);
	if (n && conn_erase(m->conn, steps, n, erased, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (step_deletes(&steps[i]))
			m->tables[steps[i].table - m->system->tables].erased =
				erased[i];
	return 0;
}

/* --- whose --- */

/* All of them were added, or none: else nobody knows which. */
static void tell_added(
	const struct many_table *t, const struct part *p, struct erase_count *n)
{
	if (!t->added || !p->own || n->added < 0)
		return;
	n->added = t->added == t->erased ? n->added + p->own : -1;
}

static void tell_parts(struct many *m)
{
	for (size_t i = 0; i < m->parts_n; i++) {
		struct part *p = &m->parts[i];
		struct erase_count *n =
			erase_count_of(&p->of->result, m->system, p->step);

		if (erase_step_counts(p->step)) {
			n->planned += (int64_t)p->step->keys_n;
			n->before += p->before;
			n->erased += p->step->set ? p->before : p->own;
		}
		if (step_summary(p->step))
			tell_added(
				&m->tables[p->step->table - m->system->tables],
				p, n);
		if (p->step->set) {
			n->changed += p->changed;
			n->unchanged += p->left - p->changed;
		} else {
			n->left += p->left;
		}
	}
}

/* --- the proof --- */

/* What the group is searched by. */
static void gather(const struct many *m, struct arena *a, size_t first,
	size_t n, struct erase_request *out)
{
	struct find_start *starts;
	struct ident *ids;

	*out = (struct erase_request){ 0 };
	for (size_t i = first; i < first + n; i++) {
		out->ids_n += m->of[i].q.ids_n;
		out->starts_n += m->of[i].q.starts_n;
	}
	ids = arena_many(a, struct ident, out->ids_n);
	starts = arena_many(a, struct find_start, out->starts_n);
	out->ids = ids;
	out->starts = starts;
	for (size_t i = first; i < first + n; i++) {
		const struct erase_request *q = &m->of[i].q;

		if (q->ids_n)
			memcpy(ids, q->ids, q->ids_n * sizeof *ids);
		if (q->starts_n)
			memcpy(starts, q->starts, q->starts_n * sizeof *starts);
		ids += q->ids_n;
		starts += q->starts_n;
	}
}

/* Only what the map keeps, what is somebody else's too, and what plans gave its
 * values to. */
static bool is_clean(const struct many *m, const struct finding *f)
{
	for (size_t t = 0; t < m->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++) {
			const struct found_row *r = &f->tables[t].rows[i];
			enum row_fate fate =
				row_fate_of(f->tables[t].table, r, false);

			if (fate == FATE_DELETE ||
				((fate == FATE_TRIM ||
					 fate == FATE_DEIDENTIFY) &&
					!key_set_find(&m->tables[t].keys,
						r->key.v.v)))
				return false;
		}
	return true;
}

/* 1 clean, 0 not, or too much for one search; -1. */
static int search_group(const struct many *m, struct arena *a, size_t first,
	size_t n, struct err *e)
{
	struct find_options o = { .rows_max = CONNECT_VALUES_MAX };
	struct erase_request q;
	struct finding f;

	gather(m, a, first, n, &q);
	if (q.ids_n > FIND_IDENTS_MAX)
		return 0;
	o.starts = q.starts;
	o.starts_n = q.starts_n;
	if (!find_person(m->conn, a, q.ids, q.ids_n, &o, &f, e))
		return is_clean(m, &f);
	return e->code == ERR_LIMIT ? 0 : -1;
}

/* Each search in an arena of its own: there may be many. */
static int search_some(
	const struct many *m, size_t first, size_t n, struct err *e)
{
	struct arena *a = arena_new(SEARCH_ARENA);
	struct erase_one *one = &m->of[first];
	int rc = n > 1 ? search_group(m, a, first, n, e)
		       : erase_prove(m->conn, a, &one->q, &one->result, e);

	arena_free(a);
	return n > 1 || rc ? rc : 1;
}

static int prove(const struct many *m, size_t first, size_t n, struct err *e)
{
	int rc = search_some(m, first, n, e);

	if (rc)
		return rc < 0 ? -1 : 0;
	return prove(m, first, n / 2, e) ||
			       prove(m, first + n / 2, n - n / 2, e)
		       ? -1
		       : 0;
}

static int look_for_news(const struct many *m, struct err *e)
{
	struct arena *a = arena_new(SEARCH_ARENA);
	const struct erase_plan **plans =
		arena_many(a, const struct erase_plan *, m->n);
	bool *has_news = arena_many(a, bool, m->n);
	bool is_any = false;
	int rc;

	for (size_t i = 0; i < m->n; i++)
		plans[i] = m->of[i].q.plan;
	rc = erase_since(m->conn, a, plans, m->n, has_news, e);
	for (size_t i = 0; i < m->n; i++) {
		m->of[i].has_news = !rc && has_news[i];
		is_any |= m->of[i].has_news;
	}
	arena_free(a);
	return is_any ? err_set(e, ERR_CONFLICT,
				"rows came since the system was searched")
		      : rc;
}

/* As for each of them alone. */
static int refuse_ripples(struct many *m, struct err *e)
{
	struct arena *a = arena_new(SEARCH_ARENA);
	int rc = 0;

	for (size_t i = 0; i < m->n && !rc; i++) {
		const struct erase_plan *p = m->of[i].q.plan;

		rc = ripples_refuse(m->conn, a, p->steps, p->n, e);
	}
	arena_free(a);
	return rc;
}

int erase_run_many(struct conn *c, struct arena *a, struct erase_one *of,
	size_t n, struct err *e)
{
	struct many m = {
		.conn = c,
		.arena = a,
		.system = c->system,
		.of = of,
		.n = n,
	};
	int rc;

	must(n);
	for (size_t i = 0; i < n; i++) {
		must(of[i].q.plan->system == c->system && !of[i].q.keys &&
			!of[i].q.plan->is_shared_allowed &&
			!of[i].q.plan->is_uncounted);
		erase_begin(a, &of[i].q, &of[i].result);
		erase_held(c, a, of[i].q.plan);
	}
	make_parts(&m);
	rc = look_for_news(&m, e) || refuse_ripples(&m, e) ||
	     read_all(&m, false, e) || erase_all(&m, e) ||
	     read_all(&m, true, e) || prove(&m, 0, n, e);
	erase_held_end(c);
	if (rc)
		return -1;
	tell_parts(&m);
	for (size_t i = 0; i < n; i++)
		erase_end(a, &of[i].q, &of[i].result);
	return 0;
}
