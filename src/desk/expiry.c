/* How systems stand: what the map says, what was seen and what was run. */
#include "desk/expiry_parts.h"

#include "base/enc.h"
#include "connect/address.h"
#include "desk/expiry_rules.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "store/sql.h"

enum { HOUR_MS = 3600000 };

/* --- the map --- */

int expiry_address(struct desk *d, const struct expiry_way *w,
	const struct map *m, const struct map_system *s, str *out,
	struct err *e)
{
	str address, hash;

	if (conn_address(d->arena, m, s, w->credentials, &address, e))
		return -1;
	hash = keys_hash(d->arena, d->keys, "expiry", address);
	*out = hex_of(d->arena, hash.p, hash.n);
	return 0;
}

static size_t timed(const struct map_system *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->tables_n; i++)
		n += s->tables[i].expires != NULL;
	return n;
}

bool expiry_has_time(const struct map_system *s)
{
	return !expire_cant(s) && timed(s);
}

int expiry_system(struct desk *d, str name, struct map *map,
	const struct map_system **out, struct err *e)
{
	const char *cant;

	if (expiry_map(d, map, e))
		return -1;
	*out = map_system_named(map, name);
	if (!*out)
		return err_set(e, ERR_NOT_FOUND,
			"the data map has no system \"%.*s\"",
			STR_ARG(str_head(name, 60)));
	cant = expire_cant(*out);
	if (cant)
		return err_set(e, ERR_INVALID, "\"%.*s\": %s",
			STR_ARG((*out)->name), cant);
	if (timed(*out))
		return 0;
	err_set(e, ERR_INVALID,
		"the data map gives no table of \"%.*s\" a time",
		STR_ARG((*out)->name));
	return err_hint(e, "expires: { after: 24 months, from: created_at }");
}

/* --- runs --- */

static struct expiry_table table_of(const struct sql_expiry_tables_row *r)
{
	return (struct expiry_table){
		.name = r->name,
		.holds = r->holds,
		.categories = r->categories,
		.kept_for = r->kept_for,
		.rows = r->rows_read,
		.old = r->old,
		.undated = r->undated,
		.oldest = r->oldest,
		.goes = r->goes,
		.along = r->along,
		.waiting = { [EXPIRE_KEPT] = r->kept,
			[EXPIRE_NEEDED] = r->needed,
			[EXPIRE_YOUNGER] = r->younger,
			[EXPIRE_OTHERS] = r->others,
			[EXPIRE_UNSURE] = r->unsure,
			[EXPIRE_REFUSED] = r->refused,
			[EXPIRE_MANY] = r->many },
		.left = r->left_old,
	};
}

int64_t expiry_unweighed(
	const struct expiry_run *r, const struct expiry_table *t)
{
	int64_t n = t->old - t->goes;

	for (int i = EXPIRE_GOES + 1; i < EXPIRE_WHYS; i++)
		n -= t->waiting[i];
	return r->is_preview && n > 0 ? n : 0;
}

