/*
 * Carrying out what a look matched.  First everybody whose identifier is several
 * people's is opted out; then who is held is taken out; then who was matched alone
 * is erased, after what their rows lead to in other systems, and read again.  In this
 * order, since who is erased can't be asked for identifiers any more.
 *
 * Killed anywhere, the next run goes on: a person has no fate until what was
 * done is proven, and doing it again finds it done.
 */
#include "desk/drop_acting.h"

#include "connect/find_cross.h"
#include "connect/map.h"
#include "desk/config.h"
#include "desk/keep.h"
#include "desk/setting.h"
#include "store/sql.h"

/* --- what both ways need --- */

int drop_acting_add(struct desk *d, const struct acting *x, const char *act,
	struct sql_drop_act_add_in *in, int64_t *id, struct err *e)
{
	struct sql_drop_act_add_row row;

	in->pass_id = x->pass->id;
	in->system = x->system->name;
	in->act = str_of(act);
	in->at = desk_now(d);
	if (sql_drop_act_add(d->db, d->arena, in, &row, e) < 0)
		return -1;
	*id = row.id;
	return 0;
}

const struct map_table *drop_acting_table(
	const struct acting *x, str name, struct err *e)
{
	const struct map_table *t = map_table_named(x->system, name);

	if (!t)
		err_set(e, ERR_CONFLICT,
			"the data map has no table \"%.*s\" any more",
			STR_ARG(name));
	return t;
}

/* --- one system --- */

static int open_system(struct acting *x, str name, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = x->place->credentials,
		.paces = x->desk->paces,
	};
	struct keep_rows *keeps;

	x->system = map_system_named(x->map, name);
	if (!x->system)
		return err_set(e, ERR_CONFLICT,
			"the data map has no system \"%.*s\" any more",
			STR_ARG(name));
	if (keep_load(x->desk, name, &keeps, e))
		return -1;
	options.exceptions = &keeps->exceptions;
	return conn_open(
		x->conn_arena, x->map, x->system, &options, &x->conn, e);
}

int drop_acting_in(
	struct acting *x, str name, drop_acting_fn *fn, struct err *e)
{
	int rc;

	x->conn_arena = arena_new(LIMIT_REQUEST_ARENA);
	x->page = arena_new(LIMIT_JOB_ARENA);
	rc = open_system(x, name, e);
	if (!rc) {
		x->leads_on = find_leads_down(x->map, x->system);
		x->is_over = false;
		led_init(&x->led, x->desk, x->map, x->place->credentials);
		rc = fn(x, e);
		led_fini(&x->led);
		conn_close(x->conn);
	}
	arena_free(x->page);
	arena_free(x->conn_arena);
	return rc;
}

static bool has_open(const struct acting *x, str system)
{
	for (size_t i = 0; i < x->pass->found.n; i++)
		if (x->pass->found.at[i].open &&
			str_eq(x->pass->found.at[i].system, system))
			return true;
	return false;
}

/* The first that is told stands for all. */
static void tell(struct acting *x, str title, const char *message)
{
	struct drop_acted *out = x->out;

	if (!out->problem.n)
		out->problem = arena_fmt(
			x->desk->arena, "%.*s: %s", STR_ARG(title), message);
}

static void tell_skipped(struct acting *x, const struct drop_look *look)
{
	x->out->skipped += x->skipped;
	if (x->skipped)
		tell(x, look->title, x->why.message);
	x->skipped = 0;
}

/* What can't be reached is left, and the others go on. */
static int in_every_system(struct acting *x, drop_acting_fn *fn, struct err *e)
{
	for (size_t i = 0; i < x->pass->looks.n; i++) {
		const struct drop_look *look = &x->pass->looks.at[i];
		struct err why = { 0 };
		int rc;

		if (!has_open(x, look->system))
			continue;
		rc = drop_acting_in(x, look->system, fn, &why);
		tell_skipped(x, look);
		if (!rc)
			continue;
		if (db_is_lost(x->desk->db)) {
			*e = why;
			return -1;
		}
		tell(x, look->title, why.message);
	}
	return 0;
}

