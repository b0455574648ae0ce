/*
 * Carrying out what a look matched.  First everybody whose identifier is several
 * people's is opted out; then who is held is taken out; then who was matched alone
 * is erased, and read again.  In this order, since who is erased can't be asked
 * for identifiers any more.
 *
 * Killed anywhere, the next run goes on: a person has no fate until what was
 * done is proven, and doing it again finds it done.
 */
#include "desk/drop_session.h"

#include <string.h>

#include "base/json.h"
#include "connect/erase_rows.h"
#include "desk/config.h"
#include "desk/keep.h"
#include "desk/row_name.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "ident/key.h"
#include "store/sql.h"

enum {
	/* People of a table erased together: of files, each time is a pass. */
	AT_ONCE = FIND_KEYS_MAX,
	OPT_OUTS = 1000, /* people opted out in one transaction */
	EVIDENCE_MAX = 4096,
};

struct acting {
	struct desk *desk;
	const struct drop_place *place;
	const struct map *map;
	const struct map_system *system;
	const struct drop_pass *pass;
	struct row_names people;
	struct drop_acted *out;
	struct drop_holding holding;
	struct conn *conn;
	struct arena *page; /* of one group */
	struct arena *conn_arena;
};

/* --- opting out --- */

struct opt_out {
	const struct sql_drop_match_several_row *match;
	str key; /* of the row */
	const struct ident *idents;
	size_t n;
};

struct opting {
	struct acting *x;
	struct opt_out at[OPT_OUTS];
	size_t n;
	int64_t identifiers;
};

static int hold(struct desk *d, const struct opt_out *o, const struct ident *id,
	uint8_t key[IDENT_KEY_SIZE], struct err *e)
{
	uint8_t digest[SHA256_SIZE];
	struct sql_drop_hold_add_in in = {
		.item_id = o->match->item_id,
		.kind = str_of(ident_kind_name(id->kind)),
		.id_key = { (const char *)key, IDENT_KEY_SIZE },
		.reasons = REASON_DROP_OPT_OUT,
		.at = desk_now(d),
	};

	ident_digest(id, digest);
	ident_key(suppress_keyring(d->suppress), id->kind, digest, key);
	return sql_drop_hold_add(d->db, &in, e) < 0 ? -1 : 0;
}

/* All of them at once: the log is read behind its end for each change of it. */
static int suppress_all(struct desk *d, struct opting *o, struct err *e)
{
	size_t room = (size_t)o->identifiers, n = 0;
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, room);
	enum ident_kind *kind = arena_many(d->arena, enum ident_kind, room);
	struct suppress_change change = {
		.kind = kind,
		.key = key,
		.n = room,
		.mask = REASON_DROP_OPT_OUT,
		.reasons = REASON_DROP_OPT_OUT,
		.source = STR("drop"),
	};

	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; k < o->at[i].n; k++) {
			const struct ident *id = &o->at[i].idents[k];

			kind[n] = id->kind;
			if (hold(d, &o->at[i], id, key + n++ * IDENT_KEY_SIZE,
				    e))
				return -1;
		}
	return suppress_replace(d, &change, e);
}

