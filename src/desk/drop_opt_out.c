/*
 * Opting out everybody whose identifier is several people's: under this one and
 * every other identifier of theirs, of which the systems are asked.
 */
#include "desk/drop_acting.h"

#include <string.h>

#include "base/json.h"
#include "connect/find.h"
#include "desk/suppress.h"
#include "ident/key.h"
#include "store/sql.h"

/* Matches carried out in one transaction. */
enum {
	AT_ONCE = FIND_KEYS_MAX, /* looked up together: of files, a pass */
	ONE_BY_ONE = 1000,       /* each by itself: a kill loses so many */
	EVIDENCE_MAX = 4096,
};

struct opt_out {
	const struct sql_drop_match_several_row *match;
	str key; /* of the row */
	const struct ident *idents;
	size_t n;
};

struct opting {
	struct acting *x;
	struct opt_out *at;
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
	if (drop_acting_add(d, o->x, "opted-out", &act, &act_id, e))
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

static int find_all(struct acting *x, const struct map_table *t,
	struct opting *o, struct err *e)
{
	if (map_stands_alone(x->system, t))
		return find_together(x, t, o->at, o->n, e);
	for (size_t i = 0; i < o->n; i++)
		if (find_one(x, t, &o->at[i], e))
			return -1;
	return 0;
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

/* How many from the first on: of one table. */
static size_t page_size(const struct acting *x, const struct map_table *t,
	const struct sql_drop_match_several_rows *rows)
{
	size_t most = map_stands_alone(x->system, t) ? AT_ONCE : ONE_BY_ONE;
	size_t n = 1;

	while (n < rows->n && n < most &&
		str_eq(rows->at[n].held_in, rows->at[0].held_in))
		n++;
	return n;
}

static int opt_out_some(struct acting *x,
	const struct sql_drop_match_several_rows *rows, struct err *e)
{
	const struct map_table *t =
		drop_acting_table(x, rows->at[0].held_in, e);
	struct opting o = { .x = x };

	if (!t)
		return -1;
	o.n = page_size(x, t, rows);
	o.at = arena_many(x->page, struct opt_out, o.n);
	for (size_t i = 0; i < o.n; i++) {
		personal key;

		o.at[i].match = &rows->at[i];
		if (row_name_open(
			    x->page, &x->people, rows->at[i].sealed, &key, e))
			return -1;
		o.at[i].key = key.v;
	}
	if (find_all(x, t, &o, e) || store_page(x, &o, e))
		return -1;
	x->out->opted_out += (int64_t)o.n;
	return 0;
}

int drop_opt_out_all(struct acting *x, struct err *e)
{
	struct sql_drop_match_several_in in = {
		.pass_id = x->pass->id,
		.system = x->system->name,
		.first = AT_ONCE,
	};
	struct sql_drop_match_several_rows rows;

	do {
		arena_clear(x->page);
		if (sql_drop_match_several(x->desk->db, x->page, &in, &rows, e))
			return -1;
		if (rows.n && opt_out_some(x, &rows, e))
			return -1;
		drop_tally_during(x->desk);
	} while (rows.n);
	return 0;
}
