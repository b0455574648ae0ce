/*
 * Erasing a finding, and proving it.
 *
 * The order of deletion is the order of the links: what belongs to a row goes
 * before it.  In a cycle the map's own order decides, and the system's late
 * checks of references.  Rows that stay because they are someone else's too are
 * unlinked first, so that their owner can go.
 *
 * The proof does not trust the transaction: it asks the system again, for every
 * key of the plan and for everything the identifiers lead to.
 */
#include "connect/erase.h"

#include "connect/erase_parts.h"
#include "connect/erase_ways.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/date.h"
#include "base/enc.h"
#include "base/json.h"
#include "ident/sha256.h"

enum row_fate row_fate_of(const struct map_table *t, const struct found_row *r,
	bool is_shared_allowed)
{
	bool is_left = r->is_shared && !is_shared_allowed;

	if (r->is_excepted)
		return FATE_EXCEPTED;
	if (t->erase == ERASE_KEEP)
		return ways_any(t) && !is_left ? FATE_TRIM : FATE_KEEP;
	if (is_left)
		return FATE_SHARED;
	return t->erase == ERASE_DEIDENTIFY ? FATE_DEIDENTIFY : FATE_DELETE;
}

bool row_fate_is_erasure(enum row_fate f)
{
	return f == FATE_DELETE || f == FATE_DEIDENTIFY;
}

