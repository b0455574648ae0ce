/*
 * What a look means for the items: how many people each matched, what it
 * therefore holds in the suppression log, and its status.  All of it in the
 * database, a page of items a transaction, so that millions are no matter and
 * nobody else waits long; run again it finds everything as it should be.
 *
 * "Not found" comes from here alone, and only for lists of which every system
 * that may hold them was looked at to its end.
 */
#include "desk/drop_session.h"

#include <string.h>

#include "desk/suppress.h"
#include "store/sql.h"

struct deciding {
	const struct drop_pass *pass;
	int64_t decided;
	int64_t suppressed;
};

/* --- what may be said of a list --- */

static int said_not_held(
	struct desk *d, enum drop_list list, bool *is_so, struct err *e)
{
	struct sql_drop_list_all_rows rows;

	*is_so = false;
	if (sql_drop_list_all(d->db, d->arena, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].list == (int64_t)list)
			*is_so = !rows.at[i].is_held;
	return 0;
}

int drop_list_is_looked_at(struct desk *d, const struct drop_pass *pass,
	enum drop_list list, struct err *e)
{
	struct sql_drop_look_missing_in in = { pass->id, (int64_t)1 << list };
	struct sql_drop_look_missing_row row;
	bool is_not_held;

	if (sql_drop_look_missing(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	if (row.missing) {
		err_set(e, ERR_UNAVAILABLE,
			"%lld systems that may hold %s were not looked at to "
			"their end",
			(long long)row.missing, drop_list_name(list));
		return 0;
	}
	if (row.able)
		return 1;
	if (said_not_held(d, list, &is_not_held, e))
		return -1;
	if (is_not_held)
		return 1;
	err_set(e, ERR_CONFLICT,
		"no system of the data map can be matched with the list %s",
		drop_list_name(list));
	err_hint(e,
		"mark the columns that hold %s in the data map, or say that "
		"none are held: `toyon drop list %s --not-held --reason ...`",
		drop_list_what(list), drop_list_name(list));
	return 0;
}

/* --- the suppression log follows the items --- */

/* Of a page: the identifiers of which the platform's items want the same. */
static struct suppress_change alike(struct desk *d,
	const struct sql_drop_page_wants_rows *rows, uint32_t wanted,
	enum ident_kind of)
{
	enum ident_kind *kind = arena_many(d->arena, enum ident_kind, rows->n);
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, rows->n);
	struct suppress_change c = { .kind = kind,
		.key = key,
		.mask = DROP_REASONS,
		.reasons = wanted,
		.source = STR("drop") };

	for (size_t i = 0; i < rows->n; i++) {
		if ((uint32_t)rows->at[i].wanted != wanted)
			continue;
		must(rows->at[i].id_key.n == IDENT_KEY_SIZE);
		memcpy(key + c.n * IDENT_KEY_SIZE, rows->at[i].id_key.p,
			IDENT_KEY_SIZE);
		kind[c.n++] = of;
	}
	return c;
}

/* The platform's own two reasons come and go, every other one stays. */
static int follow_items(struct desk *d, const struct drop_page *page,
	struct deciding *x, struct err *e)
{
	static const uint32_t wants[] = { 0, REASON_DROP, REASON_DROP_OPT_OUT,
		DROP_REASONS };
	struct sql_drop_page_wants_in in = {
		.list = page->list,
		.after = page->after,
		.upto = page->upto,
		.one = REASON_DROP,
		.several = REASON_DROP_OPT_OUT,
	};
	struct sql_drop_page_wants_rows rows;
	size_t n = 0;

