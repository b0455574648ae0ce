/*
 * Whom the State's lists ask to delete, and who may not be deleted: an agency
 * directed it (Civ. Code 1798.145(a)).  Their items are exempt (status 2) while
 * the hold lasts; after it a look finds them anew, and they are deleted.
 *
 * Somebody is held wherever they matched: the row of another system that the same
 * item led to is theirs too, though nothing in it is what the hold names.
 */
#include "desk/drop_session.h"

#include "base/json.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/held.h"
#include "store/sql.h"

enum { EVIDENCE_MAX = 1024 };

struct holding {
	struct desk *desk;
	const struct drop_holding *of;
	const struct map_system *system;
	const struct held *held;
	struct row_names names;
	struct drop_acted *out;
	int64_t taken; /* people */
};

/* --- who --- */

/* In a transaction. */
static int put_row(void *ctx, int64_t hold_id, str key, struct err *e)
{
	const struct holding *x = ctx;
	struct sql_drop_held_put_in in = {
		.pass_id = x->of->pass->id,
		.system = x->system->name,
		.person_key = key,
		.hold_id = hold_id,
	};

	return sql_drop_held_put(x->desk->db, &in, e) < 0 ? -1 : 0;
}

struct found_rows {
	struct holding *x;
	struct arena *arena;
	struct held_hit {
		int64_t hold_id;
		str key;
		struct held_hit *next;
	} * first;
};

static int keep_row(void *ctx, int64_t hold_id, str key, struct err *e)
{
	struct found_rows *f = ctx;
	struct held_hit *hit = arena_one(f->arena, struct held_hit);

	(void)e;
	*hit = (struct held_hit){ hold_id, arena_dup(f->arena, key), f->first };
	f->first = hit;
	return 0;
}

static int store_rows(struct desk *d, void *ctx, struct err *e)
{
	const struct found_rows *f = ctx;

	(void)d;
	for (const struct held_hit *h = f->first; h; h = h->next)
		if (put_row(f->x, h->hold_id, h->key, e))
			return -1;
	return 0;
}

/* By the keys of other systems, too: what a list matched may be of who is held though only
 * its owner, elsewhere, says who that is. */
static int search_by_keys(struct holding *x, struct arena *a,
	struct held_search *s, struct conn *conn, struct err *e)
{
	struct held_led_way way = { conn, x->of->map, x->of->place->credentials,
		true };
	int rc;

	s->led = held_led_new(a, &way);
	rc = held_rows(s, conn, x->system, e);
	held_led_free(s->led);
	return rc;
}

/* The system is asked outside of a transaction: it takes what it takes. */
static int look(struct holding *x, struct arena *a, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.credentials_dir = x->of->place->credentials,
		.paces = x->desk->paces,
	};
	struct found_rows found = { .x = x, .arena = a };
	struct held_search search = {
		.held = x->held,
		.names = &x->names,
		.map = x->of->map,
		.page = arena_new(LIMIT_JOB_ARENA),
		.fn = keep_row,
		.ctx = &found,
	};
	struct conn *conn;
	int rc = conn_open(a, x->of->map, x->system, &options, &conn, e);

	if (!rc) {
		rc = search_by_keys(x, a, &search, conn, e);
		conn_close(conn);
	}
	arena_free(search.page);
	return rc || desk_write(x->desk, store_rows, &found, e) ? -1 : 0;
}

static int look_in(struct holding *x, str name, struct err *e)
{
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	int rc;

	x->system = map_system_named(x->of->map, name);
	if (x->system)
		rc = look(x, a, e);
	else
		rc = err_set(e, ERR_CONFLICT,
			"the data map has no system \"%.*s\" any more",
			STR_ARG(name));
	arena_free(a);
	return rc;
}

static bool has_open(const struct drop_pass *p)
{
	for (size_t i = 0; i < p->found.n; i++)
		if (p->found.at[i].open)
			return true;
	return false;
}

static str title_of(const struct drop_pass *p, str system)
{
	for (size_t i = 0; i < p->looks.n; i++)
		if (str_eq(p->looks.at[i].system, system))
			return p->looks.at[i].title;
	return system;
}

/* 1 when one could not be asked.  One in which all is settled is asked too: who is
 * held may be known by a row there that the data map keeps. */
static int look_everywhere(struct holding *x, struct err *e)
{
	const struct drop_pass *p = x->of->pass;
	struct sql_drop_held_told_in in = { p->id };
	struct sql_drop_held_told_rows told;
	struct err why = { 0 };

	if (sql_drop_held_told(x->desk->db, x->desk->arena, &in, &told, e))
		return -1;
	for (size_t i = 0; i < told.n; i++) {
		if (!look_in(x, told.at[i].system, &why))
			continue;
		if (db_is_lost(x->desk->db)) {
			*e = why;
			return -1;
		}
		if (!x->out->problem.n)
			x->out->problem = arena_fmt(x->desk->arena,
				"%.*s: who is held for law enforcement could "
				"not be asked: %s",
				STR_ARG(title_of(p, told.at[i].system)),
				why.message);
		return 1;
	}
	return 0;
}