static bool is_pointed_to(
	const struct map_system *s, const bool *is_out, size_t table)
{
	for (size_t c = 0; c < s->tables_n; c++)
		for (size_t i = 0; i < s->tables[c].links_n; i++)
			if (!is_out[c] && c != table &&
				s->tables[c].links[i].to == table)
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

/* The first table that nothing left points to; in a cycle simply the first. */
static size_t next_out(const struct map_system *s, const bool *is_out)
{
	size_t first = s->tables_n;

	for (size_t t = 0; t < s->tables_n; t++) {
		if (is_out[t])
			continue;
		if (!is_pointed_to(s, is_out, t) &&
			!is_waiting(&s->tables[t], is_out))
			return t;
		if (first == s->tables_n)
			first = t;
	}
	return first;
}

/* Tables so that each comes before those it links to. */
size_t *erase_order(struct arena *a, const struct map_system *s)
{
	size_t *order = arena_many(a, size_t, s->tables_n);
	bool *is_out = arena_many(a, bool, s->tables_n);

	for (size_t n = 0; n < s->tables_n; n++) {
		order[n] = next_out(s, is_out);
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

		if (fates >> fate & 1 && r->cells[column].type != CELL_NULL)
			cells[(*n)++] = r->cells[column];
	}
	return cells;
}

static void plan_unlink(
	const struct planner *p, size_t table, const struct map_link *l)
{
	const struct map_table *t = &p->found->system->tables[table];
	struct erase_step s = { .table = t, .unlink = &t->columns[l->column] };

	s.keys = cells_of(p, table, t->key, STAYING, &s.keys_n);
	s.targets = cells_of(p, l->to, l->to_column, DELETED, &s.targets_n);
	if (s.keys_n && s.targets_n)
		p->out->steps[p->out->n++] = s;
}

static void plan_delete(const struct planner *p, size_t table)
{
	const struct map_table *t = &p->found->system->tables[table];
	struct erase_step s = {
		.table = t,
		.added = arena_one(p->arena, int64_t),
	};

	s.keys = cells_of(p, table, t->key, DELETED, &s.keys_n);
	if (s.keys_n)
		p->out->steps[p->out->n++] = s;
}

/* Rows that get the same values are one step; looked for among the last few. */
static struct erase_step *step_with(const struct planner *p,
	const struct map_table *t, const struct step_set *set, size_t n)
{
	enum { AMONG = 4 };
	struct erase_plan *out = p->out;

	for (size_t i = out->n; i > 0 && i + AMONG > out->n; i--) {
		struct erase_step *s = &out->steps[i - 1];

		if (s->table == t && s->set && ways_eq(s->set, set, n))
			return s;
	}
	return NULL;
}

static void plan_row_change(
	const struct planner *p, size_t table, const struct found_row *r)
{
	const struct found_table *ft = &p->found->tables[table];
	struct erase_step *s;
	struct cell *keys;
	size_t n;
	struct step_set *set = ways_of_row(&p->ways, ft->table, r, &n);

	s = step_with(p, ft->table, set, n);
	if (!s) {
		s = &p->out->steps[p->out->n++];
		*s = (struct erase_step){ .table = ft->table,
			.keys = arena_many(p->arena, struct cell, ft->n),
			.set = set,
			.set_n = n };
	}
	keys = (struct cell *)(uintptr_t)s->keys;
	keys[s->keys_n++] = r->key;
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

static size_t changes_of(const struct finding *f)
{
	size_t n = 0;

	for (size_t t = 0; t < f->system->tables_n; t++)
		n += ways_any(f->tables[t].table) ? f->tables[t].n : 0;
	return n;
}

static size_t links_of(const struct map_system *s)
{
	size_t n = 0;

	for (size_t t = 0; t < s->tables_n; t++)
		n += s->tables[t].links_n;
	return n;
}

static void count_standing(const struct planner *p)
{
	struct erase_plan *out = p->out;
	size_t n = out->system->tables_n;

	out->kept = arena_many(p->arena, int64_t, n);
	out->shared = arena_many(p->arena, int64_t, n);
	out->excepted = arena_many(p->arena, int64_t, n);
	for (size_t t = 0; t < n; t++) {
		const struct found_table *ft = &p->found->tables[t];

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
	struct planner p = { a, f, out, ways_new(a) };
	size_t *order = erase_order(a, s);

	*out = (struct erase_plan){ .system = s,
		.is_shared_allowed = is_shared_allowed };
	out->steps = arena_many(a, struct erase_step,
		s->tables_n + links_of(s) + changes_of(f));
	for (size_t t = 0; t < s->tables_n; t++)
		for (size_t i = 0; i < s->tables[t].links_n; i++)
			plan_unlink(&p, t, &s->tables[t].links[i]);
	for (size_t t = 0; t < s->tables_n; t++)
		plan_changes(&p, t);
	for (size_t i = 0; i < s->tables_n; i++)
		plan_delete(&p, order[i]);
	count_standing(&p);
}

void erase_plan_uncount(struct erase_plan *p)
{
	p->is_uncounted = true;
	for (size_t i = 0; i < p->n; i++)
		p->steps[i].is_uncounted = true;
}

static int count_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	int64_t *count = ctx;

	(void)cells;
	(void)n;
	(void)e;
	++*count;
	return 0;
}

/* Adds how many of the step's rows are there. */
static int count_there(struct conn *c, const struct erase_step *s,
	int64_t *count, struct err *e)
{
	str key = s->table->columns[s->table->key].name;
	struct row_query q = {
		.table = s->table->name,
		.columns = &key,
		.columns_n = 1,
		.where = key,
		.values = s->keys,
		.values_n = s->keys_n,
	};

	return conn_rows(c, &q, count_row, count, e);
}

struct erase_count *erase_count_of(struct erase_result *r,
	const struct map_system *s, const struct erase_step *step)
{
	return &r->tables[step->table - s->tables];
}

/* Counts the rows of a step that hold what it gave them. */
struct reread {
	const struct erase_step *step;
	int64_t there;
	int64_t changed;
};

static int take_changed(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reread *rr = ctx;
	bool holds = true;

	(void)e;
	for (size_t i = 0; i < n; i++)
		holds = holds && ways_hold(&rr->step->set[i], &cells[i]);
	rr->there++;
	rr->changed += holds;
	return 0;
}

static int count_changed(struct conn *c, struct arena *a,
	const struct erase_step *s, struct erase_count *n, struct err *e)
{
	str *columns = arena_many(a, str, s->set_n);
	struct reread rr = { .step = s };
	struct row_query q = {
		.table = s->table->name,
		.columns = columns,
		.columns_n = s->set_n,
		.where = s->table->columns[s->table->key].name,
		.values = s->keys,
		.values_n = s->keys_n,
	};

	for (size_t i = 0; i < s->set_n; i++)
		columns[i] = s->set[i].column->name;
	if (conn_rows(c, &q, take_changed, &rr, e) < 0)
		return -1;
	n->changed += rr.changed;
	n->unchanged += rr.there - rr.changed;
	return 0;
}

/* A row that is to be deidentified counts with those that go. */
bool erase_step_counts(const struct erase_step *s)
{
	return step_deletes(s) ||
	       (s->set && s->table->erase == ERASE_DEIDENTIFY);
}

static void count_step(
	struct erase_count *n, const struct erase_step *s, int64_t done)
{
	if (!erase_step_counts(s))
		return;
	n->planned += (int64_t)s->keys_n;
	n->erased += done;
	n->added += step_summary(s) ? *s->added : 0;
}

static int delete_and_count(struct conn *c, struct arena *a,
	const struct erase_plan *p, struct erase_result *out, struct err *e)
{
	int64_t *erased = arena_many(a, int64_t, p->n);

	for (size_t i = 0; i < p->n; i++) {
		struct erase_count *n =
			erase_count_of(out, p->system, &p->steps[i]);

		if (erase_step_counts(&p->steps[i]) &&
			count_there(c, &p->steps[i], &n->before, e) < 0)
			return -1;
	}
	if (p->n && conn_erase(c, p->steps, p->n, erased, e) < 0)
		return -1;
	for (size_t i = 0; i < p->n; i++) {
		struct erase_count *n =
			erase_count_of(out, p->system, &p->steps[i]);

		if (p->steps[i].unlink)
			continue;
		count_step(n, &p->steps[i], erased[i]);
		if (p->steps[i].set ? count_changed(c, a, &p->steps[i], n, e)
				    : count_there(c, &p->steps[i], &n->left, e))
			return -1;
	}
	return 0;
}

static bool is_planned(const struct erase_plan *p, const struct map_table *t,
	const struct cell *key)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct erase_step *s = &p->steps[i];

		for (size_t k = 0; s->table == t && !s->unlink && k < s->keys_n;
			k++)
			if (cell_eq(&s->keys[k], key))
				return true;
	}
	return false;
}

