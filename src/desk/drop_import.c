/*
 * The lists of a ZIP, into the record: items a thousand a statement, withdrawals
 * one by one.  Interrupted, it begins again and changes nothing that is there.
 *
 * Withdrawals come last, when every item of the batch is in: an item that is
 * asked and withdrawn in one batch is withdrawn.
 */
#include "desk/drop_session.h"

#include <stdlib.h>
#include <string.h>

#include "base/enc.h"
#include "desk/suppress.h"
#include "drop/batch.h"
#include "ident/key.h"
#include "store/sql.h"

enum {
	PACKED = 2 + DROP_ID_SIZE + IDENT_KEY_SIZE, /* sql/drop.sql */
	AT_ONCE = 1000,                             /* items in a statement */
	STATEMENTS = 20,                            /* in a transaction */
	WITHDRAWN_AT_ONCE = 200,
};

struct withdrawn {
	char id[DROP_ID_SIZE];
	uint8_t list;
	uint8_t key[IDENT_KEY_SIZE];
};

struct importing {
	struct desk *desk;
	const struct ident_keyring *ring;
	struct drop_cycle *cycle;
	struct drop_batch batch;
	size_t n; /* in packed */
	struct withdrawn *gone;
	size_t gone_n;
	size_t gone_cap;
	size_t gone_done;
	uint8_t packed[STATEMENTS][AT_ONCE * PACKED];
};

/* --- items --- */