/* --- the whole of it --- */

int drop_pass_waiting(struct desk *d, struct drop_cycle *c,
	struct drop_pass *out, struct err *e)
{
	struct sql_drop_pass_open_screen_row screen;
	int newest = drop_session_newest(d, c, e), rc;

	if (newest < 0)
		return -1;
	if (newest && c->state == DROP_STATE_MATCHED)
		return drop_pass_head(d, c->pass_id, out, e) == 1 ? 0 : -1;
	rc = sql_drop_pass_open_screen(d->db, d->arena, &screen, e);
	if (rc < 0 || (rc && drop_pass_head(d, screen.id, out, e) != 1))
		return -1;
	if (rc && out->matched_at)
		return 0;
	err_set(e, ERR_CONFLICT, "nothing that was matched waits");
	return err_hint(e, "next: %s",
		newest ? drop_state_next(c->state) : "`toyon drop pull`");
}

int drop_preview(struct desk *d, struct drop_preview *out, struct err *e)
{
	struct drop_cycle_view v;
	struct drop_pass pass;
	struct drop_cycle c;

	*out = (struct drop_preview){ 0 };
	if (desk_need(d, PERM_SEE_DROP, e) ||
		drop_pass_waiting(d, &c, &pass, e) ||
		drop_pass_read(d, pass.id, &pass, e) != 1 ||
		drop_cycle_view(d, pass.cycle_id, &v, e) < 0)
		return -1;
	out->pass_id = pass.id;
	out->is_screen = pass.is_screen;
	out->is_stale = drop_pass_is_stale(d, &pass);
	out->found.at = pass.found.at;
	out->found.n = pass.found.n;
	out->counts = v.counts;
	for (size_t i = 0; i < pass.found.n; i++) {
		const struct drop_found *f = &pass.found.at[i];

		out->to_erase += f->alone;
		out->to_opt_out += f->several;
		out->to_keep += f->people - f->alone - f->several;
	}
	return 0;
}

struct approving {
	struct drop_cycle *cycle;
	const struct drop_pass *pass;
};

static int approve(struct desk *d, void *ctx, struct err *e)
{
	const struct approving *x = ctx;
	struct sql_drop_cycle_approved_in session = { x->cycle->id, desk_now(d),
		desk_actor(d) };
	struct sql_drop_pass_approved_in screen = { x->pass->id, desk_now(d),
		desk_actor(d) };
	int64_t n = x->pass->is_screen
			    ? sql_drop_pass_approved(d->db, &screen, e)
			    : sql_drop_cycle_approved(d->db, &session, e);

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(
		d, AUDIT_DROP_APPROVED, STR(""), e, AD("cycle", x->cycle->id));
}

int drop_approve(struct desk *d, struct err *e)
{
	struct drop_cycle c;
	struct drop_pass pass;
	struct approving x = { &c, &pass };

	if (desk_need(d, PERM_DROP, e) || drop_pass_waiting(d, &c, &pass, e))
		return -1;
	return desk_write(d, approve, &x, e);
}

/* A person who asks for it approves; the worker needs the setting, or somebody
 * who did. */
int drop_may_act(struct desk *d, bool is_approved, bool *out, struct err *e)
{
	struct settings s;

	if (settings_load(d, &s, e))
		return -1;
	*out = is_approved || d->actor.kind != ACTOR_WORKER ||
	       config_flag(s.drop_acts);
	return 0;
}

static int open_matches(
	struct desk *d, int64_t pass_id, int64_t *n, struct err *e)
{
	struct sql_drop_match_open_in in = { pass_id };
	struct sql_drop_match_open_row row;

