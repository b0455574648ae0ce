#include "desk/returned_led.h"

#include "connect/erase_led.h"
#include "desk/limit.h"
#include "store/sql.h"

struct leading {
	const struct returned_leading *of;
	struct returned_led *out;
	struct arena *arena;
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

/* Whose the rows are is told by the rows alone. */
static int mark_none(void *ctx, struct finding *f, struct err *e)
{
	(void)ctx;
	(void)f;
	(void)e;
	return 0;
}

static int leave_held(void *ctx, const struct finding *f, struct err *e)
{
	struct leading *l = ctx;
	struct desk *d = l->of->desk;
	struct sql_hold_ids_of_key_rows holds;

	if (!led_holds(d, l->arena, f, &holds, e) && !holds.n)
		return 0;
	l->out->is_over = !holds.n || desk_write(d, forget_row, l, e);
	if (l->out->is_over)
		return -1;
	l->out->is_held = true;
	return err_set(e, ERR_CONFLICT,
		"rows in \"%.*s\" say that somebody is held for law "
		"enforcement",
		STR_ARG(f->system->name));
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
	l->out->is_over = desk_write(l->of->desk, store_plan, l, e) != 0;
	return l->out->is_over ? -1 : 0;
}

static int done(void *ctx, struct led_group *g, struct err *e)
{
	struct leading *l = ctx;

	l->group = g;
	l->out->is_over = desk_write(l->of->desk, store_done, l, e) != 0;
	return l->out->is_over ? -1 : 0;
}

static int erase_all(struct leading *l, struct row_group *g, struct err *e)
{
	struct led_eraser eraser = {
		.map = l->of->led->map,
		.arena = l->arena,
		.at_ms = desk_now(l->of->desk),
		.open = open_there,
		.mark = mark_none,
		.found = leave_held,
		.plan = plan,
		.done = done,
		.ctx = l,
	};
	struct led_erased erased;

	if (erase_led(&eraser, l->of->conn, g->found, &erased, e))
		return -1;
	l->out->unfollowed = erased.unfollowed;
	l->out->standing = erased.standing;
	return 0;
}

int returned_erase_led(const struct returned_leading *of, struct row_group *g,
	struct returned_led *out, struct err *e)
{
	struct leading l = {
		.of = of,
		.out = out,
		.arena = arena_new(LIMIT_JOB_ARENA),
	};
	int rc;

	must(g->n == 1);
	rc = erase_all(&l, g, e);
	arena_free(l.arena);
	return rc;
}