static str opt_out_evidence(struct arena *a, const struct opting *o)
{
	struct buf b = buf_in(a, EVIDENCE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "version", 1);
	json_put(&j, "system", o->x->system->name);
	json_put_int(&j, "people", (int64_t)o->n);
	json_put_int(&j, "identifiers", o->identifiers);
	json_put(&j, "reason", STR("drop-opt-out"));
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static int add_act(struct desk *d, struct acting *x, const char *act,
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

static int store_opt_outs(struct desk *d, void *ctx, struct err *e)
{
	struct opting *o = ctx;
	struct sql_drop_act_add_in act = { .people = (int64_t)o->n,
		.is_proven = 1 };
	int64_t act_id;

	if (drop_tally_change(d, DROP_TALLY_MATCHES, e))
		return -1;
	o->identifiers = 0;
	for (size_t i = 0; i < o->n; i++)
		o->identifiers += (int64_t)o->at[i].n;
	if (suppress_all(d, o, e))
		return -1;
	act.identifiers = o->identifiers;
	act.evidence = opt_out_evidence(d->arena, o);
	if (add_act(d, o->x, "opted-out", &act, &act_id, e))
		return -1;
	for (size_t i = 0; i < o->n; i++) {
		struct sql_drop_match_fate_in in = { o->at[i].match->id,
			STR("opted-out"), act_id, desk_now(d) };

		if (sql_drop_match_fate(d->db, &in, e) < 0)
			return -1;
	}
	return DESK_AUDIT(d, AUDIT_DROP_OPTED_OUT, STR(""), e,
		AD("cycle", o->x->pass->cycle_id),
		AD("system", o->x->system->name), AD("people", o->n),
		AD("identifiers", o->identifiers));
}

static const struct map_table *table_of(
	const struct acting *x, str name, struct err *e)
{
	const struct map_table *t = map_table_named(x->system, name);

	if (!t)
		err_set(e, ERR_CONFLICT,
			"the data map has no table \"%.*s\" any more",
			STR_ARG(name));
	return t;
}

/* In an arena of its own: a finding has room for more identifiers than it has. */
static int find_one(struct acting *x, const struct map_table *t,
	struct opt_out *o, struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX };
	struct find_keys keys = { .table = t, .at = &o->key, .n = 1 };
	struct arena *own = arena_new(LIMIT_JOB_ARENA);
	struct ident *ids = NULL;
	struct finding f;
	int rc = find_by_key(x->conn, own, &keys, &whole, &f, e);

	if (!rc && f.idents_n) {
		ids = arena_many(x->page, struct ident, f.idents_n);
		memcpy(ids, f.idents, f.idents_n * sizeof *ids);
		o->n = f.idents_n;
	}
	o->idents = ids;
	arena_free(own);
	return rc;
}

static void take_idents(const struct map_table *t, const struct found_row *r,
	struct ident *out, size_t *n)
{
	for (size_t i = 0; i < t->columns_n; i++)
		if (t->columns[i].is_identifier &&
			r->cells[i].type != CELL_NULL && !r->cells[i].is_cut &&
			!ident_read(&out[*n], IDENT_TOYON_1, t->columns[i].kind,
				r->cells[i].v.v))
			++*n;
}

/* People whose rows stand alone, in one look-up: for files, one pass. */
static int find_together(struct acting *x, const struct map_table *t,
	struct opt_out *o, size_t n, struct err *e)
{
	struct find_options whole = { .rows_max = CONNECT_VALUES_MAX };
	str *at = arena_many(x->page, str, n);
	struct find_keys keys = { .table = t, .at = at };
	const struct found_table *rows;
	struct finding f;

	for (size_t i = 0; i < n; i++)
		if (!i || !str_eq(o[i].key, o[i - 1].key))
			at[keys.n++] = o[i].key;
	if (find_by_key(x->conn, x->page, &keys, &whole, &f, e))
		return -1;
	rows = &f.tables[t - x->system->tables];
	for (size_t i = 0; i < n; i++) {
		struct ident *ids = NULL;

		for (size_t r = 0; r < rows->n; r++) {
			if (!str_eq(rows->rows[r].key.v.v, o[i].key))
				continue;
			if (!ids)
				ids = arena_many(
					x->page, struct ident, t->columns_n);
			o[i].n = 0; /* equal rows say the same */
			take_idents(t, &rows->rows[r], ids, &o[i].n);
		}
		o[i].idents = ids;
	}
	return 0;
}

/* From one of them on, those that can be found together; or one. */
static int find_some(
	struct acting *x, struct opting *o, size_t *at, struct err *e)
{
	struct opt_out *first = &o->at[*at];
	const struct map_table *t = table_of(x, first->match->held_in, e);
	size_t n = 1;

	if (!t)
		return -1;
	if (!map_stands_alone(x->system, t)) {
		++*at;
		return find_one(x, t, first, e);
	}
	while (*at + n < o->n &&
		str_eq(first[n].match->held_in, first->match->held_in))
		n++;
	*at += n;
	return find_together(x, t, first, n, e);
}

/* What it takes of memory goes with the page. */
static int store_page(struct acting *x, struct opting *o, struct err *e)
{
	struct arena *outer = x->desk->arena;
	int rc;

	x->desk->arena = x->page;
	rc = desk_write(x->desk, store_opt_outs, o, e);
	x->desk->arena = outer;
	return rc;
}

static int opt_out_some(struct acting *x,
	const struct sql_drop_match_several_rows *rows, struct err *e)
{
	struct opting o = { .x = x };

	for (; o.n < rows->n; o.n++) {
		struct opt_out *one = &o.at[o.n];
		personal key;

		one->match = &rows->at[o.n];
		if (row_name_open(
			    x->page, &x->people, one->match->sealed, &key, e))
			return -1;
		one->key = key.v;
	}
	for (size_t at = 0; at < o.n;)
		if (find_some(x, &o, &at, e))
			return -1;
	if (store_page(x, &o, e))
		return -1;
	x->out->opted_out += (int64_t)o.n;
	return 0;
}

static int opt_out_all(struct acting *x, struct err *e)
{
	struct sql_drop_match_several_in in = {
		.pass_id = x->pass->id,
		.system = x->system->name,
		.first = OPT_OUTS,
	};
	struct sql_drop_match_several_rows rows;

	do {
		arena_clear(x->page);
		if (sql_drop_match_several(x->desk->db, x->page, &in, &rows, e))
			return -1;
		if (rows.n && opt_out_some(x, &rows, e))
			return -1;
	} while (rows.n);
	return 0;
}

/* --- erasing --- */

/* Of one table. */
struct people {
	struct acting *x;
	str *person; /* keyed */
	str *key;
	size_t n;
	int64_t act_id;
};

struct storing {
	struct people *people;
	struct row_group *group;
};

/* In the record before the first row goes. */
static int store_plan(struct desk *d, void *ctx, struct err *e)
{
	struct storing *s = ctx;
	struct sql_drop_act_add_in in = {
		.people = (int64_t)s->group->n,
		.rows_planned = s->group->planned,
		.rows_kept = s->group->standing,
	};

	if (drop_held_since(d, &s->people->x->holding, e))
		return -1;
	return add_act(d, s->people->x, "erased", &in, &s->people->act_id, e);
}

static int store_fates(struct desk *d, const struct storing *s, struct err *e)
{
	const struct row_group *g = s->group;
	struct sql_drop_match_erased_in in = {
		.pass_id = s->people->x->pass->id,
		.system = s->people->x->system->name,
		.fate = g->is_kept ? STR("kept") : STR("erased"),
		.act_id = s->people->act_id,
		.at = desk_now(d),
	};

	for (size_t i = 0; i < g->n; i++) {
		in.person_key = s->people->person[g->first + i];
		if (sql_drop_match_erased(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int store_done(struct desk *d, void *ctx, struct err *e)
{
	const struct storing *s = ctx;
	const struct row_group *g = s->group;
	const struct acting *x = s->people->x;
	struct sql_drop_act_done_in done = {
		.id = s->people->act_id,
		.at = desk_now(d),
		.people = (int64_t)g->n,
		.rows_gone = g->result.gone,
		.is_proven = g->result.is_proven,
		.evidence = g->result.evidence,
	};

	if (drop_tally_change(d, DROP_TALLY_MATCHES, e) ||
		sql_drop_act_done(d->db, &done, e) < 0)
		return -1;
	if (!g->result.is_proven)
		return 0;
	if (store_fates(d, s, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_ERASED, STR(""), e,
		AD("cycle", x->pass->cycle_id), AD("system", x->system->name),
		AD("people", g->n), AD("rows", g->result.gone),
		AD("kept", g->standing));
}

static int plan_group(void *ctx, struct row_group *g, struct err *e)
{
	struct people *p = ctx;
	struct storing s = { p, g };

	return desk_write(p->x->desk, store_plan, &s, e);
}

static int end_group(void *ctx, struct row_group *g, struct err *e)
{
	struct people *p = ctx;
	struct drop_acted *out = p->x->out;
	struct storing s = { p, g };

	if (desk_write(p->x->desk, store_done, &s, e))
		return -1;
	if (g->result.is_proven)
		*(g->is_kept ? &out->kept : &out->erased) += (int64_t)g->n;
	return 0;
}

/* People of one table together. */
static int take_people(struct acting *x,
	const struct sql_drop_match_people_rows *rows, size_t *at,
	struct people *p, struct err *e)
{
	str held_in = rows->at[*at].held_in;

	*p = (struct people){ .x = x };
	p->person = arena_many(x->page, str, rows->n);
	p->key = arena_many(x->page, str, rows->n);
	while (p->n < AT_ONCE && *at < rows->n &&
		str_eq(rows->at[*at].held_in, held_in)) {
		const struct sql_drop_match_people_row *r = &rows->at[*at];
		personal key;

		if (row_name_open(x->page, &x->people, r->sealed, &key, e))
			return -1;
		p->person[p->n] = r->person_key;
		p->key[p->n++] = key.v;
		while (*at < rows->n &&
			str_eq(rows->at[*at].person_key, r->person_key))
			++*at;
	}
	return 0;
}

static int erase_page(struct acting *x,
	const struct sql_drop_match_people_rows *rows, struct err *e)
{
	struct people p;
	struct row_eraser eraser = {
		.conn = x->conn,
		.arena = x->page,
		.at_ms = desk_now(x->desk),
		.plan = plan_group,
		.done = end_group,
		.ctx = &p,
	};

	for (size_t at = 0; at < rows->n;) {
		struct row_group g = {
			.table = table_of(x, rows->at[at].held_in, e),
		};

		if (!g.table || take_people(x, rows, &at, &p, e))
			return -1;
		g.key = p.key;
		g.n = p.n;
		if (erase_rows(&eraser, &g, e))
			return -1;
	}
	return 0;
}

static int erase_all(struct acting *x, struct err *e)
{
	struct sql_drop_match_people_in in = {
		.pass_id = x->pass->id,
		.system = x->system->name,
		.first = 2 * AT_ONCE, /* most have several items */
	};
	struct sql_drop_match_people_rows rows;

	do {
		arena_clear(x->page);
		if (sql_drop_match_people(x->desk->db, x->page, &in, &rows, e))
			return -1;
		if (rows.n && erase_page(x, &rows, e))
			return -1;
	} while (rows.n);
	return 0;
}

/* --- one system --- */

static int open_system(struct acting *x, str name, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_WRITE,
		.credentials_dir = x->place->credentials,
	};
	struct keep_rows *keeps;

	x->system = map_system_named(x->map, name);
	if (!x->system)
		return err_set(e, ERR_CONFLICT,
			"the data map has no system \"%.*s\" any more",
			STR_ARG(name));
	if (keep_load(x->desk, name, 0, &keeps, e))
		return -1;
	options.exceptions = &keeps->exceptions;
	return conn_open(
		x->conn_arena, x->map, x->system, &options, &x->conn, e);
}

typedef int act_fn(struct acting *x, struct err *e);

static int in_system(struct acting *x, str name, act_fn *fn, struct err *e)
{
	int rc;

	x->conn_arena = arena_new(LIMIT_REQUEST_ARENA);
	x->page = arena_new(LIMIT_JOB_ARENA);
	rc = open_system(x, name, e);
	if (!rc) {
		rc = fn(x, e);
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

/* What can't be reached is left, and the others go on. */
static int in_every_system(struct acting *x, act_fn *fn, struct err *e)
{
	for (size_t i = 0; i < x->pass->looks.n; i++) {
		const struct drop_look *look = &x->pass->looks.at[i];
		struct err why = { 0 };

		if (!has_open(x, look->system) ||
			!in_system(x, look->system, fn, &why))
			continue;
		if (db_is_lost(x->desk->db)) {
			*e = why;
			return -1;
		}
		if (!x->out->problem.n)
			x->out->problem = arena_fmt(x->desk->arena, "%.*s: %s",
				STR_ARG(look->title), why.message);
	}
	return 0;
}

/* --- the whole of it --- */

/* The session's own look, or a screening that was matched. */
static int open_pass(struct desk *d, struct drop_cycle *c,
	struct drop_pass *out, struct err *e)
{
	struct sql_drop_pass_open_screen_row screen;
	int newest = drop_session_newest(d, c, e), rc;

	if (newest < 0)
		return -1;
	if (newest && c->state == DROP_STATE_MATCHED)
		return drop_pass_read(d, c->pass_id, out, e) == 1 ? 0 : -1;
	rc = sql_drop_pass_open_screen(d->db, d->arena, &screen, e);
	if (rc < 0 || (rc && drop_pass_read(d, screen.id, out, e) != 1))
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
	if (desk_need(d, PERM_SEE_DROP, e) || open_pass(d, &c, &pass, e) ||
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

	if (desk_need(d, PERM_DROP, e) || open_pass(d, &c, &pass, e))
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

	return rc ? (rc < 0 ? -1 : 0) : in_every_system(x, erase_all, e);
}

static int act(struct desk *d, const struct drop_place *p,
	struct drop_acted *out, struct err *e)
{
	struct acting x = { .desk = d, .place = p, .out = out };
	struct drop_pass pass;
	struct drop_cycle c;
	struct map map;

	if (open_pass(d, &c, &pass, e) || need_fresh(d, &pass, e) ||
		need_approval(d, &c, &pass, e) ||
		map_read(d->arena, d->data_map, &map, e))
		return -1;
	x.pass = &pass;
	x.map = &map;
	x.holding = (struct drop_holding){ p, &map, &pass, 0 };
	row_names_init(&x.people, d);
	if (in_every_system(&x, opt_out_all, e) || erase_free(&x, e) ||
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
