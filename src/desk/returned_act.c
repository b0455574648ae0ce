/* Erasing who came back, by row. */
#include "desk/recorrect.h"
#include "desk/returned_led.h"
#include "desk/returned_look.h"

#include "connect/connector.h"
#include "connect/erase_rows.h"
#include "connect/find_cross.h"
#include "connect/limit.h"
#include "connect/map.h"
#include "desk/config.h"
#include "desk/keep.h"
#include "desk/limit.h"
#include "desk/restored.h"
#include "desk/row_name.h"
#include "desk/setting.h"
#include "store/sql.h"

struct acting {
	struct desk *desk;
	const struct returned_way *way;
	const struct screening *look;
	const struct map_system *system;
	struct row_names names;
	struct conn *conn;
	struct arena *conn_arena;
	struct arena *page; /* of one group */
	str *row;           /* keyed */
	str *key;
	int64_t act_id;
	struct row_group *group;
	bool leads_on; /* rows of other systems belong to its rows */
	struct led led;
	bool is_led; /* what failed last did so in another system */
	struct returned_led led_end;
	int64_t unfollowed; /* of all rows */
	int64_t standing;
	int64_t skipped; /* rows that could not be erased, and the first reason */
	struct err why;
};

/* --- who is held, or released --- */

/* A look leaves out who is held then; of whoever was held since, it knows nothing
 * (Civ. Code 1798.145(a)).  By their number: two nodes have two clocks. */
static int is_held_since(
	struct desk *d, const struct screening *s, struct err *e)
{
	struct sql_hold_count_row now;

	if (sql_hold_count(d->db, d->arena, &now, e) < 0)
		return -1;
	return now.n != s->holds;
}

/* A look that ran then had followed the list before, and has nothing to doubt yet. */
static int is_released_since(
	struct desk *d, const struct screening *s, struct err *e)
{
	struct sql_released_count_row now;

	if (sql_released_count(d->db, d->arena, &now, e) < 0)
		return -1;
	return now.n != s->released;
}

int returned_is_outdated(
	struct desk *d, const struct screening *s, struct err *e)
{
	int is_held = is_held_since(d, s, e);

	return is_held ? is_held : is_released_since(d, s, e);
}

int returned_doubt(struct desk *d, struct err *e)
{
	struct sql_screening_doubt_in in = {
		STR("somebody was released since; it is looked at again"),
	};

	return sql_released_add(d->db, e) < 0 ||
			       sql_screening_doubt(d->db, &in, e) < 0
		       ? -1
		       : 0;
}

static int need_no_release(
	struct desk *d, const struct screening *s, struct err *e)
{
	int is_released = is_released_since(d, s, e);

	if (is_released <= 0)
		return is_released;
	err_set(e, ERR_CONFLICT, "somebody was released since this look began");
	return err_hint(
		e, "look again: `toyon replay %.*s`", STR_ARG(s->system));
}

static int need_no_new_hold(
	struct desk *d, const struct screening *s, struct err *e)
{
	int is_held = is_held_since(d, s, e);

	if (is_held <= 0)
		return is_held;
	err_set(e, ERR_CONFLICT,
		"somebody's data was held for law enforcement since this look "
		"began");
	return err_hint(
		e, "look again: `toyon replay %.*s`", STR_ARG(s->system));
}

/* --- one group --- */

/* What staff keep is read once, when the run begins. */
static int need_none_kept(
	struct desk *d, const struct screening *s, struct err *e)
{
	struct sql_keep_head_row now;

	if (sql_keep_head(d->db, d->arena, &now, e) < 0)
		return -1;
	if (now.n == s->keeps)
		return 0;
	err_set(e, ERR_CONFLICT, "rows were chosen meanwhile that are kept");
	return err_hint(
		e, "run it again: `toyon replay %.*s`", STR_ARG(s->system));
}

static int need_same(struct desk *d, const struct screening *s, struct err *e)
{
	return need_no_new_hold(d, s, e) || need_no_release(d, s, e) ||
			       need_none_kept(d, s, e)
		       ? -1
		       : 0;
}