static int find_again(struct conn *c, struct arena *a,
	const struct erase_request *q, struct finding *out, struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX };
	struct find_options started = { .starts = q->starts,
		.starts_n = q->starts_n };

	if (q->keys)
		return find_by_key(c, a, q->keys, &whole, out, e);
	return find_person(c, a, q->ids, q->ids_n, &started, out, e);
}

/* What the identifiers still lead to, that no plan has and nothing excuses. */
int erase_prove(struct conn *c, struct arena *a, const struct erase_request *q,
	struct erase_result *out, struct err *e)
{
	const struct erase_plan *p = q->plan;
	struct finding again;

	if (find_again(c, a, q, &again, e) < 0)
		return -1;
	for (size_t t = 0; t < p->system->tables_n; t++)
		for (size_t i = 0; i < again.tables[t].n; i++) {
			const struct found_row *r = &again.tables[t].rows[i];
			const struct map_table *tb = again.tables[t].table;

			enum row_fate fate =
				row_fate_of(tb, r, p->is_shared_allowed);

			if ((row_fate_is_erasure(fate) || fate == FATE_TRIM) &&
				!is_planned(p, tb, &r->key))
				out->tables[t].new_rows++;
		}
	return 0;
}

static void put_keys(struct buf *b, const struct erase_step *s)
{
	buf_fmt(b, "%.*s\n", STR_ARG(s->table->name));
	for (size_t i = 0; i < s->keys_n; i++) {
		buf_fmt(b, "%d %zu ", (int)s->keys[i].type, s->keys[i].v.v.n);
		buf_put(b, s->keys[i].v.v);
		buf_putc(b, '\n');
	}
}

/* Which rows were meant, without naming one: SHA-256 of tables and keys. */
static str keys_digest(struct arena *a, const struct erase_plan *p)
{
	struct buf b = buf_in(a, FIND_JSON_MAX);
	uint8_t digest[SHA256_SIZE];

	for (size_t i = 0; i < p->n; i++)
		if (!p->steps[i].unlink)
			put_keys(&b, &p->steps[i]);
	must(buf_ok(&b));
	sha256(buf_str(&b), digest);
	return hex_of(a, digest, sizeof digest);
}

/* Per column, so that the answer can say of each what became of it (11 CCR
 * 7022(f)). */
static void put_ways(struct json *j, const struct erase_count *n)
{
	json_put_int(j, "changed", n->changed);
	json_put_int(j, "unchanged", n->unchanged);
	json_key(j, "columns");
	json_begin_object(j);
	for (size_t i = 0; i < n->table->columns_n; i++) {
		const struct map_column *c = &n->table->columns[i];

		if (c->way)
			json_put(j, arena_cstr(j->out->arena, c->name),
				str_of(column_way_name(c->way)));
	}
	json_end(j);
}

