/*
 * What is kept too long in a table: one reading of all its rows for their keys and days,
 * then batches of them.  A table with very many is read again until none is left that
 * was not tried.
 */
#include "connect/expire.h"

#include "base/base.h"
#include "connect/erase.h"
#include "connect/erase_parts.h"
#include "connect/erase_ready.h"
#include "connect/expire_again.h"
#include "connect/expire_rows.h"
#include "connect/expires.h"
#include "connect/keys.h"
#include "connect/ripples.h"

#include <string.h>

enum {
	KEYS_MAX = 50000, /* remembered of one reading */
	KEYS_SIZE_MAX = 16 << 20,
	BATCH = 500,
	BATCH_OF_FILES = 5000, /* each is a writing of the whole file */
	TRIES = 3,             /* of a batch that others change */
	PAGE_MEMORY = 256 << 20,
};

static const struct why_row {
	const char *code;
	const char *words;
} whys[] = {
	[EXPIRE_GOES] = { "", "" },
#define EXPIRE_WHY(NAME, code, words) { #code, words },
#include "connect/tbl/expire_whys.h"
};

const char *expire_why_code(enum expire_why w)
{
	return whys[w].code;
}

const char *expire_why_words(enum expire_why w)
{
	return whys[w].words;
}

const char *expire_cant(const struct map_system *s)
{
	return map_asks_person(s) ? "a person looks there, not a program"
				  : NULL;
}

const struct map_system *expire_system(
	struct arena *a, const struct map_system *s)
{
	struct map_system *out = arena_one(a, struct map_system);
	struct map_table *tables = arena_many(a, struct map_table, s->tables_n);

	memcpy(tables, s->tables, s->tables_n * sizeof *tables);
	for (size_t i = 0; i < s->tables_n; i++)
		if (tables[i].expires && tables[i].erase == ERASE_KEEP)
			tables[i].erase = ERASE_DELETE;
	*out = *s;
	out->tables = tables;
	return out;
}

const struct map_table **expire_order(
	struct arena *a, const struct map_system *s, size_t *n)
{
	const struct map_table **out =
		arena_many(a, const struct map_table *, s->tables_n);
	size_t *order = erase_order(a, s, NULL);

	*n = 0;
	for (size_t i = 0; i < s->tables_n; i++)
		if (s->tables[order[i]].expires)
			out[(*n)++] = &s->tables[order[i]];
	return out;
}

/* --- a row's time --- */

bool expire_day(
	const struct map_table *t, const struct cell *cells, struct date *day)
{
	const struct cell *c = &cells[t->expires->column];

	return c->type != CELL_NULL && c->type != CELL_BLOB &&
	       expires_day(t->expires, c->v.v, day);
}

bool expire_is_done(const struct map_table *t, const struct cell *cells)
{
	if (t->erase != ERASE_DEIDENTIFY)
		return false;
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].way == WAY_EMPTY &&
			cells[i].type != CELL_NULL && cells[i].v.v.n)
			return false;
	return true;
}

bool expire_is_old(
	const struct map_table *t, const struct cell *cells, struct date today)
{
	struct date day;

	return !expire_is_done(t, cells) && expire_day(t, cells, &day) &&
	       date_cmp(expires_last_day(t->expires, day), today) < 0;
}

/* --- reading --- */

struct reading {
	struct arena *arena; /* of the keys */
	struct arena *told;  /* of what the count says */
	const struct map_table *table;
	struct date today;
	struct expire_count *count;
	const size_t *column; /* of the table, for each that is asked for */
	size_t columns_n;
	struct cell *cells;          /* one for each column of the table */
	const struct key_set *tried; /* these are not taken again */
	struct key_set taken;        /* of `keys` */
	struct cell *keys;           /* NULL: they are counted only */
	size_t n;
	size_t size;
	/* Too old, and without a key, or with one of more than CONNECT_KEY_MAX
	 * bytes. */
	int64_t keyless;
};

static void note_oldest(struct reading *r, struct date day)
{
	struct expire_count *c = r->count;

	if (date_is_none(c->oldest) || date_cmp(day, c->oldest) < 0)
		c->oldest = day;
}

static void note_sample(struct reading *r, struct date day)
{
	struct expire_count *c = r->count;
	const struct cell *key = &r->cells[r->table->key];

	if (c->samples_n < EXPIRE_SAMPLES)
		c->sample[c->samples_n++] = (struct expire_sample){
			{ arena_dup(r->told, key->v.v) }, day
		};
}