static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	struct acting *x = ctx;
	struct sql_screening_act_add_in in = {
		.screening_id = x->look->id,
		.at = desk_now(d),
		.people = (int64_t)x->group->n,
		.rows_planned = x->group->planned,
		.rows_kept = x->group->standing,
	};
	struct sql_screening_act_add_row row;

	if (need_same(d, x->look, e) ||
		sql_screening_act_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	x->act_id = row.id;
	return 0;
}

/* What is gone has no row here any more; what stays is not found anew. */
static int store_fates(struct desk *d, struct acting *x, struct err *e)
{
	const struct row_group *g = x->group;
	struct sql_screening_count_in count = { .id = x->look->id };

	*(g->is_kept ? &count.kept : &count.erased) = (int64_t)g->n;
	for (size_t i = 0; i < g->n; i++) {
		str row = x->row[g->first + i];
		struct sql_returned_kept_in kept = { x->system->name, row };
		struct sql_returned_erased_in erased = { x->system->name, row };

		if ((g->is_kept ? sql_returned_kept(d->db, &kept, e)
				: sql_returned_erased(d->db, &erased, e)) < 0 ||
			(!g->is_kept && keep_row_gone(d, row, e)))
			return -1;
	}
	return sql_screening_count(d->db, &count, e) < 0 ? -1 : 0;
}

