/*
 * Looking at everything held: the self-check, then one system after the other.
 * A look counts when it came to its end; what it matched is stored as it is
 * told, so that an interrupted one begins again and repeats itself.
 */
#include "desk/drop_session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "connect/connector.h"
#include "connect/map.h"
#include "desk/config.h"
#include "desk/row_name.h"
#include "desk/setting.h"
#include "desk/suppress.h"
#include "drop/check.h"
#include "drop/match.h"
#include "store/sql.h"

enum {
	PAGE = 20000,  /* items read at a time */
	MATCHES = 500, /* stored in a transaction */
	REPORT_MAX = 64 << 10,
	LOOK_TIMEOUT_MS = 3600000, /* reading all of a system takes its time */
};

/* --- the look itself: a row, with the self-check --- */

struct beginning {
	struct drop_look_for *look;
	bool is_new;
	bool hash_there; /* tbl/settings.h: drop_hash_there */
	struct drop_check check;
	const struct map *map;
};

static int add_pass(struct desk *d, struct beginning *b, struct err *e)
{
	struct sql_drop_item_active_count_row items;
	struct sql_drop_pass_add_row row;
	struct sql_drop_pass_add_in in = {
		.cycle_id = b->look->cycle->id,
		.is_screen = b->look->is_screen,
		.started_at = desk_now(d),
		.profile = str_of(b->check.profile),
		.check_vectors = (int64_t)b->check.vectors,
		.check_failed = (int64_t)b->check.failed,
	};
	struct sql_drop_cycle_pass_in of = { .id = b->look->cycle->id };

	if (sql_drop_item_active_count(d->db, d->arena, &items, e) < 0)
		return -1;
	in.items = items.n;
	if (sql_drop_pass_add(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	b->look->pass_id = of.pass_id = row.id;
	if (!b->look->is_screen && sql_drop_cycle_pass(d->db, &of, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_CHECKED, STR(""), e,
		AD("cycle", in.cycle_id), AD("profile", b->check.profile),
		AD("vectors", b->check.vectors));
}

/* A system that the map got since belongs to the look as well. */
static int add_looks(struct desk *d, struct beginning *b, struct err *e)
{
	for (size_t i = 0; i < b->map->systems_n; i++) {
		const struct map_system *s = &b->map->systems[i];
		struct sql_drop_look_add_in in = {
			.pass_id = b->look->pass_id,
			.system = s->name,
			.title = s->title,
			.lists = drop_match_lists(s),
		};

		if (sql_drop_look_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int begin(struct desk *d, void *ctx, struct err *e)
{
	struct beginning *b = ctx;

	if (b->is_new && add_pass(d, b, e))
		return -1;
	return add_looks(d, b, e);
}

/* --- the items, in memory --- */

static int add_page(struct drop_items *set, const struct ident_keyring *ring,
	const struct sql_drop_item_active_rows *rows, struct err *e)
{
	for (size_t i = 0; i < rows->n; i++) {
		const struct sql_drop_item_active_row *r = &rows->at[i];
		struct drop_item item = { .list = (uint8_t)r->list };

		must(r->id.n == DROP_ID_SIZE && r->id_key.n == IDENT_KEY_SIZE);
		memcpy(item.id, r->id.p, DROP_ID_SIZE);
		ident_unkey(ring, drop_list_kind((enum drop_list)r->list),
			(const uint8_t *)r->id_key.p, item.digest);
		if (drop_items_add(set, &item, e))
			return -1;
	}
	return 0;
}

static int read_items(struct desk *d, struct drop_items *set, struct err *e)
{
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	struct sql_drop_item_active_in in = { .first = PAGE };
	struct sql_drop_item_active_rows rows = { .n = PAGE };
	char after[DROP_ID_SIZE];
	int rc = 0;

	while (rows.n == PAGE && !rc) {
		arena_clear(page);
		rc = sql_drop_item_active(d->db, page, &in, &rows, e);
		if (!rc)
			rc = add_page(
				set, suppress_keyring(d->suppress), &rows, e);
		if (rc || !rows.n)
			break;
		memcpy(after, rows.at[rows.n - 1].id.p, DROP_ID_SIZE);
		in.after = (str){ after, DROP_ID_SIZE };
	}
	arena_free(page);
	return rc;
}

static int load_items(struct desk *d, struct drop_items **out, struct err *e)
{
	struct sql_drop_item_active_count_row count;

	if (sql_drop_item_active_count(d->db, d->arena, &count, e) < 0)
		return -1;
	if (count.n > LIMIT_DROP_MATCHED)
		return err_set(e, ERR_LIMIT, "more than %d items are active",
			LIMIT_DROP_MATCHED);
	if (drop_items_new(out, count.n ? (size_t)count.n : 1, e))
		return -1;
	if (read_items(d, *out, e)) {
		drop_items_free(*out);
		return -1;
	}
	drop_items_seal(*out);
	return 0;
}

/* --- one system --- */

struct looking {
	struct desk *desk;
	const struct drop_place *place;
	const struct map *map;
	const struct map_system *system;
	struct drop_items *items;
	bool hash_there;
	int64_t cycle_id;
	int64_t pass_id;
	struct row_names people; /* keys and seals */
	struct arena *page;      /* of the matches that wait */
	struct {
		str item;
		str table;
		str key;
	} at[MATCHES];
	size_t n;
};

static bool is_exempt(const struct looking *x, str table)
{
	const struct map_table *t = map_table_named(x->system, table);

	return t && t->erase == ERASE_KEEP;
}

static int store_matches(struct desk *d, void *ctx, struct err *e)
{
	struct looking *x = ctx;

	if (drop_tally_change(d, DROP_TALLY_MATCHES, e))
		return -1;
	for (size_t i = 0; i < x->n; i++) {
		struct row_name p = {
			.system = x->system->name,
			.table = x->at[i].table,
			.key = { x->at[i].key },
		};
		struct sql_drop_match_add_in in = {
			.pass_id = x->pass_id,
			.item_id = x->at[i].item,
			.system = p.system,
			.held_in = p.table,
			.is_exempt = is_exempt(x, p.table),
			.person_key = row_name_key(x->page, &x->people, &p),
			.sealed = row_name_seal(x->page, &x->people, &p),
		};

		if (sql_drop_match_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int flush(struct looking *x, struct err *e)
{
	if (x->n && desk_write(x->desk, store_matches, x, e))
		return -1;
	x->n = 0;
	arena_clear(x->page);
	return 0;
}

static int take_match(void *ctx, const struct drop_match *m, struct err *e)
{
	struct looking *x = ctx;
	const struct drop_item *item = drop_items_at(x->items, m->item);

	x->at[x->n].item = arena_dup(x->page, (str){ item->id, DROP_ID_SIZE });
	x->at[x->n].table = arena_dup(x->page, m->table);
	x->at[x->n].key = arena_dup(x->page, m->key.v);
	x->n++;
	return x->n < MATCHES ? 0 : flush(x, e);
}

static void put_list(
	struct json *j, const struct drop_match_report *r, enum drop_list list)
{
	json_begin_object(j);
	json_put(j, "list", str_of(drop_list_name(list)));
	json_put_int(j, "keys", r->keys[list]);
	json_put_int(j, "no_key", r->no_key[list]);
	json_put_int(j, "empty", r->empty[list]);
	json_put_int(j, "over", r->over[list]);
	json_key(j, "faults");
	json_begin_object(j);
	for (int f = 0; f < IDENT_FAULTS; f++)
		if (r->by_fault[list][f])
			json_put_int(j, ident_fault_name((enum ident_fault)f),
				r->by_fault[list][f]);
	json_end(j);
	json_end(j);
}

static str report_json(struct arena *a, const struct drop_match_report *r)
{
	struct buf b = buf_in(a, REPORT_MAX);
	struct json j = json_to(&b);

	json_begin_object(&j);
	json_put_int(&j, "version", 1);
	json_put_int(&j, "records", r->records);
	json_put_int(&j, "matches", r->matches);
	json_put_int(&j, "ragged", r->ragged);
	json_put_bool(&j, "full_name", r->has_full_name);
	json_key(&j, "lists");
	json_begin_array(&j);
	for (int l = 0; l < DROP_LISTS; l++)
		put_list(&j, r, (enum drop_list)l);
	json_end(&j);
	json_end(&j);
	must(buf_ok(&b));
	return buf_str(&b);
}

struct ending {
	struct looking *x;
	const struct drop_match_report *report;
};

static int store_end(struct desk *d, void *ctx, struct err *e)
{
	struct ending *n = ctx;
	struct looking *x = n->x;
	struct sql_drop_look_done_in in = {
		.pass_id = x->pass_id,
		.system = x->system->name,
		.at = desk_now(d),
		.records = n->report->records,
		.report = report_json(d->arena, n->report),
	};

	for (int l = 0; l < DROP_LISTS; l++) {
		in.keys += n->report->keys[l];
		in.no_key += n->report->no_key[l];
	}
	if (store_matches(d, x, e) || sql_drop_look_done(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_LOOKED, STR(""), e,
		AD("cycle", x->cycle_id), AD("system", x->system->name),
		AD("records", in.records), AD("matches", n->report->matches));
}

static int read_system(
	struct looking *x, struct drop_match_report *out, struct err *e)
{
	struct conn_options options = {
		.mode = CONN_READ,
		.timeout_ms = LOOK_TIMEOUT_MS,
		.credentials_dir = x->place->credentials,
		.paces = x->desk->paces,
	};
	struct drop_match_opts opts = {
		.items = x->items,
		.fn = take_match,
		.ctx = x,
		.cpu = CPU_BEST,
		.hash_there = x->hash_there,
	};
	struct arena *a = arena_new(LIMIT_JOB_ARENA);
	struct conn *c;
	int rc = conn_open(a, x->map, x->system, &options, &c, e);

	if (!rc) {
		rc = drop_match_system(a, c, &opts, out, e);
		conn_close(c);
	}
	arena_free(a);
	return rc;
}

static int look_at(struct looking *x, struct err *e)
{
	struct sql_drop_look_begun_in begun = { x->pass_id, x->system->name,
		desk_now(x->desk) };
	struct drop_match_report report = { 0 };
	struct ending n = { x, &report };

	if (sql_drop_look_begun(x->desk->db, &begun, e) < 0)
		return -1;
	x->n = 0;
	/* With nothing to look for, a system need not be read. */
	if (drop_items_n(x->items) && read_system(x, &report, e))
		return -1;
	if (desk_write(x->desk, store_end, &n, e))
		return -1;
	x->n = 0;
	arena_clear(x->page);
	return 0;
}

struct failing {
	const struct looking *x;
	str system;
	const struct err *why;
};

static int store_failure(struct desk *d, void *ctx, struct err *e)
{
	const struct failing *f = ctx;
	struct sql_drop_look_failed_in in = { f->x->pass_id, f->system,
		str_of(f->why->message) };

	if (sql_drop_look_failed(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_UNREACHABLE, STR(""), e,
		AD("cycle", f->x->cycle_id), AD("system", f->system));
}

/* A system that can't be looked at leaves the look open, and the others go on. */
static int look_or_say(struct looking *x,
	const struct sql_drop_look_list_row *r, struct drop_matched *out,
	struct err *e)
{
	struct err why = { 0 };
	struct failing f = { x, r->system, &why };
	int rc = -1;

	x->system = map_system_named(x->map, r->system);
	if (x->system)
		rc = look_at(x, &why);
	else
		err_set(&why, ERR_CONFLICT,
			"the data map has no system \"%.*s\" any more",
			STR_ARG(r->system));
	if (!rc)
		return 0;
	if (db_is_lost(x->desk->db)) {
		*e = why;
		return -1;
	}
	if (!out->systems_left++)
		out->problem = arena_fmt(x->desk->arena, "%.*s: %s",
			STR_ARG(r->title), why.message);
	return desk_write(x->desk, store_failure, &f, e);
}

static int look_at_all(
	struct looking *x, struct drop_matched *out, struct err *e)
{
	struct sql_drop_look_list_in in = { x->pass_id };
	struct sql_drop_look_list_rows rows;

	if (sql_drop_look_list(x->desk->db, x->desk->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		if (!rows.at[i].lists)
			continue;
		out->systems++;
		if (!rows.at[i].done_at && look_or_say(x, &rows.at[i], out, e))
			return -1;
	}
	return 0;
}

/* --- a whole look --- */

static int run_looks(struct desk *d, const struct drop_place *p,
	const struct beginning *b, struct drop_matched *out, struct err *e)
{
	struct looking *x = calloc(1, sizeof *x);
	int rc;

	must(x);
	x->desk = d;
	x->place = p;
	x->map = b->map;
	x->cycle_id = b->look->cycle->id;
	x->pass_id = b->look->pass_id;
	x->hash_there = b->hash_there;
	rc = load_items(d, &x->items, e);
	if (!rc) {
		x->page = arena_new(LIMIT_REQUEST_ARENA);
		row_names_init(&x->people, d);
		out->items = (int64_t)drop_items_n(x->items);
		rc = look_at_all(x, out, e);
		arena_free(x->page);
		drop_items_free(x->items);
	}
	free(x);
	return rc;
}

struct matched {
	struct drop_cycle *cycle;
	const struct drop_pass *pass;
	const struct drop_matched *out;
};

/* A screening with nobody new is carried out with that. */
static int store_screened(
	struct desk *d, const struct matched *m, struct err *e)
{
	struct sql_drop_pass_acted_in in = { m->pass->id, desk_now(d) };

	if (!m->out->has_new && sql_drop_pass_acted(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_SCREENED, STR(""), e,
		AD("items", m->pass->items), AD("matches", m->out->matches));
}

static int store_matched(struct desk *d, void *ctx, struct err *e)
{
	struct matched *m = ctx;
	struct sql_drop_pass_matched_in in = { m->pass->id, desk_now(d) };

	if (sql_drop_pass_matched(d->db, &in, e) < 0)
		return -1;
	if (m->pass->is_screen)
		return store_screened(d, m, e);
	if (drop_session_move(d, m->cycle, DROP_ON_LOOKED, e))
		return -1;
	return DESK_AUDIT(
		d, AUDIT_DROP_MATCHED, STR(""), e, AD("cycle", m->cycle->id));
}

/* What repeats the look before is nothing to do for a screening. */
static int leave_known(struct desk *d, const struct drop_look_for *f,
	bool has_new, struct err *e)
{
	if (!f->is_screen)
		return 0;
	return has_new ? drop_known_aside(d, f->pass_id, e)
		       : drop_known_drop(d, f->pass_id, e);
}

static int finish(struct desk *d, const struct drop_place *p,
	const struct beginning *b, struct drop_matched *out, struct err *e)
{
	const struct drop_look_for *f = b->look;
	struct drop_pass pass;
	struct matched m = { f->cycle, &pass, out };

	if (drop_pass_read(d, f->pass_id, &pass, e) != 1 ||
		drop_decide(d, &pass, e) ||
		drop_leads_mark(d, p, b->map, &pass, &out->problem, e) ||
		drop_has_new(d, pass.id, &out->has_new, e) ||
		leave_known(d, f, out->has_new, e) ||
		(f->is_screen && !out->has_new &&
			drop_vendors_plan(d, &pass, e)))
		return -1;
	for (size_t i = 0; i < pass.looks.n; i++)
		out->matches += pass.looks.at[i].matches;
	return pass.matched_at ? 0 : desk_write(d, store_matched, &m, e);
}

/* What others left open is in the way of a new look, which finds it anew. */
static int clear_others(struct desk *d, struct drop_look_for *f, struct err *e)
{
	struct sql_drop_pass_open_screen_row open;
	struct drop_pass pass;
	int rc = sql_drop_pass_open_screen(d->db, d->arena, &open, e);

	if (rc < 0 || (rc && drop_pass_read(d, open.id, &pass, e) != 1))
		return -1;
	if (rc && open.id != f->pass_id)
		return drop_pass_retire(d, f->cycle, &pass, e);
	return drop_stale_forget(d, e);
}

/* The self-check stands before everything: a wrong rule would find nobody. */
int drop_look_go(struct desk *d, const struct drop_place *p,
	struct drop_look_for *f, struct drop_matched *out, struct err *e)
{
	struct beginning b = { .look = f, .is_new = !f->pass_id };
	struct settings s;
	struct map map;

	if (drop_check(&b.check, e)) {
		struct err second;

		drop_session_problem(
			d, f->cycle->id, str_of(e->message), &second);
		return -1;
	}
	if (settings_load(d, &s, e) ||
		map_read(d->arena, d->data_map, &map, e) ||
		clear_others(d, f, e))
		return -1;
	b.map = &map;
	b.hash_there = config_flag(s.drop_hash_there);
	if (desk_write(d, begin, &b, e) || run_looks(d, p, &b, out, e))
		return -1;
	out->pass_id = f->pass_id;
	if (!out->systems_left && finish(d, p, &b, out, e))
		return -1;
	out->state = f->cycle->state;
	return drop_session_problem(d, f->cycle->id, out->problem, e);
}

int drop_look_alone(struct desk *d, const struct drop_place *p,
	drop_look_fn *fn, struct drop_matched *out, struct err *e)
{
	int lock, rc;

	*out = (struct drop_matched){ 0 };
	if (desk_need(d, PERM_DROP, e) || drop_lock(p, &lock, e))
		return -1;
	rc = fn(d, p, out, e);
	drop_tally_keep(d);
	drop_unlock(lock);
	return rc;
}

/* What was matched too long ago, or begun, is matched again. */
static int retire_stale(struct desk *d, struct drop_cycle *c, struct err *e)
{
	struct drop_pass pass;
	int rc = drop_session_newest(d, c, e);

	if (rc <= 0 || !c->pass_id ||
		(c->state != DROP_STATE_DOWNLOADED &&
			c->state != DROP_STATE_MATCHED))
		return rc < 0 ? -1 : 0;
	if (drop_pass_read(d, c->pass_id, &pass, e) != 1)
		return -1;
	return drop_pass_is_stale(d, &pass) ? drop_pass_retire(d, c, &pass, e)
					    : 0;
}

static int match(struct desk *d, const struct drop_place *p,
	struct drop_matched *out, struct err *e)
{
	struct drop_cycle c;
	struct drop_look_for f = { .cycle = &c };

	if (retire_stale(d, &c, e) ||
		drop_session_need(d, DROP_STATE_DOWNLOADED, &c, e))
		return -1;
	f.pass_id = c.pass_id;
	return drop_look_go(d, p, &f, out, e);
}

int drop_match_all(struct desk *d, const struct drop_place *p,
	struct drop_matched *out, struct err *e)
{
	return drop_look_alone(d, p, match, out, e);
}
