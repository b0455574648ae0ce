#include "desk/returned_keys.h"

#include "connect/find.h"
#include "connect/limit.h"
#include "connect/map.h"
#include "desk/deleted_key.h"
#include "desk/limit.h"
#include "desk/restored.h"
#include "desk/suppress.h"
#include "law/reason.h"

enum { AT_ONCE = 200 };

/* A key of a deleted person, in a row. */
struct hit {
	const struct find_crossing *by; /* the first of its column and way */
	str row;
	str value;
	bool is_others;
};

struct returned_keys {
	const struct returned_keys_way *w;
	struct deleted_keys *keys;
	struct find_crossings crossings;
	struct conn **conns; /* of the map's systems; NULL: not asked yet */
	struct arena *page;  /* of the hits */
	struct hit hit[AT_ONCE];
	size_t n;
};

static void free_page(void *ctx)
{
	arena_free(ctx);
}

int returned_keys_init(struct desk *d, const struct returned_keys_way *w,
	struct returned_keys **out, struct err *e)
{
	struct returned_keys *x = arena_one(d->arena, struct returned_keys);

	*x = (struct returned_keys){
		.w = w,
		.crossings = find_crossings_of(d->arena, w->map, w->system),
		.conns = arena_many(d->arena, struct conn *, w->map->systems_n),
		.page = arena_new(LIMIT_JOB_ARENA),
	};
	arena_defer(d->arena, free_page, x->page);
	*out = x;
	return deleted_keys_load(d, w->system->name, &x->keys, e);
}

const struct find_crossings *returned_keys_columns(
	const struct returned_keys *x)
{
	return deleted_keys_any(x->keys) ? &x->crossings : NULL;
}

static uint32_t reasons_of(
	const struct returned_keys *x, const uint8_t key[IDENT_KEY_SIZE])
{
	uint32_t reasons = suppress_set_find(x->w->set, key);

	return returned_is_pending(x->w->pending, key) ? 0 : reasons;
}

/* --- was it a deleted person's? --- */

/* Held for law enforcement by any identifier: left alone (Civ. Code 1798.145(a)). */
static bool came_back(const struct returned_keys *x,
	const struct sql_deleted_key_whose_rows *ids)
{
	uint32_t all = 0;

	for (size_t i = 0; i < ids->n; i++)
		if (ids->at[i].id_key.n == IDENT_KEY_SIZE)
			all |= reasons_of(
				x, (const uint8_t *)ids->at[i].id_key.p);
	return (all & REASON_DELETED) && !(all & REASON_HOLD);
}

static int take_by(struct returned_keys *x, const struct find_crossing *by,
	const struct screened *s, struct err *e)
{
	struct find_key key = {
		.system = x->w->system->name,
		.table = by->table->name,
		.column = s->column->name,
		.is_entry = by->is_entry,
		.value = s->value->v.v,
	};
	struct sql_deleted_key_whose_rows ids;

	if (deleted_keys_whose(x->keys, x->page, &key, &ids, e))
		return -1;
	if (!came_back(x, &ids) || x->w->stays(x->w->ctx, s)) {
		if (!x->n)
			arena_clear(x->page);
		return 0;
	}
	x->hit[x->n++] = (struct hit){
		.by = by,
		.row = arena_dup(x->page, s->key->v.v),
		.value = arena_dup(x->page, key.value),
	};
	return 0;
}

static bool is_same_way(
	const struct find_crossing *a, const struct find_crossing *b)
{
	return a->table == b->table && a->column == b->column &&
	       a->is_entry == b->is_entry;
}

/* Several systems may know rows by the same column. */
static bool is_first(const struct returned_keys *x, size_t crossing)
{
	for (size_t i = 0; i < crossing; i++)
		if (is_same_way(
			    &x->crossings.at[i], &x->crossings.at[crossing]))
			return false;
	return true;
}

int returned_keys_take(
	struct returned_keys *x, const struct screened *s, struct err *e)
{
	size_t column = (size_t)(s->column - s->table->columns);

	for (size_t i = 0; i < x->crossings.n; i++) {
		const struct find_crossing *by = &x->crossings.at[i];

		if (by->table != s->table || by->column != column ||
			!is_first(x, i))
			continue;
		if (x->n == AT_ONCE && returned_keys_end(x, e))
			return -1;
		if (take_by(x, by, s, e))
			return -1;
	}
	return 0;
}

/* --- is it somebody else's now? --- */

static int open_there(struct returned_keys *x, const struct map_system *there,
	struct conn **out, struct err *e)
{
	struct conn **at = &x->conns[there - x->w->map->systems];
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = x->w->way->credentials,
		.paces = x->w->desk->paces,
	};

	if (!*at && conn_open(x->w->desk->arena, x->w->map, there, &options, at,
			    e)) {
		*at = NULL;
		return -1;
	}
	*out = *at;
	return 0;
}