static int store_done(struct desk *d, void *ctx, struct err *e)
{
	struct acting *x = ctx;
	const struct row_group *g = x->group;
	struct sql_screening_act_done_in in = {
		.id = x->act_id,
		.at = desk_now(d),
		.rows_gone = g->result.gone,
		.is_proven = g->result.is_proven,
		.evidence = g->result.evidence,
	};

	if (sql_screening_act_done(d->db, &in, e) < 0)
		return -1;
	if (!g->result.is_proven)
		return 0;
	if (store_fates(d, x, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_ERASED_AGAIN, STR(""), e,
		AD("system", x->look->title), AD("people", g->n),
		AD("rows", g->result.gone), AD("kept", g->standing),
		AD("unfollowed", x->led_end.unfollowed),
		AD("standing", x->led_end.standing));
}

static int erase_led_first(struct acting *x, struct row_group *g, struct err *e)
{
	struct returned_leading l = {
		.desk = x->desk,
		.look = x->look,
		.led = &x->led,
		.conn = x->conn,
		.row = x->row[g->first],
		.may_go = need_same,
	};

	x->is_led = returned_erase_led(&l, g, &x->led_end, e) != 0;
	return x->is_led ? -1 : 0;
}

static int plan_group(void *ctx, struct row_group *g, struct err *e)
{
	struct acting *x = ctx;

	x->group = g;
	if (x->leads_on && erase_led_first(x, g, e))
		return -1;
	return desk_write(x->desk, store_plan, x, e);
}

static int end_group(void *ctx, struct row_group *g, struct err *e)
{
	struct acting *x = ctx;

	x->group = g;
	return desk_write(x->desk, store_done, x, e);
}

/* Of this system, what is not one row's trouble is everybody's. */
static bool is_ones(const struct acting *x, const struct err *e)
{
	return x->is_led || e->code == ERR_LIMIT || e->code == ERR_CONFLICT;
}

/* Who is held is forgotten; what could not be erased stays open, and is told. */
static int skip(void *ctx, const struct row_group *g, struct err *e)
{
	struct acting *x = ctx;
	struct err changed;

	(void)g;
	if (x->led_end.is_over || !is_ones(x, e) || db_is_lost(x->desk->db) ||
		need_same(x->desk, x->look, &changed))
		return -1;
	if (!(x->is_led && x->led_end.is_held) && !x->skipped++)
		x->why = *e;
	return 0;
}

/* --- all of them --- */

/* Rows of one table that were found in one way, the first of those that are left. */
static int take_rows(struct acting *x,
	const struct sql_returned_open_rows *rows, struct row_group *g,
	struct err *e)
{
	str held_in = rows->at[0].held_in;

	x->row = arena_many(x->page, str, rows->n);
	x->key = arena_many(x->page, str, rows->n);
	*g = (struct row_group){
		.table = map_table_named(x->system, held_in),
		.key = x->key,
		.is_owned = rows->at[0].is_owned,
	};
	if (!g->table)
		return err_set(e, ERR_CONFLICT,
			"the data map has no table \"%.*s\" any more",
			STR_ARG(held_in));
	while (g->n < rows->n && str_eq(rows->at[g->n].held_in, held_in) &&
		g->is_owned == rows->at[g->n].is_owned) {
		personal key;

		if (row_name_open(
			    x->page, &x->names, rows->at[g->n].sealed, &key, e))
			return -1;
		x->row[g->n] = rows->at[g->n].row_key;
		x->key[g->n++] = key.v;
	}
	return 0;
}

/* What was taken last, in memory that outlives its page. */
static void go_after(struct sql_returned_open_in *in,
	const struct sql_returned_open_row *last, struct buf *held_in,
	struct buf *key)
{
	buf_clear(held_in);
	buf_clear(key);
	buf_put(held_in, last->held_in);
	buf_put(key, last->row_key);
	must(buf_ok(held_in) && buf_ok(key));
	in->after_in = buf_str(held_in);
	in->after_owned = last->is_owned;
	in->after_key = buf_str(key);
}

/* Of the row before: one whose search fails is never planned. */
static void forget_end(struct acting *x)
{
	x->is_led = false;
	x->led_end = (struct returned_led){ 0 };
}

static int erase_pages(struct acting *x, struct err *e)
{
	struct row_eraser eraser = {
		.conn = x->conn,
		.arena = x->page,
		.at_ms = desk_now(x->desk),
		.plan = plan_group,
		.done = end_group,
		.skip = skip,
		.ctx = x,
	};
	/* Where rows lead to other systems it has to be known whose they are. */
	struct sql_returned_open_in in = {
		.system = x->system->name,
		.first = x->leads_on ? 1 : FIND_KEYS_MAX,
	};
	struct buf held_in = buf_in(x->conn_arena, MAP_NAME_MAX + 1);
	struct buf key = buf_in(x->conn_arena, ROW_NAME_KEY_SIZE + 1);
	struct sql_returned_open_rows rows;
	struct row_group g;

	for (;;) {
		arena_clear(x->page);
		if (sql_returned_open(x->desk->db, x->page, &in, &rows, e))
			return -1;
		if (!rows.n)
			return 0;
		forget_end(x);
		if (take_rows(x, &rows, &g, e) || erase_rows(&eraser, &g, e))
			return -1;
		x->unfollowed += x->led_end.unfollowed;
		x->standing += x->led_end.standing;
		go_after(&in, &rows.at[g.n - 1], &held_in, &key);
	}
}

/* What the record is told of each group goes with its page: there may be as many
 * groups as rows. */
static int erase_all(struct acting *x, struct err *e)
{
	struct arena *outer = x->desk->arena;
	int rc;

	x->desk->arena = x->page;
	rc = erase_pages(x, e);
	x->desk->arena = outer;
	if (rc || !x->skipped)
		return rc;
	err_set(e, x->why.code, "%lld %s could not be erased: %s",
		(long long)x->skipped, x->skipped == 1 ? "row" : "rows",
		x->why.message);
	return err_hint(
		e, "the others are; mend what it names, and run it again");
}

/* Who was deleted has nothing left to be right, so it comes after. */
static int correct_all(struct acting *x, const struct map *map, struct err *e)
{
	struct recorrecting r = { map, x->system, x->conn, &x->names,
		x->way->credentials, false };
	struct recorrect_act act = { &r, x->look, need_same };
	struct sql_restored_open_in in = { x->system->name };
	struct sql_restored_open_rows rows;
	bool is_any;

	if (sql_restored_open(x->desk->db, x->desk->arena, &in, &rows, e))
		return -1;
	r.is_closed = rows.n != 0;
	if (recorrect_any(x->desk, x->system->name, r.is_closed, &is_any, e))
		return -1;
	return is_any ? recorrect_act(x->desk, &act, e) : 0;
}

static int in_system(struct acting *x, const struct map *map, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = x->way->credentials,
		.paces = x->desk->paces,
	};
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct keep_rows *keeps;
	int rc;

	x->conn_arena = a;
	if (keep_load(x->desk, x->system->name, &keeps, e)) {
		arena_free(a);
		return -1;
	}
	options.exceptions = &keeps->exceptions;
	x->page = arena_new(LIMIT_JOB_ARENA);
	rc = conn_open(a, map, x->system, &options, &x->conn, e);
	if (!rc) {
		x->leads_on = find_leads_down(map, x->system);
		led_init(&x->led, x->desk, map, x->way->credentials);
		rc = erase_all(x, e) || correct_all(x, map, e) ? -1 : 0;
		led_fini(&x->led);
		conn_close(x->conn);
	}
	arena_free(x->page);
	arena_free(a);
	return rc;
}

