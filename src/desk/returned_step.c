/* What the worker does by itself of who came back: looks, and erases where that is allowed. */
#include "desk/returned_look.h"

#include "connect/map.h"
#include "desk/limit.h"
#include "desk/restored.h"
#include "desk/setting.h"
#include "store/db.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000, AGAIN_LEAST_MS = 60000 };

struct due {
	struct desk *desk;
	const struct returned_way *way;
	struct restored_all restored;
	int64_t pause_ms;
	int64_t again_ms;
};

static bool is_put_back(const struct due *x, const struct screening *s)
{
	for (size_t i = 0; i < x->restored.n; i++)
		if (str_eq(x->restored.at[i].system, s->system) &&
			!x->restored.at[i].replayed_at)
			return s->started_at < x->restored.at[i].restored_at;
	return false;
}

/* When a system is to be looked at next. */
static int64_t next_look(const struct due *x, const struct screening *s)
{
	if (!s->id || is_put_back(x, s))
		return 0;
	if (!s->looked_at)
		return s->started_at + HOUR_MS;
	if (s->acted_at)
		return s->looked_at + x->pause_ms;
	return s->looked_at + (int64_t)LIMIT_LOOK_HOURS * HOUR_MS;
}

/* A system's trouble is in its look, and the others go on. */
static int spare(const struct due *x, const struct err *why, struct err *e)
{
	if (!db_is_lost(x->desk->db))
		return 0;
	*e = *why;
	return -1;
}

/* id 0: it was never looked at. */
static int newest_look(
	struct desk *d, str system, struct screening *out, struct err *e)
{
	struct sql_screening_of_in in = { system };
	struct sql_screening_of_row newest;
	int rc = sql_screening_of(d->db, d->arena, &in, &newest, e);

	*out = (struct screening){ 0 };
	if (rc <= 0)
		return rc;
	return returned_open(d, newest.id, out, e);
}

static int look_when_due(struct due *x, str system, struct err *e)
{
	struct screening s;
	struct err why = { 0 };
	int is_old;

	if (newest_look(x->desk, system, &s, e))
		return -1;
	is_old = s.looked_at && !s.acted_at
			 ? returned_is_outdated(x->desk, &s, e)
			 : 0;
	if (is_old < 0)
		return -1;
	if ((!is_old && desk_now(x->desk) < next_look(x, &s)) ||
		!returned_look(x->desk, x->way, system, &s, &why))
		return 0;
	return spare(x, &why, e);
}

static int act_when_allowed(struct due *x, str system, struct err *e)
{
	struct screening s;
	struct err why = { 0 };
	int64_t next;
	bool may;

	if (newest_look(x->desk, system, &s, e) ||
		returned_may_act(x->desk, &s, &may, e))
		return -1;
	next = next_look(x, &s);
	if (may && s.looked_at && !s.acted_at && !s.is_stale) {
		next = desk_now(x->desk) + HOUR_MS;
		if (!returned_act(x->desk, x->way, s.id, &s, &why))
			next = next_look(x, &s);
		else if (spare(x, &why, e))
			return -1;
	}
	if (next - desk_now(x->desk) < x->again_ms)
		x->again_ms = next - desk_now(x->desk);
	return 0;
}

int returned_step(struct desk *d, const struct returned_way *w,
	int64_t *again_ms, struct err *e)
{
	struct due x = { .desk = d, .way = w };
	struct settings s;
	struct map map;

	if (settings_load(d, &s, e) || restored_list(d, &x.restored, e) ||
		map_read(d->arena, d->data_map, &map, e))
		return -1;
	x.pause_ms = (int64_t)settings_hours(s.screen_hours) * HOUR_MS;
	x.again_ms = x.pause_ms;
	for (size_t i = 0; i < map.systems_n; i++) {
		str name = map.systems[i].name;

		if (!map_asks_person(&map.systems[i]) &&
			(look_when_due(&x, name, e) ||
				act_when_allowed(&x, name, e)))
			return -1;
	}
	*again_ms = x.again_ms > AGAIN_LEAST_MS ? x.again_ms : AGAIN_LEAST_MS;
	return 0;
}