static int spread(struct desk *d, void *ctx, struct err *e)
{
	const struct holding *x = ctx;
	struct sql_drop_held_spread_in in = { x->of->pass->id };
	int64_t n;

	do {
		n = sql_drop_held_spread(d->db, &in, e);
	} while (n > 0);
	return n < 0 ? -1 : 0;
}

/* --- what becomes of them --- */

static str evidence_of(struct arena *a, str system, int64_t people)
{
	struct buf b = buf_in(a, EVIDENCE_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "version", 1);
	json_put(&j, "system", system);
	json_put_int(&j, "people", people);
	json_put(&j, "exception", STR("EX_LE_HOLD"));
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

static int store_held(struct desk *d, struct holding *x, str system,
	int64_t people, struct err *e)
{
	struct sql_drop_act_add_in act = {
		.pass_id = x->of->pass->id,
		.system = system,
		.act = STR("held"),
		.at = desk_now(d),
		.people = people,
		.is_proven = 1,
		.evidence = evidence_of(d->arena, system, people),
	};
	struct sql_drop_held_fate_in fate = {
		.pass_id = act.pass_id,
		.system = system,
		.at = act.at,
	};
	struct sql_drop_act_add_row row;

	if (sql_drop_act_add(d->db, d->arena, &act, &row, e) < 0)
		return -1;
	fate.act_id = row.id;
	if (sql_drop_held_fate(d->db, &fate, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_HELD, STR(""), e,
		AD("cycle", x->of->pass->cycle_id), AD("people", people),
		AD("system", system));
}

static int take_out(struct desk *d, void *ctx, struct err *e)
{
	struct holding *x = ctx;
	const struct drop_pass *p = x->of->pass;

	x->taken = 0;
	if (drop_tally_change(d, DROP_TALLY_MATCHES, e) || spread(d, x, e))
		return -1;
	for (size_t i = 0; i < p->looks.n; i++) {
		struct sql_drop_held_people_in in = { p->id,
			p->looks.at[i].system };
		struct sql_drop_held_people_row row;

		if (sql_drop_held_people(d->db, d->arena, &in, &row, e) < 0 ||
			(row.people &&
				store_held(d, x, in.system, row.people, e)))
			return -1;
		x->taken += row.people;
	}
	return 0;
}

static int take_all_out(struct holding *x, struct err *e)
{
	if (desk_write(x->desk, take_out, x, e))
		return -1;
	x->out->held += x->taken;
	return 0;
}

int drop_held_take(struct desk *d, const struct drop_holding *h,
	struct drop_acted *out, struct err *e)
{
	struct holding x = { .desk = d, .of = h, .out = out };

	return take_all_out(&x, e);
}

int drop_held_keep(struct desk *d, struct drop_holding *h,
	struct drop_acted *out, struct err *e)
{
	struct held held;
	struct holding x = { .desk = d, .of = h, .held = &held, .out = out };
	struct sql_keep_head_row kept;
	int rc;

	if (held_load(d, &held, e) ||
		sql_keep_head(d->db, d->arena, &kept, e) < 0)
		return -1;
	h->placed = held.placed;
	h->kept = kept.n;
	if (!held.n || !has_open(h->pass))
		return 0;
	row_names_init(&x.names, d);
	rc = look_everywhere(&x, e);
	return rc ? rc : take_all_out(&x, e);
}

/* What staff keep is read once for each system that is opened. */
static int need_none_kept(
	struct desk *d, const struct drop_holding *h, struct err *e)
{
	struct sql_keep_head_row now;

	if (sql_keep_head(d->db, d->arena, &now, e) < 0)
		return -1;
	if (now.n == h->kept)
		return 0;
	err_set(e, ERR_CONFLICT, "rows were chosen meanwhile that are kept");
	return err_hint(e, "the next run leaves them, and goes on");
}

int drop_held_since(struct desk *d, const struct drop_holding *h, struct err *e)
{
	struct sql_hold_count_row now;

	if (sql_hold_count(d->db, d->arena, &now, e) < 0)
		return -1;
	if (now.n == h->placed)
		return need_none_kept(d, h, e);
	err_set(e, ERR_CONFLICT,
		"somebody's data was held meanwhile for law enforcement");
	return err_hint(e, "the next run asks who it is, and goes on");
}
