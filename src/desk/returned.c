/* Looking for people who came back. */
#include "desk/recorrect.h"
#include "desk/returned_held.h"
#include "desk/returned_keys.h"
#include "desk/returned_look.h"
#include "desk/returned_over.h"
#include "desk/returned_pending.h"

#include <stdlib.h>
#include <string.h>

#include "connect/connector.h"
#include "connect/limit.h"
#include "connect/map.h"
#include "connect/screen.h"
#include "desk/keep.h"
#include "desk/limit.h"
#include "desk/row_name.h"
#include "desk/suppress.h"
#include "law/reason.h"
#include "store/sql.h"

enum {
	HOUR_MS = 3600000,
	AT_ONCE = 500, /* rows stored in a transaction */
	PROGRESS = 8192,
	LOOK_TIMEOUT_MS = HOUR_MS, /* reading all of a system takes its time */
};

/* --- what looking and acting share --- */

int returned_system(struct desk *d, str name, struct map *map,
	const struct map_system **out, struct err *e)
{
	if (map_read(d->arena, d->data_map, map, e))
		return -1;
	*out = map_system_named(map, name);
	if (*out && map_asks_person(*out))
		return err_set(e, ERR_INVALID,
			"a person looks in \"%.*s\": nothing of it can be put "
			"back or replayed here",
			STR_ARG((*out)->name));
	if (*out)
		return 0;
	return err_set(e, ERR_NOT_FOUND, "the data map has no system \"%.*s\"",
		STR_ARG(str_head(name, 60)));
}

int returned_end(struct desk *d, const struct screening *s, struct err *e)
{
	struct sql_screening_acted_in acted = { s->id, desk_now(d) };
	struct sql_restored_replayed_in open = {
		.system = s->system,
		.at = desk_now(d),
		.screening_id = s->id,
		.begun_at = s->started_at,
	};
	int64_t n;

	if (screening_waits(s))
		return 0;
	if (sql_screening_acted(d->db, &acted, e) < 0)
		return -1;
	n = sql_restored_replayed(d->db, &open, e);
	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(
		d, AUDIT_REPLAYED, STR(""), e, AD("system", s->title));
}

int returned_problem(
	struct desk *d, int64_t id, const struct err *why, struct err *e)
{
	struct sql_screening_problem_in in = { id, str_of(why->message) };