	if (sql_drop_match_open(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	*n = row.n;
	return 0;
}

static int need_approval(struct desk *d, struct drop_cycle *c,
	const struct drop_pass *pass, struct err *e)
{
	struct approving x = { c, pass };
	bool is_approved =
		pass->is_screen ? pass->approved_at != 0 : c->approved_at != 0;
	int64_t open;
	bool may;

	if (drop_may_act(d, is_approved, &may, e) ||
		open_matches(d, pass->id, &open, e))
		return -1;
	if (may)
		return desk_write(d, approve, &x, e);
	if (!open)
		return 0;
	err_set(e, ERR_CONFLICT, "what matched waits for a person to approve");
	return err_hint(e, "`toyon drop act`");
}

static int need_fresh(
	const struct desk *d, const struct drop_pass *pass, struct err *e)
{
	if (!drop_pass_is_stale(d, pass))
		return 0;
	err_set(e, ERR_CONFLICT,
		"what was matched more than %d hours ago is not carried out",
		LIMIT_LOOK_HOURS);
	return err_hint(e, "look again: `toyon drop %s`",
		pass->is_screen ? "screen" : "match");
}

struct finishing {
	struct drop_cycle *cycle;
	const struct drop_pass *pass;
};

static int finish(struct desk *d, void *ctx, struct err *e)
{
	struct finishing *f = ctx;
	struct sql_drop_pass_acted_in in = { f->pass->id, desk_now(d) };

	if (sql_drop_pass_acted(d->db, &in, e) < 0)
		return -1;
	if (!f->pass->is_screen &&
		drop_session_move(d, f->cycle, DROP_ON_DONE, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_ACTED, STR(""), e,
		AD("cycle", f->pass->cycle_id));
}

/* Decided before vendors' files are planned: those are made of what was. */
static int finish_all(struct desk *d, struct drop_cycle *c,
	const struct drop_pass *pass, struct err *e)
{
	struct finishing f = { c, pass };

	if (drop_settle(d, pass, e) || drop_holds_tidy(d, pass, e) ||
		drop_vendors_plan(d, pass, e) ||
		drop_aside_drop(d, pass->id, e))
		return -1;
	return desk_write(d, finish, &f, e);
}

static int count_left(struct acting *x, struct err *e)
{
	struct sql_drop_item_unsent_row items;

	if (open_matches(x->desk, x->pass->id, &x->out->left, e) ||
		sql_drop_item_unsent(x->desk->db, x->desk->arena, &items, e) <
			0)
		return -1;
	x->out->undecided = items.undecided;
	return 0;
}

/* Nobody is deleted while it can't be told who is held. */
static int erase_free(struct acting *x, struct err *e)
{
	int rc = drop_held_keep(x->desk, &x->holding, x->out, e);

	return rc ? (rc < 0 ? -1 : 0) : in_every_system(x, drop_erase_all, e);
}

static int act(struct desk *d, const struct drop_place *p,
	struct drop_acted *out, struct err *e)
{
	struct acting x = { .desk = d, .place = p, .out = out };
	struct drop_pass pass;
	struct drop_cycle c;
	struct map map;

	if (drop_pass_waiting(d, &c, &pass, e) ||
		drop_pass_read(d, pass.id, &pass, e) != 1 ||
		need_fresh(d, &pass, e) || need_approval(d, &c, &pass, e) ||
		map_read(d->arena, d->data_map, &map, e))
		return -1;
	x.pass = &pass;
	x.map = &map;
	x.holding =
		(struct drop_holding){ .place = p, .map = &map, .pass = &pass };
	row_names_init(&x.people, d);
	if (in_every_system(&x, drop_opt_out_all, e) || erase_free(&x, e) ||
		count_left(&x, e) ||
		(!out->left && finish_all(d, &c, &pass, e)) ||
		count_left(&x, e) ||
		drop_session_problem(d, c.id, out->problem, e))
		return -1;
	out->state = c.state;
	return 0;
}

int drop_act(struct desk *d, const struct drop_place *p, struct drop_acted *out,
	struct err *e)
{
	int lock, rc;

	*out = (struct drop_acted){ 0 };
	if (desk_need(d, PERM_DROP, e) || drop_lock(p, &lock, e))
		return -1;
	rc = act(d, p, out, e);
	drop_tally_keep(d);
	drop_unlock(lock);
	return rc;
}
