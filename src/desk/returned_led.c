#include "desk/returned_led.h"

#include "connect/erase_led.h"
#include "store/sql.h"

struct leading {
	const struct returned_leading *of;
	struct led_group *group;
	int64_t act_id;
};

static int open_there(
	void *ctx, const struct map_system *s, struct conn **out, struct err *e)
{
	const struct leading *l = ctx;

	return led_open(l->of->led, s, out, e);
}

static int forget_row(struct desk *d, void *ctx, struct err *e)
{
	const struct leading *l = ctx;
	struct sql_returned_held_in in = { l->of->look->system, l->of->row };

	return sql_returned_held(d->db, &in, e) < 0 ? -1 : 0;
}

static int leave_held(void *ctx, const struct finding *f, struct err *e)
{
	struct leading *l = ctx;
	struct desk *d = l->of->desk;
	struct sql_hold_ids_of_key_rows holds;

	if (led_holds(d, l->of->page, f, &holds, e))
		return -1;
	if (!holds.n)
		return 0;
	if (desk_write(d, forget_row, l, e))
		return -1;
	err_set(e, ERR_CONFLICT,
		"rows in \"%.*s\" say that somebody is held for law "
		"enforcement, who is left alone",
		STR_ARG(f->system->name));
	return err_hint(e,
		"the next run goes on with the others: `toyon "
		"replay %.*s`",
		STR_ARG(l->of->look->system));
}

static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	struct leading *l = ctx;
	struct sql_screening_act_add_in in = {
		.screening_id = l->of->look->id,
		.at = desk_now(d),
		.rows_planned = l->group->planned,
		.rows_kept = l->group->standing,
	};
	struct sql_screening_act_add_row row;

	if (l->of->may_go(d, l->of->look, e) ||
		sql_screening_act_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	l->act_id = row.id;
	return 0;
}

/* Nobody is counted: they are, where they were found. */
static int store_done(struct desk *d, void *ctx, struct err *e)
{
	const struct leading *l = ctx;
	const struct led_group *g = l->group;
	struct sql_screening_act_done_in in = {
		.id = l->act_id,
		.at = desk_now(d),
		.rows_gone = g->result.gone,
		.is_proven = g->result.is_proven,
		.evidence = g->result.evidence,
	};

	if (sql_screening_act_done(d->db, &in, e) < 0)
		return -1;
	if (!g->result.is_proven)
		return 0;
	return DESK_AUDIT(d, AUDIT_ERASED_AGAIN, STR(""), e,
		AD("system", g->system->title), AD("people", 0),
		AD("rows", g->result.gone), AD("kept", g->standing));
}

static int plan(void *ctx, struct led_group *g, struct err *e)
{
	struct leading *l = ctx;

	l->group = g;
	return desk_write(l->of->desk, store_plan, l, e);
}

static int done(void *ctx, struct led_group *g, struct err *e)
{
	struct leading *l = ctx;

	l->group = g;
	return desk_write(l->of->desk, store_done, l, e);
}

int returned_erase_led(const struct returned_leading *of,
	const struct row_group *g, struct err *e)
{
	struct leading l = { .of = of };
	struct led_eraser eraser = {
		.map = of->led->map,
		.arena = of->page,
		.at_ms = desk_now(of->desk),
		.open = open_there,
		.found = leave_held,
		.plan = plan,
		.done = done,
		.ctx = &l,
	};

	must(g->n == 1);
	return erase_led(&eraser, of->conn, g->found, e);
}
