#include "desk/returned_held.h"

#include "connect/map.h"
#include "desk/held.h"
#include "desk/limit.h"
#include "store/sql.h"

struct leaving {
	const struct returned_holding *of;
	struct arena *arena;
	struct held_row {
		str key;
		struct held_row *next;
	} * first;
};

static int keep_row(void *ctx, int64_t hold_id, str key, struct err *e)
{
	struct leaving *x = ctx;
	struct held_row *row = arena_one(x->arena, struct held_row);

	(void)hold_id;
	(void)e;
	*row = (struct held_row){ arena_dup(x->arena, key), x->first };
	x->first = row;
	return 0;
}

static int forget_rows(struct desk *d, void *ctx, struct err *e)
{
	const struct leaving *x = ctx;

	for (const struct held_row *r = x->first; r; r = r->next) {
		struct sql_returned_held_in in = { x->of->system->name,
			r->key };

		if (sql_returned_held(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int look(
	struct held_search *s, const struct returned_holding *h, struct err *e)
{
	struct held_led_way way = { h->conn, h->map, h->credentials, false };
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	int rc;

	s->led = held_led_new(a, &way);
	rc = held_rows(s, h->conn, h->system, e);
	held_led_free(s->led);
	arena_free(a);
	return rc;
}

int returned_leave_held(
	struct desk *d, const struct returned_holding *h, struct err *e)
{
	struct leaving x = { .of = h };
	struct held held;
	struct held_search search = {
		.held = &held,
		.names = h->names,
		.map = h->map,
		.fn = keep_row,
		.ctx = &x,
	};
	int rc;

	if (held_load(d, &held, e))
		return -1;
	if (!held.n)
		return 0;
	x.arena = arena_new(LIMIT_JOB_ARENA);
	search.page = arena_new(LIMIT_JOB_ARENA);
	rc = look(&search, h, e) || desk_write(d, forget_rows, &x, e);
	arena_free(search.page);
	arena_free(x.arena);
	return rc ? -1 : 0;
}
