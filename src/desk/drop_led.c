/*
 * What belongs to the rows of who is deleted in other systems, by keys: a customer's number
 * of the CRM and the orders of the warehouse, which hold nothing that a list could be
 * matched with.  They go before the rows that tell the key.  A row that a list did match is
 * left to what is decided of that match.
 */
#include "desk/drop_acting.h"

#include "connect/erase_led.h"
#include "connect/erase_rows.h"
#include "store/sql.h"

/* Of one person. */
struct leading {
	struct acting *x;
	str person; /* keyed */
	struct arena *arena;
	struct led_group *group;
	struct led_erased erased;
	int64_t act_id;
	struct sql_hold_ids_of_key_rows holds;
	bool leads;
};

static int open_there(
	void *ctx, const struct map_system *s, struct conn **out, struct err *e)
{
	struct leading *l = ctx;

	return led_open(&l->x->led, s, out, e);
}

/* --- whom a list matched there --- */

static int mark_matched_row(struct leading *l, const struct finding *f,
	const struct map_table *t, struct found_row *r, struct err *e)
{
	struct row_name who = {
		.system = f->system->name,
		.table = t->name,
		.key = { r->key.v.v },
	};
	struct sql_drop_match_is_row_in in = {
		.system = who.system,
		.person_key = row_name_key(l->arena, &l->x->people, &who),
	};
	struct sql_drop_match_is_row_row row;

	if (sql_drop_match_is_row(l->x->desk->db, l->arena, &in, &row, e) < 0) {
		l->x->is_over = true;
		return -1;
	}
	r->is_shared = r->is_shared || row.n;
	return 0;
}

/* Somebody of several who are opted out, somebody exempt, or who is deleted by that match. */
static int mark_matched(void *ctx, struct finding *f, struct err *e)
{
	struct leading *l = ctx;

	for (size_t t = 0; t < f->system->tables_n; t++)
		for (size_t i = 0; i < f->tables[t].n; i++)
			if (mark_matched_row(l, f, f->tables[t].table,
				    &f->tables[t].rows[i], e))
				return -1;
	return 0;
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

/* Known to be held by rows that no search for the held could find: they are taken out
 * wherever they matched, and the page they stand on is read again. */
static int leave_held(void *ctx, const struct finding *f, struct err *e)
{
	struct leading *l = ctx;
	struct acting *x = l->x;

	if (!led_holds(x->desk, l->arena, f, &l->holds, e) && !l->holds.n)
		return 0;
	if (!l->holds.n || desk_write(x->desk, mark_held, l, e) ||
		drop_held_take(x->desk, &x->holding, x->out, e)) {
		x->is_over = true;
		return -1;
	}
	x->is_taken = true;
	return err_set(e, ERR_CONFLICT, "held for law enforcement");
}

/* --- in the record --- */

/* A run that is killed may leave no more than that. */
static int note_planned(struct desk *d, const struct leading *l, struct err *e)
{
	struct sql_drop_led_plan_in in = {
		.pass_id = l->x->pass->id,
		.system = l->x->system->name,
		.person_key = l->person,
		.rows = l->erased.found,
	};

	return drop_tally_change(d, DROP_TALLY_MATCHES, e) ||
			       sql_drop_led_plan(d->db, &in, e) < 0
		       ? -1
		       : 0;
}

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

	if (note_planned(d, l, e) || drop_held_since(d, &l->x->holding, e) ||
		sql_drop_act_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	l->act_id = row.id;
	return 0;
}

static int note_gone(struct desk *d, const struct leading *l, struct err *e)
{
	struct sql_drop_led_gone_in in = {
		.pass_id = l->x->pass->id,
		.system = l->x->system->name,
		.person_key = l->person,
	};

	return drop_tally_change(d, DROP_TALLY_MATCHES, e) ||
			       sql_drop_led_gone(d->db, &in, e) < 0
		       ? -1
		       : 0;
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

	if (sql_drop_act_done(d->db, &done, e) < 0 ||
		(g->result.gone && note_gone(d, l, e)))
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
	l->x->is_over = desk_write(l->x->desk, store_plan, l, e) != 0;
	return l->x->is_over ? -1 : 0;
}

static int done(void *ctx, struct led_group *g, struct err *e)
{
	struct leading *l = ctx;

	l->group = g;
	l->x->is_over = desk_write(l->x->desk, store_done, l, e) != 0;
	return l->x->is_over ? -1 : 0;
}

/* What went elsewhere is not exempt, also when an earlier run deleted it. */
static int exempt_nothing(struct leading *l, struct row_group *g, struct err *e)
{
	struct acting *x = l->x;
	struct sql_drop_led_went_in in = { x->pass->id, x->system->name,
		l->person, l->erased.found };
	struct sql_drop_led_went_row row = { 0 };

	if (g->is_kept &&
		sql_drop_led_went(x->desk->db, l->arena, &in, &row, e) < 0) {
		x->is_over = true;
		return -1;
	}
	g->is_kept = g->is_kept && !row.n;
	return 0;
}

static int erase_all(struct leading *l, struct row_group *g, struct err *e)
{
	struct acting *x = l->x;
	struct led_eraser eraser = {
		.map = x->map,
		.arena = l->arena,
		.at_ms = desk_now(x->desk),
		.open = open_there,
		.mark = mark_matched,
		.found = leave_held,
		.plan = plan,
		.done = done,
		.ctx = l,
	};

	if (erase_led(&eraser, x->conn, g->found, &l->erased, e))
		return -1;
	x->unfollowed = l->erased.unfollowed;
	x->out->unfollowed += l->erased.unfollowed;
	x->standing = l->erased.standing;
	x->out->standing += l->erased.standing;
	return exempt_nothing(l, g, e);
}

int drop_erase_led(
	struct acting *x, str person, struct row_group *g, struct err *e)
{
	struct leading l = {
		.x = x,
		.person = person,
		.arena = arena_new(LIMIT_JOB_ARENA),
	};
	int rc;

	must(g->n == 1);
	rc = erase_all(&l, g, e);
	x->is_led = rc != 0;
	arena_free(l.arena);
	return rc;
}

/* --- whether there is anything --- */

/* Who is held is asked when it is carried out. */
static int pass_by(void *ctx, const struct finding *f, struct err *e)
{
	(void)ctx;
	(void)f;
	(void)e;
	return 0;
}

/* Before the first row goes, and so none does. */
static int stop_there(void *ctx, struct led_group *g, struct err *e)
{
	struct leading *l = ctx;

	l->leads = true;
	return err_set(e, ERR_CONFLICT, "rows in \"%.*s\" belong to it",
		STR_ARG(g->system->name));
}

int drop_leads_to(struct acting *x, const struct finding *from, bool is_many,
	bool *out, struct err *e)
{
	struct leading l = { .x = x, .arena = arena_new(LIMIT_JOB_ARENA) };
	struct led_eraser eraser = {
		.map = x->map,
		.arena = l.arena,
		.at_ms = desk_now(x->desk),
		.is_many = is_many,
		.open = open_there,
		.mark = mark_matched,
		.found = pass_by,
		.plan = stop_there,
		.ctx = &l,
	};
	struct led_erased none;
	int rc = erase_led(&eraser, x->conn, from, &none, e);

	arena_free(l.arena);
	*out = l.leads;
	return l.leads ? 0 : rc;
}