static int read_tables(struct desk *d, struct expiry_run *out, struct err *e)
{
	struct sql_expiry_tables_in in = { out->id };
	struct sql_expiry_tables_rows rows;

	if (sql_expiry_tables(d->db, d->arena, &in, &rows, e))
		return -1;
	out->tables.n = rows.n;
	out->tables.at = arena_many(d->arena, struct expiry_table, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->tables.at[i] = table_of(&rows.at[i]);
	return 0;
}

int expiry_read(struct desk *d, const struct map_system *s, int64_t id,
	struct expiry_run *out, struct err *e)
{
	struct sql_expiry_run_by_id_in in = { id };
	struct sql_expiry_run_by_id_row r;

	if (sql_expiry_run_by_id(d->db, d->arena, &in, &r, e) != 1)
		return -1;
	*out = (struct expiry_run){
		.id = r.id,
		.is_preview = r.is_preview,
		.started_at = r.started_at,
		.started_by = r.started_by,
		.today = r.today,
		.ended_at = r.ended_at,
		.is_proven = r.is_proven,
		.is_same = str_eq(r.rules, s->said),
		.problem = r.problem,
		.address = r.address,
	};
	return read_tables(d, out, e);
}

int expiry_newest(struct desk *d, const struct map_system *s, bool is_preview,
	struct expiry_run *out, struct err *e)
{
	struct sql_expiry_newest_in in = { s->name, is_preview };
	struct sql_expiry_newest_row row;
	int rc = sql_expiry_newest(d->db, d->arena, &in, &row, e);

	*out = (struct expiry_run){ 0 };
	return rc <= 0 ? rc : expiry_read(d, s, row.id, out, e);
}

int expiry_acts(
	struct desk *d, int64_t run, struct expiry_acts *out, struct err *e)
{
	struct sql_expiry_acts_in in = { run };
	struct sql_expiry_acts_rows rows;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_expiry_acts(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct expiry_act, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (struct expiry_act){ rows.at[i].at,
			rows.at[i].name, rows.at[i].goes, rows.at[i].along,
			rows.at[i].is_proven, rows.at[i].evidence };
	return 0;
}

/* --- how a system stands --- */

static int read_on(struct desk *d, const struct map_system *s,
	struct expiry *out, struct err *e)
{
	struct sql_expiry_on_of_in in = { s->name };
	struct sql_expiry_on_of_row row;
	int rc = sql_expiry_on_of(d->db, d->arena, &in, &row, e);

	if (rc <= 0 || !str_eq(row.rules, s->said))
		return rc < 0 ? -1 : 0;
	out->on_at = row.on_at;
	out->on_by = row.on_by;
	out->on_address = row.address;
	return 0;
}

static int fill(struct desk *d, const struct map_system *s, struct expiry *out,
	struct err *e)
{
	const char *cant = expire_cant(s);

	*out = (struct expiry){ .system = s->name,
		.title = s->title,
		.cant = cant ? str_of(cant) : STR(""),
		.tables_n = s->tables_n };
	out->untimed.at = arena_many(d->arena, str, s->tables_n);
	for (size_t i = 0; i < s->tables_n; i++)
		if (s->tables[i].expires)
			out->timed_n++;
		else
			out->untimed.at[out->untimed.n++] = s->tables[i].name;
	return read_on(d, s, out, e) ||
			       expiry_newest(d, s, true, &out->preview, e) ||
			       expiry_newest(d, s, false, &out->run, e)
		       ? -1
		       : 0;
}

int expiry_list(struct desk *d, struct expiries *out, struct err *e)
{
	struct map m;

	if (desk_need(d, PERM_SEE_QUEUE, e) || expiry_map(d, &m, e))
		return -1;
	out->n = m.systems_n;
	out->at = arena_many(d->arena, struct expiry, m.systems_n);
	for (size_t i = 0; i < m.systems_n; i++)
		if (fill(d, &m.systems[i], &out->at[i], e))
			return -1;
	return 0;
}

/* --- on and off --- */

int expiry_is_on(struct desk *d, const struct map_system *s, bool *out,
	str *address, struct err *e)
{
	struct expiry x = { .on_at = 0 };

	if (read_on(d, s, &x, e))
		return -1;
	*out = x.on_at != 0;
	*address = x.on_address;
	return 0;
}

static int let_anew(
	struct desk *d, const struct map_system *s, bool is_on, struct err *e)
{
	const struct map_system *now;
	struct map map;
	bool is_on_now;
	str address;

	if (expiry_map(d, &map, e))
		return -1;
	now = map_system_named(&map, s->name);
	if (!now || !str_eq(now->said, s->said)) {
		err_set(e, ERR_CONFLICT,
			"the data map says something else of \"%.*s\", or of "
			"a system that keys lead to from there, since the run "
			"began",
			STR_ARG(s->name));
		return err_hint(e, "look again: `toyon expire preview %.*s`",
			STR_ARG(s->name));
	}
	if (!is_on)
		return 0;
	if (expiry_is_on(d, s, &is_on_now, &address, e))
		return -1;
	return is_on_now
		       ? 0
		       : err_set(e, ERR_CONFLICT,
				 "\"%.*s\" was turned off since the run began",
				 STR_ARG(s->name));
}

int expiry_need_let(
	struct desk *d, const struct map_system *s, bool is_on, struct err *e)
{
	struct desk own = *d; /* it is asked again and again */
	int rc;

	own.arena = arena_new(LIMIT_JOB_ARENA);
	rc = let_anew(&own, s, is_on, e);
	arena_free(own.arena);
	return rc;
}

/* The worker's previews are for the report: nobody need have seen one. */
static int read_seen(struct desk *d, const struct map_system *s,
	struct expiry_run *out, struct err *e)
{
	struct desk worker = *d;
	struct sql_expiry_seen_in in = { .system = s->name };
	struct sql_expiry_seen_row row;
	int rc;

	worker.actor = (struct actor){ .kind = ACTOR_WORKER };
	in.worker = desk_actor(&worker);
	rc = sql_expiry_seen(d->db, d->arena, &in, &row, e);
	*out = (struct expiry_run){ 0 };
	return rc <= 0 ? rc : expiry_read(d, s, row.id, out, e);
}

int expiry_need_preview(
	struct desk *d, const struct map_system *s, str *address, struct err *e)
{
	int64_t since = desk_now(d) - (int64_t)LIMIT_LOOK_HOURS * HOUR_MS;
	struct expiry_run p;

	if (read_seen(d, s, &p, e))
		return -1;
	*address = p.address;
	if (p.ended_at && p.is_same && p.ended_at >= since)
		return 0;
	err_set(e, ERR_CONFLICT, "%s",
		!p.ended_at  ? "nobody has looked at what would be erased"
		: !p.is_same ? "the data map says something else since the "
			       "preview, of the system or of one that keys "
			       "lead to from there"
			     : "the preview is too old");
	return err_hint(
		e, "look first: `toyon expire preview %.*s`", STR_ARG(s->name));
}

struct turning_on {
	const struct map_system *system;
	str address;
};

static int put_on(struct desk *d, void *ctx, struct err *e)
{
	const struct turning_on *x = ctx;
	const struct map_system *s = x->system;
	struct sql_expiry_on_put_in in = { s->name, s->said, x->address,
		desk_now(d), desk_actor(d) };

	if (sql_expiry_on_put(d->db, &in, e) < 0 ||
		DESK_AUDIT(
			d, AUDIT_EXPIRY_ON, STR(""), e, AD("system", s->title)))
		return -1;
	return desk_job(d, JOB_EXPIRE, 0, desk_now(d), e);
}

int expiry_on(struct desk *d, str system, struct err *e)
{
	struct turning_on x;
	struct map map;

	if (desk_need(d, PERM_DECIDE, e) ||
		expiry_system(d, system, &map, &x.system, e) ||
		expiry_need_preview(d, x.system, &x.address, e))
		return -1;
	return desk_write(d, put_on, &x, e);
}

/* Also of a system that the map has no more. */
static int take_off(struct desk *d, void *ctx, struct err *e)
{
	const str *system = ctx;
	struct sql_expiry_on_take_in in = { *system };
	int64_t n = sql_expiry_on_take(d->db, &in, e);

	if (n <= 0)
		return (int)n;
	return DESK_AUDIT(
		d, AUDIT_EXPIRY_OFF, STR(""), e, AD("system", *system));
}

int expiry_off(struct desk *d, str system, struct err *e)
{
	return desk_need(d, PERM_DECIDE, e) ||
			       desk_write(d, take_off, &system, e)
		       ? -1
		       : 0;
}