static void put_count(struct json *j, const struct erase_count *n)
{
	json_begin_object(j);
	json_put(j, "name", n->table->name);
	json_put_int(j, "planned", n->planned);
	json_put_int(j, "before", n->before);
	json_put_int(j, "erased", n->erased);
	json_put_int(j, "left", n->left);
	json_put_int(j, "new", n->new_rows);
	json_put_int(j, "kept", n->kept);
	if (n->kept) {
		json_put(j, "exception", n->table->exception);
		json_put(j, "purpose", n->table->about.purpose);
	}
	if (n->into)
		json_put(j, "aggregated_into", n->into->table);
	if (n->into && n->added >= 0)
		json_put_int(j, "aggregated", n->added);
	json_put_int(j, "shared", n->shared);
	if (n->excepted)
		json_put_int(j, "excepted", n->excepted);
	if (ways_any(n->table))
		put_ways(j, n);
	json_end(j);
}

static void put_searched_by(struct json *j, const struct erase_request *q)
{
	if (q->keys)
		json_put_int(j, "people", (int64_t)q->keys->n);
	json_key(j, "searched_by");
	json_begin_object(j);
	for (size_t k = 0; k < IDENT_KINDS; k++) {
		int64_t n = 0;

		for (size_t i = 0; i < q->ids_n; i++)
			n += q->ids[i].kind == (enum ident_kind)k;
		if (n)
			json_put_int(j, ident_kind_name((enum ident_kind)k), n);
	}
	json_end(j);
}

static str evidence_of(struct arena *a, const struct erase_request *q,
	const struct erase_result *r)
{
	const struct map_system *s = q->plan->system;
	struct buf b = buf_in(a, ERASE_EVIDENCE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "version", 1);
	json_put(&j, "system", s->name);
	json_put(&j, "connector", str_of(connector_kind_name(s->connector)));
	json_put(&j, "at", instant_rfc3339(a, q->at_ms));
	json_put(&j, "profile", str_of(ident_profile_name(IDENT_TOYON_1)));
	put_searched_by(&j, q);
	json_put_int(&j, "planned", r->planned);
	json_put_int(&j, "erased", r->erased);
	json_put_int(&j, "gone", r->gone);
	json_put_int(&j, "left", r->left);
	json_put_bool(&j, "proven", r->is_proven);
	json_put(&j, "keys_sha256", keys_digest(a, q->plan));
	json_key(&j, "tables");
	json_begin_array(&j);
	for (size_t t = 0; t < s->tables_n; t++)
		put_count(&j, &r->tables[t]);
	json_end(&j);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static void sum_up(struct erase_result *r, size_t n)
{
	int64_t left_by_key = 0, unchanged;

	for (size_t t = 0; t < n; t++) {
		r->planned += r->tables[t].planned;
		r->erased += r->tables[t].erased;
		unchanged = r->tables[t].unchanged;
		left_by_key += r->tables[t].left;
		if (r->tables[t].table->erase == ERASE_DEIDENTIFY)
			left_by_key += unchanged;
		r->left +=
			r->tables[t].left + r->tables[t].new_rows + unchanged;
	}
	r->gone = r->planned - left_by_key;
	r->is_proven = r->left == 0;
}

void erase_begin(struct arena *a, const struct erase_request *q,
	struct erase_result *out)
{
	const struct map_system *s = q->plan->system;

	*out = (struct erase_result){ 0 };
	out->tables = arena_many(a, struct erase_count, s->tables_n);
	for (size_t t = 0; t < s->tables_n; t++)
		out->tables[t] = (struct erase_count){
			.table = &s->tables[t],
			.into = q->plan->is_uncounted ? NULL
						      : s->tables[t].summary,
			.kept = q->plan->kept[t],
			.shared = q->plan->shared[t],
			.excepted = q->plan->excepted[t],
		};
}

void erase_end(struct arena *a, const struct erase_request *q,
	struct erase_result *out)
{
	sum_up(out, q->plan->system->tables_n);
	out->evidence = evidence_of(a, q, out);
}

int erase_run(struct conn *c, struct arena *a, const struct erase_request *q,
	struct erase_result *out, struct err *e)
{
	must(q->plan->system == c->system);
	erase_begin(a, q, out);
	if (delete_and_count(c, a, q->plan, out, e) < 0 ||
		erase_prove(c, a, q, out, e) < 0)
		return -1;
	erase_end(a, q, out);
	return 0;
}
