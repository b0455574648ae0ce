/* Whose row it is, by a search from it; and who is held. */
#include "desk/recorrect_whose.h"

#include <stdlib.h>

#include "connect/limit.h"
#include "desk/held.h"
#include "desk/limit.h"
#include "desk/suppress.h"
#include "store/sql.h"

/* --- whose --- */

struct owners {
	const struct ident_keyring *ring;
	struct sql_recorrection_whose_rows keys;
	bool is_theirs;
	bool is_others; /* an address that the correction does not know */
};

static bool is_known(const struct owners *o, str id_key)
{
	for (size_t i = 0; i < o->keys.n; i++)
		if (str_eq(o->keys.at[i].id_key, id_key))
			return true;
	return false;
}

static void hold_against(struct owners *o, const struct cell *c)
{
	uint8_t key[IDENT_KEY_SIZE];

	if (c->type == CELL_NULL ||
		ident_key_of(o->ring, IDENT_EMAIL, c->v.v, key))
		return;
	if (is_known(o, (str){ (const char *)key, sizeof key }))
		o->is_theirs = true;
	else
		o->is_others = true;
}

static void look_in(struct owners *o, const struct found_table *t)
{
	for (size_t i = 0; i < t->table->columns_n; i++) {
		const struct map_column *c = &t->table->columns[i];

		if (!c->is_identifier || c->kind != IDENT_EMAIL)
			continue;
		for (size_t k = 0; k < t->n; k++)
			hold_against(o, &t->rows[k].cells[i]);
	}
}

static const struct found_row *row_of(
	const struct found_table *t, const struct recorrect_cell *c)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->rows[i].key.v.v, c->key.v.v))
			return &t->rows[i];
	return NULL;
}

/* An address that was what was wrong leads to nobody who is known; the row that holds
 * it still is the same. */
static bool is_old_address(const struct recorrect_cell *c)
{
	return c->column->is_identifier && c->column->kind == IDENT_EMAIL &&
	       c->state == RECORRECT_OLD;
}

static int load_keys(struct desk *d, const struct recorrect_row *row,
	const struct recorrect_cell *c, struct sql_recorrection_whose_rows *out,
	struct err *e)
{
	struct sql_recorrection_whose_in in = { c->id };

	return sql_recorrection_whose(d->db, row->page, &in, out, e);
}

/* The address that the row holds was corrected for them, or to theirs. */
static int follow_address(struct desk *d, const struct recorrect_row *row,
	const struct recorrect_cell *address, struct owners *o, struct err *e)
{
	const struct cell *right = recorrect_value(address);
	struct sql_recorrection_whose_rows asked;
	uint8_t key[IDENT_KEY_SIZE];

	if (load_keys(d, row, address, &asked, e))
		return -1;
	for (size_t i = 0; i < asked.n; i++)
		o->is_theirs |= is_known(o, asked.at[i].id_key);
	if (!ident_key_of(o->ring, IDENT_EMAIL, right->v.v, key))
		o->is_theirs |=
			is_known(o, (str){ (const char *)key, sizeof key });
	return 0;
}

static int search_from(struct recorrect_row *row, struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX,
		.keep_max = FIND_KEEP_MAX,
		.map = row->of->map };
	struct find_keys keys = {
		.table = row->at->table, .at = &row->at->key.v.v, .n = 1
	};

	return row->found.system ? 0
				 : find_by_key(row->of->conn, row->page, &keys,
					   &whole, &row->found, e);
}

int recorrect_whose_of(struct desk *d, struct recorrect_row *row,
	const struct recorrect_cell *c, enum recorrect_whose *out,
	struct err *e)
{
	const struct map_system *s = row->of->system;
	struct owners o = { .ring = suppress_keyring(d->suppress) };
	const struct found_row *found;

	if (search_from(row, e) || load_keys(d, row, c, &o.keys, e))
		return -1;
	found = row_of(&row->found.tables[c->table - s->tables], c);
	for (size_t t = 0; t < s->tables_n; t++)
		look_in(&o, &row->found.tables[t]);
	for (size_t i = 0; i < row->n && !o.is_theirs; i++)
		if (is_old_address(&row->at[i]) &&
			follow_address(d, row, &row->at[i], &o, e))
			return -1;
	if (!found || (o.is_others && !o.is_theirs && !is_old_address(c)))
		*out = RECORRECT_OTHERS;
	else
		*out = found->is_shared ? RECORRECT_SHARED : RECORRECT_THEIRS;
	return 0;
}

/* --- held --- */

struct held_row {
	str key;
	struct held_row *next;
};

struct collecting {
	struct arena *arena;
	struct held_row *first;
	size_t n;
};

static int keep_row(void *ctx, int64_t hold_id, str key, struct err *e)
{
	struct collecting *x = ctx;
	struct held_row *row = arena_one(x->arena, struct held_row);

	(void)hold_id;
	(void)e;
	*row = (struct held_row){ arena_dup(x->arena, key), x->first };
	x->first = row;
	x->n++;
	return 0;
}

static int search(
	struct held_search *s, const struct recorrecting *x, struct err *e)
{
	struct held_led_way way = { x->conn, x->map, x->credentials, false };
	struct arena *led = arena_new(LIMIT_JOB_ARENA);
	int rc;

	s->page = arena_new(LIMIT_JOB_ARENA);
	s->led = held_led_new(led, &way);
	rc = held_rows(s, x->conn, x->system, e);
	held_led_free(s->led);
	arena_free(s->page);
	arena_free(led);
	return rc;
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static struct recorrect_held sorted(const struct collecting *x)
{
	struct recorrect_held out = { arena_many(x->arena, str, x->n), 0 };

	for (const struct held_row *r = x->first; r; r = r->next)
		out.at[out.n++] = r->key;
	if (out.n)
		qsort(out.at, out.n, sizeof *out.at, by_key);
	return out;
}

int recorrect_held_load(struct desk *d, const struct recorrecting *x,
	struct arena *a, struct recorrect_held *out, struct err *e)
{
	struct collecting c = { .arena = a };
	struct held held;
	struct held_search s = {
		.held = &held,
		.names = x->names,
		.map = x->map,
		.fn = keep_row,
		.ctx = &c,
	};

	*out = (struct recorrect_held){ 0 };
	if (held_load(d, &held, e))
		return -1;
	if (held.n && search(&s, x, e))
		return -1;
	*out = sorted(&c);
	return 0;
}

bool recorrect_is_held(const struct recorrecting *x,
	const struct recorrect_held *h, struct arena *page,
	const struct recorrect_cell *c)
{
	struct row_name who = { x->system->name, c->table->name,
		{ c->key.v.v } };
	str key = row_name_key(page, x->names, &who);

	return h->n && bsearch(&key, h->at, h->n, sizeof *h->at, by_key);
}