static void take_key(struct reading *r)
{
	const struct cell *key = &r->cells[r->table->key];

	if (!r->keys || key_set_find(r->tried, key->v.v) ||
		key_set_find(&r->taken, key->v.v))
		return;
	if (r->n == KEYS_MAX || r->size + key->v.v.n > KEYS_SIZE_MAX) {
		r->count->is_more = true;
		return;
	}
	r->size += key->v.v.n;
	r->keys[r->n] = cell_dup(r->arena, key);
	key_set_add(&r->taken, &r->keys[r->n], 1, r->n);
	r->n++;
}

static int take_row(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct reading *r = ctx;
	const struct map_table *t = r->table;
	struct date day;

	(void)e;
	for (size_t i = 0; i < n; i++)
		r->cells[r->column[i]] = cells[i];
	r->count->rows++;
	if (expire_is_done(t, r->cells))
		return 0;
	if (!expire_day(t, r->cells, &day)) {
		r->count->undated++;
		return 0;
	}
	if (!expire_is_old(t, r->cells, r->today))
		return 0;
	r->count->old++;
	note_oldest(r, day);
	if (r->cells[t->key].type == CELL_NULL || r->cells[t->key].is_cut) {
		r->keyless++;
		return 0;
	}
	note_sample(r, day);
	take_key(r);
	return 0;
}

/* The key, the day, and what says that a row was deidentified. */
static void choose_columns(struct reading *r, size_t *column, str *names)
{
	const struct map_table *t = r->table;

	for (size_t i = 0; i < t->columns_n; i++) {
		bool is_wanted = i == t->key || i == t->expires->column ||
				 (t->erase == ERASE_DEIDENTIFY &&
					 t->columns[i].way == WAY_EMPTY);

		if (!is_wanted)
			continue;
		column[r->columns_n] = i;
		names[r->columns_n++] = t->columns[i].name;
	}
	r->column = column;
}

static int read_table(struct conn *c, struct reading *r, struct err *e)
{
	const struct map_table *t = r->table;
	str *names = arena_many(r->arena, str, t->columns_n);
	struct row_query q = {
		.table = t->name,
		.columns = names,
		.cell_max = CONNECT_KEY_MAX,
		.is_all = true,
	};

	r->cells = arena_many(r->arena, struct cell, t->columns_n);
	choose_columns(r, arena_many(r->arena, size_t, t->columns_n), names);
	q.columns_n = r->columns_n;
	r->count->rows = r->count->old = r->count->undated = 0;
	r->count->samples_n = 0;
	r->count->oldest = (struct date){ 0 };
	return conn_rows(c, &q, take_row, r, e);
}

int expire_count(struct conn *c, struct arena *a, const struct map_table *t,
	struct date today, struct expire_count *out, struct err *e)
{
	struct reading r = {
		.arena = a, .told = a, .table = t, .today = today, .count = out
	};

	*out = (struct expire_count){ 0 };
	return read_table(c, &r, e);
}

/* --- in batches --- */

struct running {
	const struct expire_way *way;
	const struct map_table *table;
	struct expire_count *out;
	struct arena *page;   /* of one batch */
	struct arena *again;  /* of its second reading */
	struct arena *memory; /* of what was tried */
	struct key_set tried;
};

/* What went is what the system says, not what was planned: somebody may have been faster,
 * or have stopped it. */
static void count_gone(const struct expire_batch_rows *b,
	const struct erase_result *r, struct expire_batch *out)
{
	int64_t all = 0, own;

	for (size_t t = 0; t < b->going.system->tables_n; t++)
		all += r->tables[t].erased;
	own = r->tables[b->table - b->going.system->tables].erased;
	out->goes = own < b->goes ? own : b->goes;
	out->along = all - out->goes;
}

/* How a batch was tried. */
struct trial {
	bool is_last;
	/* Out. */
	bool has_gone;       /* rows went, be it that not all did */
	bool has_changed;    /* nothing went, and it is to be looked at again */
	enum expire_why why; /* not all went; EXPIRE_GOES: it was done */
};

/* -1: the run ends with it. */
static int take_failure(const struct running *x, const struct expire_again *g,
	struct trial *t, struct err *e)
{
	bool is_guarded = x->way->conn->via->is_guarded;