/* What it says of corrections may have changed. */
static int end(struct desk *d, void *ctx, struct err *e)
{
	const struct screening *was = ctx;
	struct screening now;

	return returned_read(d, was->id, &now, e) < 0
		       ? -1
		       : returned_end(d, &now, e);
}

/* --- may it be carried out? --- */

int returned_may_act(
	struct desk *d, const struct screening *s, bool *out, struct err *e)
{
	struct settings all;

	if (settings_load(d, &all, e))
		return -1;
	*out = d->actor.kind != ACTOR_WORKER || s->approved_at ||
	       config_flag(all.returned_acts);
	return 0;
}

static int need_open(struct desk *d, const struct screening *s, struct err *e)
{
	struct sql_screening_of_in in = { s->system };
	struct sql_screening_of_row newest;
	bool may;

	if (returned_may_act(d, s, &may, e) ||
		sql_screening_of(d->db, d->arena, &in, &newest, e) < 0)
		return -1;
	if (!may) {
		err_set(e, ERR_CONFLICT, "who came back waits for a person");
		return err_hint(e, "`toyon replay %.*s`", STR_ARG(s->system));
	}
	if (s->looked_at && !s->acted_at && !s->is_stale && newest.id == s->id)
		return need_same(d, s, e);
	err_set(e, ERR_CONFLICT, "this look is %s",
		!s->looked_at ? "not at its end"
		: s->acted_at ? "carried out already"
		: s->is_stale ? "too old to be carried out"
			      : "not the newest of its system");
	return err_hint(
		e, "look again: `toyon replay %.*s`", STR_ARG(s->system));
}

int returned_open(
	struct desk *d, int64_t id, struct screening *out, struct err *e)
{
	int rc = returned_read(d, id, out, e);

	if (rc < 0)
		return -1;
	return rc ? 0
		  : err_set(e, ERR_NOT_FOUND, "there is no look %lld",
			    (long long)id);
}

int returned_act(struct desk *d, const struct returned_way *w, int64_t id,
	struct screening *out, struct err *e)
{
	struct acting x = { .desk = d, .way = w, .look = out };
	struct err why = { 0 };
	struct map map;

	if (desk_need(d, PERM_DECIDE, e) || returned_open(d, id, out, e) ||
		need_open(d, out, e) ||
		returned_system(d, out->system, &map, &x.system, e))
		return -1;
	row_names_init(&x.names, d);
	if (in_system(&x, &map, &why)) {
		if (db_is_lost(d->db) || !returned_problem(d, id, &why, e))
			*e = why;
		return -1;
	}
	if (desk_write(d, end, out, e) || returned_open(d, id, out, e))
		return -1;
	out->unfollowed = x.unfollowed;
	out->standing = x.standing;
	return 0;
}

static int approve(struct desk *d, void *ctx, struct err *e)
{
	const struct screening *s = ctx;
	struct sql_screening_approved_in in = { s->id, desk_now(d),
		desk_actor(d) };
	int64_t n = sql_screening_approved(d->db, &in, e);

	if (n < 0 || desk_job(d, JOB_SCREEN, 0, desk_now(d), e))
		return -1;
	return n ? DESK_AUDIT(d, AUDIT_RETURN_APPROVED, STR(""), e,
			   AD("system", s->title))
		 : 0;
}

int returned_approve(struct desk *d, int64_t id, struct err *e)
{
	struct screening s;

	if (desk_need(d, PERM_DECIDE, e) || returned_open(d, id, &s, e) ||
		need_open(d, &s, e))
		return -1;
	return desk_write(d, approve, &s, e);
}
