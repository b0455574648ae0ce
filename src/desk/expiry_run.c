/*
 * A preview, and a run.  A run that was killed goes on: it has its day and its counts,
 * and reads the system again, where what went is not there any more.
 */
#include "desk/expiry_lease.h"
#include "desk/expiry_needed.h"
#include "desk/expiry_parts.h"
#include "desk/expiry_rules.h"

#include <string.h>

#include "connect/connector.h"
#include "connect/expires.h"
#include "desk/limit.h"
#include "store/sql.h"

enum {
	HOUR_MS = 3600000,
	DUE_MS =
		23 *
		HOUR_MS, /* a preview is always younger than LIMIT_LOOK_HOURS */
	TIMEOUT_MS = HOUR_MS, /* reading all of a table takes its time */
};

struct running {
	struct desk *desk;
	const struct expiry_way *way;
	const struct map_system *system; /* as the map has it */
	struct map map; /* the same with expire_system() of it */
	const struct map_system *erased; /* which is there */
	struct conn *conn;
	struct expiry_needed *needed;
	bool is_preview;
	bool is_on;  /* and runs because of that */
	str allowed; /* expiry_address(): not of a preview */
	str lease;   /* expiry_lease_name(); of a preview empty */
	int64_t id;
	str today;
	struct date day;
	struct expiry_table *samples; /* by table, of a preview */
	bool is_whole; /* nothing too old is left without a reason */
};

/* --- what is stored --- */

static str categories_of(struct arena *a, const struct map_table *t)
{
	struct buf b = buf_in(a, 200);
	unsigned all = 0;

	for (size_t i = 0; i < t->columns_n; i++) {
		char letter = map_category_of(t, &t->columns[i]);

		all |= letter ? MAP_CATEGORY_BIT(letter) : 0;
	}
	for (char c = 'A'; c <= 'L'; c++)
		if (all & MAP_CATEGORY_BIT(c))
			buf_fmt(&b, "%s%c", b.n ? ", " : "", c);
	return buf_str(&b);
}

