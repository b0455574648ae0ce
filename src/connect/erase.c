/*
 * Carrying out the plan of an erasure, and proving it.
 *
 * The proof does not trust the transaction: it asks the system again, for every
 * key of the plan and for everything the identifiers lead to.
 */
#include "connect/erase.h"

#include "connect/erase_parts.h"
#include "connect/erase_shared.h"
#include "connect/erase_since.h"
#include "connect/erase_ways.h"
#include "connect/find_rest.h"
#include "connect/keys.h"
#include "connect/ripples.h"

#include <inttypes.h>

#include "base/base.h"
#include "base/date.h"
#include "base/enc.h"
#include "base/json.h"
#include "ident/sha256.h"

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

/* Rows known by their keys were found just now. */
static int look_for_news(struct conn *c, struct arena *a,
	const struct erase_request *q, bool *out, struct err *e)
{
	*out = false;
	return q->keys ? 0 : erase_since(c, a, &q->plan, 1, out, e);
}

/* What the proof is held against; and no row but those of the plan is meant. */
static int count_before(struct conn *c, const struct erase_plan *p,
	struct erase_result *out, struct err *e)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct erase_step *s = &p->steps[i];
		struct erase_count *n = erase_count_of(out, p->system, s);
		int64_t there = 0;

		if (s->unlink)
			continue;
		if (count_there(c, s, &there, e) || step_need_own(s, there, e))
			return -1;
		n->before += erase_step_counts(s) ? there : 0;
	}
	return 0;
}

static int carry_out(struct conn *c, struct arena *a,
	const struct erase_request *q, int64_t *erased,
	struct erase_result *out, struct err *e)
{
	const struct erase_plan *p = q->plan;
	struct erase_shared shared;
	int rc;

	if (c->guard || !erase_shared_is_due(q))
		return conn_erase(c, p->steps, p->n, erased, e);
	erase_shared_set(&shared, c, a, q);
	c->guard = &shared.guard;
	rc = conn_erase(c, p->steps, p->n, erased, e);
	c->guard = NULL;
	if (!rc || !shared.has_news)
		return rc;
	*e = (struct err){ 0 };
	out->has_news = true;
	return 0;
}

static int delete_and_count(struct conn *c, struct arena *a,
	const struct erase_request *q, struct erase_result *out, struct err *e)
{
	const struct erase_plan *p = q->plan;
	int64_t *erased = arena_many(a, int64_t, p->n);

	if (look_for_news(c, a, q, &out->has_news, e) ||
		ripples_refuse(c, a, p->steps, p->n, e) ||
		count_before(c, p, out, e))
		return -1;
	if (p->n && !out->has_news && carry_out(c, a, q, erased, out, e) < 0)
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

/* The rows of one table that a plan names; a number of the set is that of a cell. */
struct planned {
	const struct cell **at;
	size_t n;
	struct key_set keys;
};

static struct planned planned_in(
	struct arena *a, const struct erase_plan *p, const struct map_table *t)
{
	struct planned out = { .n = 0 };
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->steps[i].table == t ? p->steps[i].keys_n : 0;
	out.at = arena_many(a, const struct cell *, n);
	out.keys = key_set_in(a, n);
	for (size_t i = 0; i < p->n; i++) {
		const struct erase_step *s = &p->steps[i];

		for (size_t k = 0; s->table == t && !s->unlink && k < s->keys_n;
			k++) {
			key_set_add(&out.keys, &s->keys[k], 1, out.n);
			out.at[out.n++] = &s->keys[k];
		}
	}
	return out;
}

static bool is_planned(const struct planned *p, const struct cell *key)
{
	const struct key_entry *k = key_set_find(&p->keys, key->v.v);
	const struct key_use *use = k ? k->uses : NULL;

	while (use && !cell_eq(p->at[use->number], key))
		use = use->next;
	return use != NULL;
}

int erase_find_again(struct conn *c, struct arena *a,
	const struct erase_request *q, size_t keep_max, struct finding *out,
	struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX };
	struct find_options started = { .starts = q->starts,
		.starts_n = q->starts_n,
		.rows_max = CONNECT_VALUES_MAX,
		.keep_max = keep_max,
		.has_names = true,
		.map = q->map };

	if (q->keys)
		return find_by_key(c, a, q->keys, &whole, out, e);
	if (find_person(c, a, q->ids, q->ids_n,
		    q->found_by ? q->found_by : &started, out, e))
		return -1;
	return find_rest_name(c, a, out, e);
}

