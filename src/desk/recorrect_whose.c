/* Whose row it is, by a search from it; and who is held. */
#include "desk/recorrect_whose.h"

#include <string.h>

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

static void hold_against(struct owners *o, const struct cell *c)
{
	uint8_t key[IDENT_KEY_SIZE];

	if (c->type == CELL_NULL ||
		ident_key_of(o->ring, IDENT_EMAIL, c->v.v, key))
		return;
	for (size_t i = 0; i < o->keys.n; i++)
		if (str_eq(o->keys.at[i].id_key,
			    (str){ (const char *)key, sizeof key })) {
			o->is_theirs = true;
			return;
		}
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
static bool is_address(const struct recorrect_cell *c)
{
	return c->column->is_identifier && c->state == RECORRECT_OLD;
}

int recorrect_whose_of(struct desk *d, const struct recorrecting *x,
	struct arena *page, const struct recorrect_cell *c, struct finding *f,
	enum recorrect_whose *out, struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX,
		.keep_max = FIND_KEEP_MAX,
		.map = x->map };
	struct find_keys keys = {
		.table = c->table, .at = &c->key.v.v, .n = 1
	};
	struct owners o = { .ring = suppress_keyring(d->suppress) };
	const struct found_row *row;

	if (find_by_key(x->conn, page, &keys, &whole, f, e) ||
		sql_recorrection_whose(d->db, page,
			&(struct sql_recorrection_whose_in){ c->id }, &o.keys,
			e))
		return -1;
	row = row_of(&f->tables[c->table - x->system->tables], c);
	for (size_t t = 0; t < x->system->tables_n; t++)
		look_in(&o, &f->tables[t]);
	if (!row || (o.is_others && !o.is_theirs && !is_address(c)))
		*out = RECORRECT_OTHERS;
	else
		*out = row->is_shared ? RECORRECT_SHARED : RECORRECT_THEIRS;
	return 0;
}

/* --- held --- */

struct recorrect_held_row {
	str key;
	struct recorrect_held_row *next;
};

struct collecting {
	struct arena *arena;
	struct recorrect_held *out;
};

static int keep_row(void *ctx, int64_t hold_id, str key, struct err *e)
{
	struct collecting *x = ctx;
	struct recorrect_held_row *row =
		arena_one(x->arena, struct recorrect_held_row);

	(void)hold_id;
	(void)e;
	*row = (struct recorrect_held_row){ arena_dup(x->arena, key),
		x->out->first };
	x->out->first = row;
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

int recorrect_held_load(struct desk *d, const struct recorrecting *x,
	struct arena *a, struct recorrect_held *out, struct err *e)
{
	struct collecting c = { a, out };
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
	return held.n ? search(&s, x, e) : 0;
}

bool recorrect_is_held(const struct recorrecting *x,
	const struct recorrect_held *h, struct arena *page,
	const struct recorrect_cell *c)
{
	struct row_name who = { x->system->name, c->table->name,
		{ c->key.v.v } };
	str key = row_name_key(page, x->names, &who);

	for (const struct recorrect_held_row *r = h->first; r; r = r->next)
		if (str_eq(r->key, key))
			return true;
	return false;
}
