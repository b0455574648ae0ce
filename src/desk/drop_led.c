/*
 * What the rows of who is deleted lead to in other systems, by keys: a customer's number
 * of the CRM and the orders of the warehouse, which hold nothing that a list could be
 * matched with.  They go before the rows that tell the key.
 */
#include "desk/drop_acting.h"

#include "connect/erase_led.h"
#include "connect/erase_rows.h"
#include "store/sql.h"

/* Of one person. */
struct leading {
	struct acting *x;
	str person; /* keyed */
	struct led_group *group;
	int64_t act_id;
	struct sql_hold_ids_of_key_rows holds;
};

static int open_there(
	void *ctx, const struct map_system *s, struct conn **out, struct err *e)
{
	struct leading *l = ctx;

	return led_open(&l->x->led, s, out, e);
}

/* --- who is held --- */

static int mark_held(struct desk *d, void *ctx, struct err *e)
{
	const struct leading *l = ctx;
	struct sql_drop_held_put_in in = {
		.pass_id = l->x->pass->id,
		.system = l->x->system->name,
		.person_key = l->person,
	};

	for (size_t i = 0; i < l->holds.n; i++) {
		in.hold_id = l->holds.at[i].id;
		if (sql_drop_held_put(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

/* Known to be held by rows that no search for the held could find: nothing more is
 * deleted by this run, and the next one takes them out wherever they matched. */
static int leave_held(void *ctx, const struct finding *f, struct err *e)
{
	struct leading *l = ctx;
	struct acting *x = l->x;

	if (led_holds(x->desk, x->page, f, &l->holds, e))
		return -1;
	if (!l->holds.n)
		return 0;
	if (desk_write(x->desk, mark_held, l, e))
		return -1;
	x->holding.placed = -1;
	return drop_held_since(x->desk, &x->holding, e);
}

/* --- in the record --- */

static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	struct leading *l = ctx;
	struct sql_drop_act_add_in in = {
		.pass_id = l->x->pass->id,
		.system = l->group->system->name,
		.act = STR("erased"),
		.at = desk_now(d),
		.rows_planned = l->group->planned,
		.rows_kept = l->group->standing,
	};
	struct sql_drop_act_add_row row;

	if (drop_held_since(d, &l->x->holding, e) ||
		sql_drop_act_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	l->act_id = row.id;
	return 0;
}

/* Nobody is counted: they are, where they matched. */
static int store_done(struct desk *d, void *ctx, struct err *e)
{
	const struct leading *l = ctx;
	const struct led_group *g = l->group;
	struct sql_drop_act_done_in done = {
		.id = l->act_id,
		.at = desk_now(d),
		.rows_gone = g->result.gone,
		.is_proven = g->result.is_proven,
		.evidence = g->result.evidence,
	};

	if (sql_drop_act_done(d->db, &done, e) < 0)
		return -1;
	if (!g->result.is_proven)
		return 0;
	return DESK_AUDIT(d, AUDIT_DROP_ERASED, STR(""), e,
		AD("cycle", l->x->pass->cycle_id),
		AD("system", g->system->name), AD("people", 0),
		AD("rows", g->result.gone), AD("kept", g->standing));
}

static int plan(void *ctx, struct led_group *g, struct err *e)
{
	struct leading *l = ctx;

	l->group = g;
	return desk_write(l->x->desk, store_plan, l, e);
}

static int done(void *ctx, struct led_group *g, struct err *e)
{
	struct leading *l = ctx;

	l->group = g;
	return desk_write(l->x->desk, store_done, l, e);
}

int drop_erase_led(
	struct acting *x, str person, const struct row_group *g, struct err *e)
{
	struct leading l = { .x = x, .person = person };
	struct led_eraser eraser = {
		.map = x->map,
		.arena = x->page,
		.at_ms = desk_now(x->desk),
		.open = open_there,
		.found = leave_held,
		.plan = plan,
		.done = done,
		.ctx = &l,
	};

	must(g->n == 1);
	return erase_led(&eraser, x->conn, g->found, e);
}