static int put_items(struct desk *d, void *ctx, struct err *e)
{
	struct importing *x = ctx;

	if (drop_tally_change(d, DROP_TALLY_ITEMS, e))
		return -1;
	for (size_t i = 0; i * AT_ONCE < x->n; i++) {
		size_t left = x->n - i * AT_ONCE;
		size_t n = left < AT_ONCE ? left : AT_ONCE;
		struct sql_drop_item_put_in in = {
			.n = (int64_t)n,
			.packed = { (const char *)x->packed[i], n * PACKED },
			.cycle_id = x->cycle->id,
		};

		if (sql_drop_item_put(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int flush(struct importing *x, struct err *e)
{
	if (x->n && desk_write(x->desk, put_items, x, e))
		return -1;
	x->n = 0;
	return 0;
}

static void keep_withdrawn(
	struct importing *x, const struct drop_item *item, const uint8_t *key)
{
	struct withdrawn *w;

	if (x->gone_n == x->gone_cap) {
		x->gone_cap = x->gone_cap ? x->gone_cap * 2 : 1024;
		x->gone = realloc(x->gone, x->gone_cap * sizeof *x->gone);
		must(x->gone != NULL);
	}
	w = &x->gone[x->gone_n++];
	memcpy(w->id, item->id, DROP_ID_SIZE);
	memcpy(w->key, key, IDENT_KEY_SIZE);
	w->list = item->list;
}

static int take_item(
	void *ctx, const struct drop_item *item, bool is_removed, struct err *e)
{
	struct importing *x = ctx;
	uint8_t key[IDENT_KEY_SIZE];
	uint8_t *at;

	ident_key(x->ring, drop_list_kind((enum drop_list)item->list),
		item->digest, key);
	if (is_removed) {
		keep_withdrawn(x, item, key);
		return 0;
	}
	at = x->packed[x->n / AT_ONCE] + x->n % AT_ONCE * PACKED;
	at[0] = (uint8_t)('0' + item->list / 10);
	at[1] = (uint8_t)('0' + item->list % 10);
	memcpy(at + 2, item->id, DROP_ID_SIZE);
	memcpy(at + 2 + DROP_ID_SIZE, key, IDENT_KEY_SIZE);
	x->n++;
	return x->n < (size_t)STATEMENTS * AT_ONCE ? 0 : flush(x, e);
}

/* --- withdrawals --- */

/* What other items still say of this identifier holds on; the rest of the
 * platform's reasons goes.  Reasons of another origin are not touched. */
static int release(struct desk *d, str but_id, enum ident_kind kind, str id_key,
	struct err *e)
{
	struct sql_drop_wanted_in in = {
		.id_key = id_key,
		.but_id = but_id,
		.one = REASON_DROP,
		.several = REASON_DROP_OPT_OUT,
	};
	struct sql_drop_wanted_row row;
	struct suppress_change change = {
		.kind = &kind,
		.key = (const uint8_t *)id_key.p,
		.n = 1,
		.mask = DROP_REASONS,
		.source = STR("drop"),
	};

	must(id_key.n == IDENT_KEY_SIZE);
	if (sql_drop_wanted(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	change.reasons = (uint32_t)(row.one | row.several | row.held);
	return suppress_replace(d, &change, e);
}

/* Lets go of what an item holds beside its own identifier. */
static int release_holds(struct desk *d, str id, str but_id, struct err *e)
{
	struct sql_drop_hold_of_in of = { id };
	struct sql_drop_hold_drop_in drop = { id };
	struct sql_drop_hold_of_rows rows;

	if (sql_drop_hold_of(d->db, d->arena, &of, &rows, e) ||
		(rows.n && sql_drop_hold_drop(d->db, &drop, e) < 0))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		enum ident_kind kind;

		if (!ident_kind_read(rows.at[i].kind, &kind))
			return err_set(e, ERR_CORRUPT,
				"a held identifier has no known kind");
		if (release(d, but_id, kind, rows.at[i].id_key, e))
			return -1;
	}
	return 0;
}

static int stamp(struct desk *d, const struct drop_withdrawal *w, bool is_known,
	struct err *e)
{
	str id = { w->id, DROP_ID_SIZE };
	struct sql_drop_item_revoke_in known = { id, desk_now(d), w->cycle_id };
	struct sql_drop_match_release_in matches = { id, desk_now(d) };
	struct sql_drop_item_add_revoked_in fresh = {
		.id = id,
		.list = w->list,
		.id_key = { (const char *)w->key, IDENT_KEY_SIZE },
		.at = desk_now(d),
		.cycle_id = w->cycle_id,
	};

	if (!is_known)
		return sql_drop_item_add_revoked(d->db, &fresh, e) < 0 ? -1 : 0;
	if (sql_drop_match_release(d->db, &matches, e) < 0)
		return -1;
	return sql_drop_item_revoke(d->db, &known, e) < 0 ? -1 : 0;
}

int drop_withdraw(
	struct desk *d, const struct drop_withdrawal *w, struct err *e)
{
	str id = { w->id, DROP_ID_SIZE };
	struct sql_drop_item_by_id_in in = { id };
	struct sql_drop_item_by_id_row row;
	int rc = sql_drop_item_by_id(d->db, d->arena, &in, &row, e);

	must(db_in_transaction(d->db));
	if (rc < 0)
		return -1;
	if (rc && row.revoked_at)
		return 0;
	if (drop_tally_change(d, DROP_TALLY_ITEMS, e) ||
		drop_tally_change(d, DROP_TALLY_MATCHES, e))
		return -1;
	if (rc &&
		(release_holds(d, id, id, e) ||
			release(d, id, drop_list_kind((enum drop_list)row.list),
				row.id_key, e)))
		return -1;
	return stamp(d, w, rc == 1, e);
}

struct tidying {
	const struct drop_pass *pass;
	size_t n;
};

/* Its own identifier it goes on to hold. */
static int tidy_some(struct desk *d, void *ctx, struct err *e)
{
	struct tidying *t = ctx;
	struct sql_drop_hold_spent_in in = { t->pass->id, WITHDRAWN_AT_ONCE };
	struct sql_drop_hold_spent_rows rows;

	if (sql_drop_hold_spent(d->db, d->arena, &in, &rows, e))
		return -1;
	t->n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		if (release_holds(d, rows.at[i].item_id, STR(""), e))
			return -1;
	return 0;
}

int drop_holds_tidy(struct desk *d, const struct drop_pass *pass, struct err *e)
{
	struct tidying t = { .pass = pass };

	do {
		if (desk_write(d, tidy_some, &t, e))
			return -1;
	} while (t.n);
	return 0;
}

static int withdraw_some(struct desk *d, void *ctx, struct err *e)
{
	struct importing *x = ctx;
	size_t end = x->gone_done + WITHDRAWN_AT_ONCE;

	end = end < x->gone_n ? end : x->gone_n;
	for (size_t i = x->gone_done; i < end; i++) {
		struct drop_withdrawal w = {
			.list = (enum drop_list)x->gone[i].list,
			.key = x->gone[i].key,
			.cycle_id = x->cycle->id,
		};

		memcpy(w.id, x->gone[i].id, DROP_ID_SIZE);
		if (drop_withdraw(d, &w, e))
			return -1;
	}
	return DESK_AUDIT(d, AUDIT_DROP_RELEASED, STR(""), e,
		AD("cycle", x->cycle->id), AD("count", end - x->gone_done));
}

static int withdraw_all(struct importing *x, struct err *e)
{
	struct arena *outer = x->desk->arena;
	struct arena *page = arena_new(LIMIT_JOB_ARENA);
	int rc = 0;

	x->desk->arena = page;
	while (x->gone_done < x->gone_n && !rc) {
		rc = desk_write(x->desk, withdraw_some, x, e);
		x->gone_done += WITHDRAWN_AT_ONCE;
		arena_clear(page);
	}
	x->desk->arena = outer;
	arena_free(page);
	return rc;
}

/* --- all of it --- */

static int check_broker(
	struct desk *d, const struct drop_batch *b, struct err *e)
{
	int broker = drop_broker(d);

	for (size_t i = 0; i < b->files && broker >= 0; i++) {
		if (b->file[i].name.broker == broker)
			continue;
		err_set(e, ERR_CONFLICT,
			"these lists are for data broker %04d, and this is %04d",
			b->file[i].name.broker, broker);
		return err_hint(e, "the number is drop_broker in toyon.yaml");
	}
	return 0;
}

static int put_files(struct desk *d, struct importing *x, struct err *e)
{
	for (size_t i = 0; i < x->batch.files; i++) {
		const struct drop_batch_file *f = &x->batch.file[i];
		struct sql_drop_file_add_in in = {
			.cycle_id = x->cycle->id,
			.name = f->written,
			.list = f->name.is_removed ? -1 : (int)f->name.list,
			.items = f->items,
			.sha256 = hex_of(d->arena, f->sha256, SHA256_SIZE),
		};

		if (sql_drop_file_add(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

static int finish(struct desk *d, void *ctx, struct err *e)
{
	struct importing *x = ctx;
	struct sql_drop_cycle_imported_in in = {
		.id = x->cycle->id,
		.items = x->batch.items,
		.removed = x->batch.removed,
		.at = desk_now(d),
	};

	if (put_files(d, x, e) || sql_drop_cycle_imported(d->db, &in, e) < 0 ||
		drop_session_move(d, x->cycle, DROP_ON_RECEIVED, e))
		return -1;
	x->cycle->items = in.items;
	x->cycle->removed = in.removed;
	x->cycle->imported_at = in.at;
	return DESK_AUDIT(d, AUDIT_DROP_IMPORTED, STR(""), e,
		AD("cycle", x->cycle->id), AD("items", in.items),
		AD("removed", in.removed));
}

int drop_lists_check(struct desk *d, const char *zip, struct err *e)
{
	struct drop_batch looked;

	return drop_batch_read(d->arena, zip, &looked, NULL, NULL, e) ||
			       check_broker(d, &looked, e)
		       ? -1
		       : 0;
}

static int import(struct importing *x, const char *zip, struct err *e)
{
	struct desk *d = x->desk;

	if (drop_lists_check(d, zip, e) ||
		drop_batch_read(d->arena, zip, &x->batch, take_item, x, e) ||
		flush(x, e) || withdraw_all(x, e))
		return -1;
	return desk_write(d, finish, x, e);
}

int drop_lists_import(
	struct desk *d, struct drop_cycle *c, const char *zip, struct err *e)
{
	struct importing *x = calloc(1, sizeof *x);
	int rc;

	must(x);
	x->desk = d;
	x->ring = suppress_keyring(d->suppress);
	x->cycle = c;
	rc = import(x, zip, e);
	free(x->gone);
	free(x);
	return rc;
}