	if (g->has_failed) {
		*e = g->failure;
		t->has_changed = e->code == ERR_LIMIT;
	} else {
		/* A transaction that was in another's way is taken back. */
		t->has_changed =
			g->has_changed || (e->code == ERR_UNAVAILABLE &&
						  is_guarded && !t->is_last);
	}
	if (t->has_changed)
		t->why = EXPIRE_UNSURE;
	else if (e->code == ERR_CONFLICT && !g->has_failed)
		t->why = EXPIRE_REFUSED;
	return t->why ? 0 : -1;
}

/* Without transactions rows went before the one at which it stopped: they are erased, and
 * have their evidence. */
static void note_partly(struct running *x, const struct erase_request *q,
	struct erase_result *out, struct trial *t)
{
	struct err unknown = { 0 };

	if (x->way->conn->via->is_guarded ||
		erase_run_partly(x->way->conn, x->page, q, out, &unknown))
		return;
	t->has_gone = out->erased > 0;
	out->left = 0; /* the rest is tried again */
}

static int erase_guarded(struct running *x, const struct expire_batch_rows *b,
	struct erase_result *out, struct trial *t, struct err *e)
{
	struct finding going = b->going;
	struct erase_plan plan;
	struct erase_request q = { .plan = &plan, .at_ms = x->way->at_ms };
	struct expire_again again;
	int rc;

	if (erase_ready(x->way->conn, x->page, &going, e))
		return -1;
	erase_plan_of(x->page, &going, false, &plan);
	erase_plan_uncount(&plan);
	expire_again_set(&again, x->way->conn, x->again, b);
	x->way->conn->guard = &again.guard;
	rc = erase_run(x->way->conn, x->page, &q, out, e);
	x->way->conn->guard = NULL;
	if (rc && !again.has_failed && !again.has_changed)
		note_partly(x, &q, out, t);
	if (rc)
		return take_failure(x, &again, t, e);
	t->has_gone = !out->has_news;
	t->has_changed = out->has_news;
	t->why = out->has_news ? EXPIRE_UNSURE : EXPIRE_GOES;
	return 0;
}

static int erase_batch(struct running *x, const struct expire_batch_rows *b,
	struct trial *t, struct err *e)
{
	struct erase_result result;
	struct expire_batch batch = { .table = x->table };
	int rc;

	if (x->way->before && x->way->before(x->way->ctx, e))
		return -1;
	rc = erase_guarded(x, b, &result, t, e);
	if (!t->has_gone)
		return rc;
	count_gone(b, &result, &batch);
	x->out->goes += batch.goes;
	x->out->along += batch.along;
	x->out->left += result.left;
	batch.is_proven = result.is_proven;
	batch.evidence = result.evidence;
	return x->way->done && x->way->done(x->way->ctx, &batch, e) ? -1 : rc;
}

/* Some keys of the reading. */
struct keys_part {
	const struct cell *at;
	size_t n;
};

static int run_batch(
	struct running *x, const struct keys_part *k, struct err *e);

/* What can't be told, is too much or is forbidden of many rows: of fewer it may be, and of
 * one it waits, and stops no other. */
static int run_fewer(struct running *x, const struct keys_part *k,
	enum expire_why why, struct err *e)
{
	size_t half = k->n / 2;
	struct keys_part first = { k->at, half };
	struct keys_part second = { k->at + half, k->n - half };

	*e = (struct err){ 0 };
	if (k->n > 1)
		return run_batch(x, &first, e) || run_batch(x, &second, e) ? -1
									   : 0;
	x->out->waiting[why]++;
	return 0;
}

static void add_waiting(struct running *x, const struct expire_batch_rows *b)
{
	for (size_t i = 0; i < EXPIRE_WHYS; i++)
		x->out->waiting[i] += b->waiting[i];
}

static int try_batch(struct running *x, const struct keys_part *k,
	struct trial *t, struct err *e)
{
	struct expire_batch_rows b = { .table = x->table,
		.keys = k->at,
		.n = k->n,
		.today = x->way->today };