	if (sql_drop_page_wants(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < COUNTOF(wants); i++) {
		struct suppress_change c =
			alike(d, &rows, wants[i], drop_list_kind(page->list));

		if (c.n && suppress_replace(d, &c, e))
			return -1;
		n += c.changed;
	}
	x->suppressed += (int64_t)n;
	if (!n)
		return 0;
	return DESK_AUDIT(d, AUDIT_DROP_SUPPRESSED, STR(""), e,
		AD("cycle", x->pass->cycle_id), AD("count", n));
}

static int decide_page(
	struct desk *d, const struct drop_page *page, void *ctx, struct err *e)
{
	struct deciding *x = ctx;
	struct sql_drop_item_wants_in wants = {
		.list = page->list,
		.after = page->after,
		.upto = page->upto,
		.pass_id = x->pass->id,
		.one = REASON_DROP,
		.several = REASON_DROP_OPT_OUT,
	};
	struct sql_drop_item_nothing_in nothing = {
		.list = page->list,
		.after = page->after,
		.upto = page->upto,
		.pass_id = x->pass->id,
		.at = desk_now(d),
		.reasons = REASON_DROP,
	};
	int64_t n;

	if (drop_tally_change(d, DROP_TALLY_ITEMS, e) ||
		drop_tally_change(d, DROP_TALLY_MATCHES, e) ||
		sql_drop_item_wants(d->db, &wants, e) < 0 ||
		follow_items(d, page, x, e))
		return -1;
	n = sql_drop_item_nothing(d->db, &nothing, e);
	x->decided += n > 0 ? n : 0;
	return n < 0 ? -1 : 0;
}

struct decided {
	int64_t cycle_id;
	int64_t n;
};

static int note_decided(struct desk *d, void *ctx, struct err *e)
{
	const struct decided *n = ctx;

	return DESK_AUDIT(d, AUDIT_DROP_DECIDED, STR(""), e,
		AD("cycle", n->cycle_id), AD("count", n->n));
}

static int say_decided(struct desk *d, const struct deciding *x, struct err *e)
{
	struct decided n = { x->pass->cycle_id, x->decided };

	return x->decided ? desk_write(d, note_decided, &n, e) : 0;
}

struct cutting {
	struct deciding *x;
	enum drop_list list;
};

static int cut_short(struct desk *d, void *ctx, struct err *e)
{
	struct cutting *c = ctx;
	struct sql_drop_item_cut_short_in in = {
		.list = c->list,
		.pass_id = c->x->pass->id,
		.at = desk_now(d),
	};
	int64_t n;

	if (drop_tally_change(d, DROP_TALLY_ITEMS, e))
		return -1;
	n = sql_drop_item_cut_short(d->db, &in, e);
	c->x->decided += n > 0 ? n : 0;
	return n < 0 ? -1 : 0;
}

static int decide_list(
	struct desk *d, enum drop_list list, struct deciding *x, struct err *e)
{
	struct cutting c = { x, list };

	return desk_write(d, cut_short, &c, e) ||
			       drop_pages(d, list, decide_page, x, e) < 0
		       ? -1
		       : 0;
}

int drop_decide(struct desk *d, const struct drop_pass *pass, struct err *e)
{
	struct deciding x = { .pass = pass };
	struct err why;

	for (int list = 0; list < DROP_LISTS; list++) {
		int rc = drop_list_is_looked_at(
			d, pass, (enum drop_list)list, &why);

		if (rc < 0) {
			*e = why;
			return -1;
		}
		if (rc && decide_list(d, (enum drop_list)list, &x, e))
			return -1;
	}
	return say_decided(d, &x, e);
}

/* --- after acting --- */

static int settle_page(
	struct desk *d, const struct drop_page *page, void *ctx, struct err *e)
{
	struct deciding *x = ctx;
	struct sql_drop_item_settle_in in = {
		.list = page->list,
		.after = page->after,
		.upto = page->upto,
		.pass_id = x->pass->id,
		.at = desk_now(d),
	};
	int64_t n;

	if (drop_tally_change(d, DROP_TALLY_ITEMS, e))
		return -1;
	n = sql_drop_item_settle(d->db, &in, e);
	x->decided += n > 0 ? n : 0;
	return n < 0 ? -1 : 0;
}

int drop_settle(struct desk *d, const struct drop_pass *pass, struct err *e)
{
	struct deciding x = { .pass = pass };

	for (int list = 0; list < DROP_LISTS; list++)
		if (drop_pages(d, (enum drop_list)list, settle_page, &x, e) < 0)
			return -1;
	return say_decided(d, &x, e);
}