static int add_tables(struct desk *d, const struct running *x, struct err *e)
{
	size_t n;
	const struct map_table **order = expire_order(d->arena, x->system, &n);

	for (size_t i = 0; i < n; i++) {
		const struct map_table *t = order[i];
		struct sql_expiry_table_add_in in = {
			.run_id = x->id,
			.position = (int64_t)i,
			.name = t->name,
			.holds = t->holds,
			.categories = categories_of(d->arena, t),
			.kept_for = arena_fmt(d->arena, "%.*s after %.*s",
				STR_ARG(expires_words(d->arena, t->expires)),
				STR_ARG(t->columns[t->expires->column].name)),
		};

		if (sql_expiry_table_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int begin(struct desk *d, void *ctx, struct err *e)
{
	struct running *x = ctx;
	struct sql_expiry_run_add_in in = {
		.system = x->system->name,
		.title = x->system->title,
		.is_preview = x->is_preview,
		.rules = x->system->said,
		.today = x->today,
		.started_at = desk_now(d),
		.started_by = desk_actor(d),
	};
	struct sql_expiry_run_add_row row;

	if (sql_expiry_run_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	x->id = row.id;
	return add_tables(d, x, e);
}

/* A run that was not at its end goes on, as long as the map says the same. */
static int begin_or_go_on(struct running *x, struct err *e)
{
	struct desk *d = x->desk;
	struct expiry_run last;

	x->day = desk_today(d);
	x->today = date_iso(d->arena, x->day);
	if (x->is_preview)
		return desk_write(d, begin, x, e);
	if (expiry_newest(d, x->system, false, &last, e))
		return -1;
	if (!last.id || last.ended_at || !last.is_same ||
		!date_parse(last.today, &x->day)) {
		x->day = desk_today(d);
		return desk_write(d, begin, x, e);
	}
	x->id = last.id;
	x->today = last.today;
	return 0;
}

struct storing {
	struct running *x;
	const struct expire_batch *batch;
	const struct map_table *table;
	const struct expire_count *count;
};

static int store_batch(struct desk *d, void *ctx, struct err *e)
{
	const struct storing *s = ctx;
	const struct expire_batch *b = s->batch;
	struct sql_expiry_act_add_in act = {
		.run_id = s->x->id,
		.at = desk_now(d),
		.name = b->table->name,
		.goes = b->goes,
		.along = b->along,
		.is_proven = b->is_proven,
		.evidence = b->evidence,
	};
	struct sql_expiry_table_went_in went = { act.run_id, act.name, b->goes,
		b->along };

	return sql_expiry_act_add(d->db, &act, e) < 0 ||
			       sql_expiry_table_went(d->db, &went, e) < 0
		       ? -1
		       : 0;
}

static int done(void *ctx, const struct expire_batch *b, struct err *e)
{
	struct storing s = { ctx, b, NULL, NULL };

	return desk_write(s.x->desk, store_batch, &s, e);
}

/* Nobody has its place, and what somebody let it do is what they let. */
static int need_place(const struct running *x, struct err *e)
{
	if (expiry_lease_hold(x->desk, x->system->name, x->lease, e))
		return -1;
	return expiry_need_let(x->desk, x->system, x->is_on, e);
}

static int before(void *ctx, struct err *e)
{
	const struct running *x = ctx;

	return need_place(x, e) || expiry_needed_same(x->desk, x->needed, e)
		       ? -1
		       : 0;
}

static int store_read(struct desk *d, void *ctx, struct err *e)
{
	const struct storing *s = ctx;
	const struct expire_count *c = s->count;
	struct sql_expiry_table_read_in in = {
		.run_id = s->x->id,
		.name = s->table->name,
		.rows_read = c->rows,
		.old = c->old,
		.undated = c->undated,
		.oldest = date_iso(d->arena, c->oldest),
		.kept = c->waiting[EXPIRE_KEPT],
		.needed = c->waiting[EXPIRE_NEEDED],
		.younger = c->waiting[EXPIRE_YOUNGER],
		.others = c->waiting[EXPIRE_OTHERS],
		.unsure = c->waiting[EXPIRE_UNSURE],
		.refused = c->waiting[EXPIRE_REFUSED],
		.many = c->waiting[EXPIRE_MANY],
	};
	struct sql_expiry_table_went_in went = { in.run_id, in.name, c->goes,
		c->along };

	if (sql_expiry_table_read(d->db, &in, e) < 0)
		return -1;
	return s->x->is_preview && sql_expiry_table_went(d->db, &went, e) < 0
		       ? -1
		       : 0;
}

static int store_left(struct desk *d, void *ctx, struct err *e)
{
	const struct storing *s = ctx;
	struct sql_expiry_table_left_in in = { s->x->id, s->table->name,
		s->count->old, s->count->undated };

	return sql_expiry_table_left(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- table by table --- */

static int64_t waiting_of(const struct expire_count *c)
{
	int64_t n = 0;

	for (size_t i = 0; i < EXPIRE_WHYS; i++)
		n += c->waiting[i];
	return n;
}

/* What is too old now, when all was done, beyond what waits: read anew.  A table of which
 * no row tells its day proves nothing. */
static int prove(struct running *x, const struct map_table *t,
	const struct expire_count *was, struct err *e)
{
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct expire_count now;
	struct storing s = { x, NULL, t, &now };
	int rc = expire_count(x->conn, a, t, x->day, &now, e) ||
		 desk_write(x->desk, store_left, &s, e);

	arena_free(a);
	x->is_whole = x->is_whole && !rc && now.old <= waiting_of(was) &&
		      !was->left && !was->is_more && !was->is_again &&
		      (!now.rows || now.undated < now.rows);
	return rc;
}

static int run_table(struct running *x, const struct map_table *t,
	struct expire_count *out, struct err *e)
{
	struct expire_way way = {
		.conn = x->conn,
		.today = x->day,
		.at_ms = desk_now(x->desk),
		.is_preview = x->is_preview,
		.before = before,
		.done = done,
		.ctx = x,
	};
	struct storing s = { x, NULL, t, out };

	return expire_table(&way, x->desk->arena, t, out, e) ||
			       desk_write(x->desk, store_read, &s, e)
		       ? -1
		       : 0;
}

static void keep_samples(
	struct running *x, size_t i, str name, const struct expire_count *c)
{
	struct expiry_table *to = &x->samples[i];

	to->name = name;
	to->samples_n = c->samples_n;
	for (size_t k = 0; k < c->samples_n; k++)
		to->sample[k] = c->sample[k];
}

static int run_tables(struct running *x, struct err *e)
{
	struct arena *a = x->desk->arena;
	size_t n;
	const struct map_table **order = expire_order(a, x->erased, &n);
	struct expire_count *counts = arena_many(a, struct expire_count, n);

	x->samples = arena_many(a, struct expiry_table, x->system->tables_n);
	for (size_t i = 0; i < n; i++) {
		if (run_table(x, order[i], &counts[i], e))
			return -1;
		keep_samples(x, i, order[i]->name, &counts[i]);
	}
	x->is_whole = true;
	for (size_t i = 0; !x->is_preview && i < n; i++)
		if (prove(x, order[i], &counts[i], e))
			return -1;
	return 0;
}

/* A preview says where it looked; a run erases nowhere else. */
static int need_address(struct running *x, const struct map *map, struct err *e)
{
	struct sql_expiry_run_address_in in = { .id = x->id };

	if (expiry_address(x->desk, x->way, map, x->system, &in.address, e))
		return -1;
	if (x->is_preview)
		return sql_expiry_run_address(x->desk->db, &in, e) < 0 ? -1 : 0;
	if (str_eq(in.address, x->allowed))
		return 0;
	err_set(e, ERR_CONFLICT,
		"the system is at another address, or has another password, "
		"than when somebody looked");
	return err_hint(e, "look again: `toyon expire preview %.*s`%s",
		STR_ARG(x->system->name),
		x->is_on ? ", and let it be there: `toyon expire on`" : "");
}

static void erase_in(struct running *x, const struct map *map)
{
	struct arena *a = x->desk->arena;
	size_t at = (size_t)(x->system - map->systems);

	x->map = *map;
	x->map.systems = arena_many(a, struct map_system, map->systems_n);
	memcpy(x->map.systems, map->systems,
		map->systems_n * sizeof *map->systems);
	x->map.systems[at] = *expire_system(a, x->system);
	x->erased = &x->map.systems[at];
}

static int in_system(struct running *x, const struct map *map, struct err *e)
{
	struct conn_options o = {
		.mode = x->is_preview ? CONN_READ : CONN_WRITE,
		.timeout_ms = TIMEOUT_MS,
		.credentials_dir = x->way->credentials,
		.paces = x->desk->paces,
	};
	struct held_led_way needed = { .map = &x->map,
		.credentials = x->way->credentials };
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	int rc = need_address(x, map, e) ||
		 conn_open(a, &x->map, x->erased, &o, &x->conn, e);

	if (rc) {
		arena_free(a);
		return -1;
	}
	needed.conn = x->conn;
	rc = expiry_needed_load(x->desk, &needed, &x->needed, e);
	x->conn->exceptions = expiry_needed_rows(x->needed);
	rc = rc || run_tables(x, e);
	expiry_needed_free(x->needed);
	conn_close(x->conn);
	arena_free(a);
	return rc ? -1 : 0;
}

/* --- the end --- */

struct sums {
	int64_t old;
	int64_t goes;
	int64_t along;
	int64_t left;
};

static struct sums sums_of(const struct expiry_run *r)
{
	struct sums s = { 0 };

	for (size_t i = 0; i < r->tables.n; i++) {
		s.old += r->tables.at[i].old;
		s.goes += r->tables.at[i].goes;
		s.along += r->tables.at[i].along;
		s.left += r->tables.at[i].left;
	}
	return s;
}

static int end(struct desk *d, void *ctx, struct err *e)
{
	struct running *x = ctx;
	struct sql_expiry_run_ended_in in = { x->id, desk_now(d),
		!x->is_preview && x->is_whole };
	struct expiry_run r;
	struct sums s;

	if ((!x->is_preview && need_place(x, e)) ||
		sql_expiry_run_ended(d->db, &in, e) < 0 ||
		expiry_read(d, x->system, x->id, &r, e))
		return -1;
	s = sums_of(&r);
	return x->is_preview ? DESK_AUDIT(d, AUDIT_EXPIRY_PREVIEWED, STR(""), e,
				       AD("system", x->system->title),
				       AD("rows", s.old))
			     : DESK_AUDIT(d, AUDIT_EXPIRED, STR(""), e,
				       AD("system", x->system->title),
				       AD("rows", s.goes), AD("along", s.along),
				       AD("left", s.left));
}

static int note_problem(struct desk *d, int64_t id, const struct err *why)
{
	struct sql_expiry_run_problem_in in = { id, str_of(why->message) };
	struct err second = { 0 };

	return !db_is_lost(d->db) &&
	       sql_expiry_run_problem(d->db, &in, &second) >= 0;
}

static int run_held(struct running *x, const struct map *map,
	struct expiry_run *out, struct err *e)
{
	struct desk *d = x->desk;

	if (begin_or_go_on(x, e))
		return -1;
	if (in_system(x, map, e) || desk_write(d, end, x, e)) {
		note_problem(d, x->id, e);
		return -1;
	}
	if (expiry_read(d, x->system, x->id, out, e))
		return -1;
	for (size_t i = 0; i < out->tables.n; i++) {
		struct expiry_table *t = &out->tables.at[i];

		t->samples_n = x->samples[i].samples_n;
		for (size_t k = 0; k < t->samples_n; k++)
			t->sample[k] = x->samples[i].sample[k];
	}
	return 0;
}

static int run_system(struct running *x, const struct map *map,
	struct expiry_run *out, struct err *e)
{
	int rc;

	erase_in(x, map);
	if (x->is_preview)
		return run_held(x, map, out, e);
	x->lease = expiry_lease_name(x->desk);
	if (expiry_lease_hold(x->desk, x->system->name, x->lease, e))
		return -1;
	rc = run_held(x, map, out, e);
	expiry_lease_give(x->desk, x->system->name, x->lease);
	return rc;
}

int expiry_preview(struct desk *d, const struct expiry_way *w, str system,
	struct expiry_run *out, struct err *e)
{
	struct running x = { .desk = d, .way = w, .is_preview = true };
	struct map map;

	if (desk_need(d, PERM_DECIDE, e) ||
		expiry_system(d, system, &map, &x.system, e))
		return -1;
	return run_system(&x, &map, out, e);
}

int expiry_erase(struct desk *d, const struct expiry_way *w, str system,
	struct expiry_run *out, struct err *e)
{
	struct running x = { .desk = d, .way = w };
	struct map map;

	if (desk_need(d, PERM_DECIDE, e) ||
		expiry_system(d, system, &map, &x.system, e) ||
		expiry_is_on(d, x.system, &x.is_on, &x.allowed, e) ||
		(!x.is_on && expiry_need_preview(d, x.system, &x.allowed, e)))
		return -1;
	return run_system(&x, &map, out, e);
}

/* --- by itself --- */

static bool is_due(const struct desk *d, const struct expiry_run *last)
{
	return !last->ended_at || !last->is_same ||
	       desk_now(d) - last->ended_at > DUE_MS;
}

/* Where it is off it is looked at all the same: what is overdue is to be seen. */
static int step_system(struct desk *d, const struct expiry_way *w,
	const struct map_system *s, struct err *e)
{
	struct expiry_run last, out;
	struct err why = { 0 };
	bool is_on;
	str address;
	int rc;

	if (expiry_is_on(d, s, &is_on, &address, e) ||
		expiry_newest(d, s, !is_on, &last, e))
		return -1;
	if (!is_due(d, &last))
		return 0;
	rc = is_on ? expiry_erase(d, w, s->name, &out, &why)
		   : expiry_preview(d, w, s->name, &out, &why);
	if (!rc || !db_is_lost(d->db))
		return 0; /* its trouble is in its run */
	*e = why;
	return -1;
}

int expiry_step(struct desk *d, const struct expiry_way *w, struct err *e)
{
	struct map map;

	if (expiry_map(d, &map, e))
		return -1;
	for (size_t i = 0; i < map.systems_n; i++)
		if (expiry_has_time(&map.systems[i]) &&
			step_system(d, w, &map.systems[i], e))
			return -1;
	return 0;
}