	arena_clear(x->page);
	if (expire_gather(x->way->conn, x->page, &b, e)) {
		t->why = e->code == ERR_LIMIT ? EXPIRE_MANY : EXPIRE_GOES;
		return t->why ? 0 : -1;
	}
	if (b.is_unsure) {
		t->why = EXPIRE_UNSURE;
	} else if (x->way->is_preview) {
		x->out->goes += b.goes;
		x->out->along += b.along;
	} else if (b.goes && erase_batch(x, &b, t, e)) {
		return -1;
	}
	if (!t->why)
		add_waiting(x, &b);
	return 0;
}

/* What others change while it is looked at is looked at anew. */
static int run_batch(
	struct running *x, const struct keys_part *k, struct err *e)
{
	struct trial t = { .has_changed = true };

	for (int i = 0; i < TRIES && t.has_changed; i++) {
		t = (struct trial){ .is_last = i == TRIES - 1 };
		if (try_batch(x, k, &t, e))
			return -1;
	}
	return t.why ? run_fewer(x, k, t.why, e) : 0;
}

static int run_all(struct running *x, const struct reading *r, struct err *e)
{
	bool is_files =
		connector_kind_is_files(x->way->conn->system->connector);
	size_t most = is_files ? BATCH_OF_FILES : BATCH;

	for (size_t at = 0; at < r->n; at += most) {
		struct keys_part part = { r->keys + at,
			r->n - at < most ? r->n - at : most };

		if (run_batch(x, &part, e))
			return -1;
	}
	return 0;
}

/* What was tried and is still there waits: it is not tried again. */
static void remember(struct running *x, const struct reading *r)
{
	if (x->tried.n + r->n > KEYS_MAX)
		x->out->is_again = true;
	for (size_t i = 0; i < r->n && x->tried.n < KEYS_MAX; i++) {
		struct cell key = cell_dup(x->memory, &r->keys[i]);

		key_set_add(&x->tried, &key, 1, 0);
	}
}

/* One reading and what it found; *more: there was more than is remembered, and trying
 * it may lead somewhere. */
static int pass(struct running *x, struct reading *r, bool *more, struct err *e)
{
	int64_t before = x->out->goes;
	bool has_room;

	x->out->is_more = false;
	if (read_table(x->way->conn, r, e) || run_all(x, r, e))
		return -1;
	has_room = x->tried.n + r->n <= KEYS_MAX;
	*more = x->out->is_more && !x->way->is_preview &&
		(has_room || x->out->goes > before);
	if (*more)
		remember(x, r);
	return 0;
}

static int run_passes(struct running *x, struct arena *told, struct err *e)
{
	int64_t old = -1; /* in the first reading: later ones find fewer */
	bool more = true;
	int rc = 0;

	while (!rc && more) {
		struct reading r = {
			.arena = arena_new(PAGE_MEMORY),
			.told = told,
			.table = x->table,
			.today = x->way->today,
			.count = x->out,
			.tried = &x->tried,
		};

		r.keys = arena_many(r.arena, struct cell, KEYS_MAX);
		r.taken = key_set_in(r.arena, KEYS_MAX);
		rc = pass(x, &r, &more, e);
		if (old < 0) {
			old = x->out->old;
			x->out->waiting[EXPIRE_UNSURE] += r.keyless;
		}
		arena_free(r.arena);
	}
	x->out->old = old;
	return rc;
}

/* What the system would take along is in no count and in no proof: all wait. */
static int wait_all(struct running *x, struct arena *told, struct err *e)
{
	if (expire_count(
		    x->way->conn, told, x->table, x->way->today, x->out, e))
		return -1;
	x->out->waiting[EXPIRE_REFUSED] = x->out->old;
	return 0;
}

static int run_table(struct running *x, struct arena *told, struct err *e)
{
	bool has_ripples;

	if (ripples_reach(x->way->conn, x->memory, x->table, &has_ripples, e))
		return -1;
	return has_ripples ? wait_all(x, told, e) : run_passes(x, told, e);
}

int expire_table(const struct expire_way *w, struct arena *a,
	const struct map_table *t, struct expire_count *out, struct err *e)
{
	struct running x = { .way = w,
		.table = t,
		.out = out,
		.page = arena_new(PAGE_MEMORY),
		.again = arena_new(PAGE_MEMORY),
		.memory = arena_new(PAGE_MEMORY) };
	int rc;

	*out = (struct expire_count){ 0 };
	x.tried = key_set_in(x.memory, KEYS_MAX);
	rc = run_table(&x, a, e);
	arena_free(x.memory);
	arena_free(x.again);
	arena_free(x.page);
	return rc;
}