static void count_new(struct arena *a, const struct erase_plan *p,
	const struct found_table *again, struct erase_count *out)
{
	struct planned planned = planned_in(a, p, again->table);

	for (size_t i = 0; i < again->n; i++) {
		enum row_fate fate = row_fate_of(
			again->table, &again->rows[i], p->is_shared_allowed);

		if ((row_fate_is_erasure(fate) || fate == FATE_TRIM) &&
			!is_planned(&planned, &again->rows[i].key))
			out->new_rows++;
	}
}

/* What the identifiers still lead to, that no plan has and nothing excuses. */
int erase_prove(struct conn *c, struct arena *a, const struct erase_request *q,
	struct erase_result *out, struct err *e)
{
	const struct erase_plan *p = q->plan;
	struct finding again;

	if (erase_find_again(c, a, q, q->map ? FIND_KEEP_MAX : 0, &again, e) <
		0)
		return -1;
	for (size_t t = 0; t < p->system->tables_n; t++)
		if (again.tables[t].n)
			count_new(a, p, &again.tables[t], &out->tables[t]);
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

/* Instead of the keys: what is left of them after an interruption are others. */
static void put_names(struct buf *b, const struct erase_plan *p)
{
	for (size_t t = 0; t < p->system->tables_n; t++) {
		const struct found_rest *r = p->rests[t];

		if (!r)
			continue;
		buf_fmt(b, "%.*s\n", STR_ARG(p->system->tables[t].name));
		buf_put(b, (str){ (const char *)r->names,
				   r->names_n * sizeof *r->names });
	}
}

/* Which rows were meant, without naming one: SHA-256 of tables and keys. */
static str keys_digest(struct arena *a, const struct erase_plan *p)
{
	struct buf b = buf_in(a, FIND_JSON_MAX);
	uint8_t digest[SHA256_SIZE];

	for (size_t i = 0; i < p->n; i++)
		if (!p->steps[i].unlink &&
			!p->rests[p->steps[i].table - p->system->tables])
			put_keys(&b, &p->steps[i]);
	put_names(&b, p);
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
		r->stuck += r->tables[t].left + unchanged;
		left_by_key += r->tables[t].left;
		if (r->tables[t].table->erase == ERASE_DEIDENTIFY)
			left_by_key += unchanged;
		r->left +=
			r->tables[t].left + r->tables[t].new_rows + unchanged;
	}
	r->gone = r->planned - left_by_key;
	r->stuck = r->has_news ? 0 : r->stuck;
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
			.planned = q->plan->gone[t],
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
	int rc;

	must(q->plan->system == c->system);
	erase_begin(a, q, out);
	erase_held(c, a, q->plan);
	rc = delete_and_count(c, a, q, out, e) || erase_prove(c, a, q, out, e)
		     ? -1
		     : 0;
	erase_held_end(c);
	if (!rc)
		erase_end(a, q, out);
	return rc;
}

static int count_partly(struct conn *c, struct arena *a,
	const struct erase_step *s, struct erase_count *n, struct err *e)
{
	if (s->unlink)
		return 0;
	count_step(n, s, 0);
	return s->set ? count_changed(c, a, s, n, e)
		      : count_there(c, s, &n->left, e);
}

int erase_run_partly(struct conn *c, struct arena *a,
	const struct erase_request *q, struct erase_result *out, struct err *e)
{
	const struct erase_plan *p = q->plan;
	const struct erase_count *was = out->tables;

	erase_begin(a, q, out);
	for (size_t i = 0; i < p->n; i++)
		if (count_partly(c, a, &p->steps[i],
			    erase_count_of(out, p->system, &p->steps[i]), e))
			return -1;
	for (size_t t = 0; t < p->system->tables_n; t++) {
		struct erase_count *n = &out->tables[t];

		n->before = was[t].before;
		n->erased = n->changed;
		if (n->table->erase != ERASE_DEIDENTIFY && n->before > n->left)
			n->erased = n->before - n->left;
	}
	sum_up(out, p->system->tables_n);
	out->is_proven = false;
	out->evidence = evidence_of(a, q, out);
	return 0;
}