	return sql_screening_problem(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- a look --- */

struct looking {
	struct desk *desk;
	const struct returned_way *way;
	const struct map_system *system;
	int64_t id;
	int64_t started_at;
	int64_t holds; /* as in struct screening */
	int64_t released;
	struct row_names names;
	struct suppress_set set;
	struct returned_pending pending;
	struct keep_rows *keeps;
	struct over_rows over;
	struct returned_keys_way keys_way;
	struct returned_keys *keys;
	const struct ident_keyring *ring;
	struct screen_counts counts;
	int64_t told;
	bool has_found;
	bool is_closed;  /* it was put back, and not replayed */
	bool has_people; /* to look for */
	bool has_corrections;
	struct arena *page; /* of the rows that wait to be stored */
	struct {
		str table;
		str key;
		bool is_owned;
	} at[AT_ONCE];
	size_t n;
};

/* What an earlier look left is found again, if it is there still. */
static int begin(struct desk *d, void *ctx, struct err *e)
{
	struct looking *x = ctx;
	struct sql_returned_forget_in old = { x->system->name,
		x->way->is_replay };
	struct sql_screening_add_in in = {
		.system = x->system->name,
		.title = x->system->title,
		.is_replay = x->way->is_replay,
		.started_at = x->started_at,
		.holds = x->holds,
		.released = x->released,
	};
	struct sql_screening_add_row row;

	if (sql_returned_forget(d->db, &old, e) < 0 ||
		sql_screening_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	x->id = row.id;
	return 0;
}

static int store_rows(struct desk *d, void *ctx, struct err *e)
{
	struct looking *x = ctx;

	for (size_t i = 0; i < x->n; i++) {
		struct row_name r = {
			.system = x->system->name,
			.table = x->at[i].table,
			.key = { x->at[i].key },
		};
		struct sql_returned_put_in in = {
			.system = r.system,
			.row_key = row_name_key(x->page, &x->names, &r),
			.screening_id = x->id,
			.held_in = r.table,
			.sealed = row_name_seal(x->page, &x->names, &r),
			.is_owned = x->at[i].is_owned,
		};

		if (sql_returned_put(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int flush(struct looking *x, struct err *e)
{
	if (x->n && desk_write(x->desk, store_rows, x, e))
		return -1;
	x->n = 0;
	arena_clear(x->page);
	return 0;
}

/* Of a table that is kept and has no links, nothing can go. */
static bool is_all_kept(const struct map_system *s, const struct map_table *t)
{
	return t->erase == ERASE_KEEP && map_stands_alone(s, t);
}

static bool came_back(struct looking *x, const struct ident *id)
{
	uint8_t digest[SHA256_SIZE], key[IDENT_KEY_SIZE];
	uint32_t reasons;

	ident_digest(id, digest);
	ident_key(x->ring, id->kind, digest, key);
	reasons = suppress_set_find(&x->set, key);
	return (reasons & REASON_DELETED) && !(reasons & REASON_HOLD) &&
	       !returned_is_pending(&x->pending, key);
}

static int take_row(
	struct looking *x, const struct returned_key *row, struct err *e)
{
	if (row->row.n > CONNECT_KEY_MAX)
		return err_set(e, ERR_LIMIT,
			"table \"%.*s\": a key of more than %d bytes",
			STR_ARG(row->table), CONNECT_KEY_MAX);
	x->at[x->n].table = arena_dup(x->page, row->table);
	x->at[x->n].key = arena_dup(x->page, row->row);
	x->at[x->n++].is_owned = row->is_owned;
	x->has_found = true;
	return x->n < AT_ONCE ? 0 : flush(x, e);
}

static int take_key(void *ctx, const struct returned_key *row, struct err *e)
{
	return take_row(ctx, row, e);
}

static bool stays(void *ctx, const struct screened *s)
{
	const struct looking *x = ctx;

	return is_all_kept(x->system, s->table) ||
	       keep_has(x->keeps, s->table, s->key);
}

static int take_ident(
	struct looking *x, const struct screened *s, struct err *e)
{
	struct returned_key row = { s->table->name, s->key->v.v, false };

	if (++x->told % PROGRESS == 0 && x->way->on_progress)
		x->way->on_progress(x->way->progress_ctx, x->told);
	return came_back(x, s->id) && !stays(x, s) ? take_row(x, &row, e) : 0;
}

static int take(void *ctx, const struct screened *s, struct err *e)
{
	struct looking *x = ctx;

	return s->id ? take_ident(x, s, e) : returned_keys_take(x->keys, s, e);
}

/* What staff kept and keep no longer: what stands is found with the others, and of the
 * rest nobody needs to know any more. */
static int take_over(struct looking *x, struct conn *c, struct err *e)
{
	if (returned_over(x->desk, &x->names, c, &x->over, e))
		return -1;
	for (size_t i = 0; i < x->over.n; i++) {
		const struct over_row *o = &x->over.at[i];
		struct returned_key row = { o->table, o->key, false };

		if (o->key.n && !o->is_changed && !o->is_unknown &&
			take_row(x, &row, e))
			return -1;
	}
	return 0;
}

static int end_over(struct looking *x, struct err *e)
{
	for (size_t i = 0; i < x->over.n; i++) {
		const struct over_row *o = &x->over.at[i];

		if (o->is_unknown)
			continue;
		if ((!o->key.n && keep_row_gone(x->desk, o->row_key, e)) ||
			(o->is_changed && keep_row_changed(x->desk, o->keep_id,
						  o->row_key, e)))
			return -1;
	}
	return 0;
}

static int store_end(struct desk *d, void *ctx, struct err *e)
{
	struct looking *x = ctx;
	struct sql_screening_looked_in in = {
		.id = x->id,
		.at = desk_now(d),
		.rows_read = x->counts.rows,
		.identifiers = x->counts.idents,
		.unreadable = x->counts.unreadable,
	};
	struct screening s;

	if (store_rows(d, x, e) || end_over(x, e) ||
		sql_screening_looked(d->db, &in, e) < 0 ||
		returned_read(d, x->id, &s, e) != 1 ||
		DESK_AUDIT(d, AUDIT_SCREENED, STR(""), e,
			AD("system", x->system->title), AD("rows", s.rows),
			AD("found", s.found)))
		return -1;
	return s.found ? 0 : returned_end(d, &s, e);
}

static int anybody_deleted(struct desk *d, bool *out, struct err *e)
{
	struct sql_suppression_any_in in = { REASON_DELETED };
	struct sql_suppression_any_row row;

	if (sql_suppression_any(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	*out = row.n != 0;
	return 0;
}

static int leave_held(struct looking *x, struct conn *c, struct err *e)
{
	struct returned_holding h = { &x->names, x->keys_way.map, x->system, c,
		x->way->credentials };

	if (!x->has_found)
		return 0;
	return flush(x, e) || returned_leave_held(x->desk, &h, e) ? -1 : 0;
}

static int look_at_corrections(struct looking *x, struct conn *c, struct err *e)
{
	struct recorrecting r = { x->keys_way.map, x->system, c, &x->names,
		x->way->credentials, x->is_closed };

	return x->has_corrections ? recorrect_look(x->desk, &r, e) : 0;
}

static int read_people(struct looking *x, struct conn *c, struct err *e)
{
	struct screen_way way = { take, x, returned_keys_columns(x->keys) };

	if (!x->has_people)
		return 0;
	return screen_system(c, &way, &x->counts, e) ||
			       returned_keys_end(x->keys, e) ||
			       take_over(x, c, e) || leave_held(x, c, e)
		       ? -1
		       : 0;
}

static int read_system(struct looking *x, const struct map *map, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.timeout_ms = LOOK_TIMEOUT_MS,
		.credentials_dir = x->way->credentials,
		.paces = x->desk->paces,
	};
	struct arena *a = arena_new(LIMIT_REQUEST_ARENA);
	struct conn *c;
	int rc = conn_open(a, map, x->system, &options, &c, e);

	if (!rc) {
		rc = read_people(x, c, e) || look_at_corrections(x, c, e) ? -1
									  : 0;
		conn_close(c);
	}
	arena_free(a);
	return rc;
}

static int begin_keys(struct looking *x, const struct map *map, struct err *e)
{
	x->keys_way = (struct returned_keys_way){
		.desk = x->desk,
		.way = x->way,
		.map = map,
		.system = x->system,
		.set = &x->set,
		.pending = &x->pending,
		.stays = stays,
		.fn = take_key,
		.ctx = x,
	};
	return returned_keys_init(x->desk, &x->keys_way, &x->keys, e);
}

static int is_put_back(struct desk *d, str system, bool *out, struct err *e)
{
	struct sql_restored_open_in in = { system };
	struct sql_restored_open_rows rows;

	if (sql_restored_open(d->db, d->arena, &in, &rows, e))
		return -1;
	*out = rows.n != 0;
	return 0;
}

static int count_what(struct looking *x, struct err *e)
{
	struct desk *d = x->desk;
	bool is_any, is_over;

	if (anybody_deleted(d, &is_any, e) ||
		returned_any_over(d, x->system->name, &is_over, e) ||
		is_put_back(d, x->system->name, &x->is_closed, e) ||
		recorrect_any(d, x->system->name, x->is_closed,
			&x->has_corrections, e))
		return -1;
	x->has_people = is_any || is_over;
	return 0;
}

/* With nobody to look for, a system need not be read. */
static int look(struct looking *x, const struct map *map, struct err *e)
{
	struct desk *d = x->desk;
	struct err why = { 0 }, second;

	if (suppress_follow(d->suppress, d->db, d->arena, e) ||
		count_what(x, e) ||
		returned_pending(d, x->system->name, &x->pending, e) ||
		keep_load(d, x->system->name, &x->keeps, e) ||
		begin_keys(x, map, e) || desk_write(d, begin, x, e))
		return -1;
	x->set = suppress_now(d->suppress);
	if ((x->has_people || x->has_corrections) &&
		read_system(x, map, &why)) {
		*e = why;
		if (!db_is_lost(d->db) &&
			returned_problem(d, x->id, &why, &second))
			*e = second;
		return -1;
	}
	return desk_write(d, store_end, x, e);
}

/* Before anything is read, and the list is followed: whoever is held or released later is
 * known by it. */
static int count_before(struct looking *x, struct err *e)
{
	struct desk *d = x->desk;
	struct sql_hold_count_row held;
	struct sql_released_count_row released;

	if (sql_hold_count(d->db, d->arena, &held, e) < 0 ||
		sql_released_count(d->db, d->arena, &released, e) < 0)
		return -1;
	x->holds = held.n;
	x->released = released.n;
	return 0;
}

int returned_look(struct desk *d, const struct returned_way *w, str system,
	struct screening *out, struct err *e)
{
	struct looking *x = calloc(1, sizeof *x);
	struct map map;
	int rc;

	must(x);
	x->desk = d;
	x->way = w;
	x->started_at = desk_now(d);
	x->ring = suppress_keyring(d->suppress);
	x->page = arena_new(LIMIT_REQUEST_ARENA);
	row_names_init(&x->names, d);
	rc = desk_need(d, PERM_DECIDE, e) ||
	     returned_system(d, system, &map, &x->system, e) ||
	     count_before(x, e) || look(x, &map, e) ||
	     returned_read(d, x->id, out, e) != 1;
	arena_free(x->page);
	free(x);
	return rc ? -1 : 0;
}