static bool leads_to_deleted(
	const struct returned_keys *x, const struct finding *f)
{
	const struct ident_keyring *ring =
		suppress_keyring(x->w->desk->suppress);

	for (size_t i = 0; i < f->idents_n; i++) {
		uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];

		ident_digest(&f->idents[i], digest);
		ident_key(ring, f->idents[i].kind, digest, key);
		if (reasons_of(x, key) & REASON_DELETED)
			return true;
	}
	return false;
}

/* The value is in use there: whose rows does it lead to? */
static int judge(struct returned_keys *x, const struct find_crossing *by,
	struct conn *c, const struct find_start *start, bool *is_others,
	struct err *e)
{
	struct find_options o = { .starts = start, .starts_n = 1 };
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct finding f;
	int rc = find_person(c, a, NULL, 0, &o, &f, e);

	if (!rc) {
		*is_others = f.rows_n && !leads_to_deleted(x, &f);
		/* Nobody's rows: they may be the deleted person's until it was
		 * replayed. */
		if (*is_others && !f.idents_n)
			rc = restored_need(x->w->desk, by->there->name, e);
	}
	arena_free(a);
	return rc;
}

struct in_use {
	struct arena *arena;
	str *at;
	size_t n;
	size_t cap;
};

static bool is_in(const struct in_use *u, str value)
{
	for (size_t i = 0; i < u->n; i++)
		if (str_eq(u->at[i], value))
			return true;
	return false;
}

static int note_in_use(
	void *ctx, const struct cell *cells, size_t n, struct err *e)
{
	struct in_use *u = ctx;

	(void)n;
	(void)e;
	if (u->n < u->cap && !is_in(u, cells[0].v.v))
		u->at[u->n++] = arena_dup(u->arena, cells[0].v.v);
	return 0;
}

static struct find_start start_of(
	const struct returned_keys *x, const struct find_crossing *by)
{
	return (struct find_start){
		.table = (size_t)(by->there_table - by->there->tables),
		.column = by->there_column,
		.is_entry = !by->is_entry,
		.path = x->w->system->name,
	};
}

/* Which of the values stand there: one look-up for all. */
static int look_there(struct returned_keys *x, const struct find_crossing *by,
	struct conn *c, struct in_use *u, struct err *e)
{
	struct find_start all = start_of(x, by);
	str column = by->there_table->columns[by->there_column].name;
	struct row_query q = {
		.table = by->there_table->name,
		.columns = &column,
		.columns_n = 1,
		.where = column,
		.cell_max = FIND_CELL_MAX,
	};

	for (size_t i = 0; i < x->n; i++)
		if (is_same_way(x->hit[i].by, by) && !x->hit[i].is_others)
			find_start_add(x->page, &all, x->hit[i].value);
	if (!all.n)
		return 0;
	q.values = all.values;
	q.values_n = all.n;
	return conn_rows(c, &q, note_in_use, u, e);
}

static void mark_others(
	struct returned_keys *x, const struct find_crossing *by, str value)
{
	for (size_t i = 0; i < x->n; i++)
		if (is_same_way(x->hit[i].by, by) &&
			str_eq(x->hit[i].value, value))
			x->hit[i].is_others = true;
}

static int ask_there(
	struct returned_keys *x, const struct find_crossing *by, struct err *e)
{
	struct in_use u = { .arena = x->page,
		.at = arena_many(x->page, str, AT_ONCE),
		.cap = AT_ONCE };
	struct conn *c;

	if (open_there(x, by->there, &c, e) || look_there(x, by, c, &u, e))
		return -1;
	for (size_t i = 0; i < u.n; i++) {
		struct find_start one = start_of(x, by);
		bool is_others = false;

		find_start_add(x->page, &one, u.at[i]);
		if (judge(x, by, c, &one, &is_others, e))
			return -1;
		if (is_others)
			mark_others(x, by, u.at[i]);
	}
	return 0;
}

static bool has_hit(
	const struct returned_keys *x, const struct find_crossing *by)
{
	for (size_t i = 0; i < x->n; i++)
		if (is_same_way(x->hit[i].by, by) && !x->hit[i].is_others)
			return true;
	return false;
}

int returned_keys_end(struct returned_keys *x, struct err *e)
{
	for (size_t i = 0; i < x->crossings.n; i++)
		if (has_hit(x, &x->crossings.at[i]) &&
			ask_there(x, &x->crossings.at[i], e))
			return -1;
	for (size_t i = 0; i < x->n; i++) {
		const struct hit *h = &x->hit[i];
		struct returned_key k = { h->by->table->name, h->row,
			!h->by->is_entry };

		if (!h->is_others && x->w->fn(x->w->ctx, &k, e))
			return -1;
	}
	x->n = 0;
	arena_clear(x->page);
	return 0;
}
