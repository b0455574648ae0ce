/* Ends of reasons: kept beside the log, carried out by the worker. */
#include "desk/suppress_until.h"

#include <string.h>

#include "desk/suppress.h"
#include "law/reason.h"
#include "store/sql.h"

enum { LAPSE_AT_ONCE = 1000 };

static str key_at(const struct log_change *c, size_t i)
{
	return (str){ (const char *)c->key + i * IDENT_KEY_SIZE,
		IDENT_KEY_SIZE };
}

/* One reason of one identifier, which may hold already. */
static int set_end(struct desk *d, const struct log_change *c, size_t i,
	uint32_t reason, bool is_held, struct err *e)
{
	struct sql_suppression_until_put_in put = { key_at(c, i), reason,
		str_of(ident_kind_name(c->kind[i])), c->until_at };
	struct sql_suppression_until_later_in later = { key_at(c, i), reason,
		c->until_at };
	int64_t n = is_held ? sql_suppression_until_later(d->db, &later, e)
			    : sql_suppression_until_put(d->db, &put, e);

	return n < 0 ? -1 : 0;
}

static int set_ends(struct desk *d, const struct log_change *c, size_t i,
	uint32_t was, struct err *e)
{
	for (uint32_t left = c->reasons; left; left &= left - 1) {
		uint32_t reason = left & -left;

		if (set_end(d, c, i, reason, was & reason, e))
			return -1;
	}
	return 0;
}

int suppress_until_keep(struct desk *d, const struct log_change *c,
	const uint32_t *was, struct err *e)
{
	must(!c->until_at || !(c->reasons & ~(uint32_t)REASONS_WITH_END));
	for (size_t i = 0; i < c->n; i++) {
		uint32_t ended = was[i] & c->mask & REASONS_WITH_END;
		struct sql_suppression_until_drop_in drop = { key_at(c, i),
			ended };

		if (c->until_at && set_ends(d, c, i, was[i], e))
			return -1;
		if (!c->until_at && ended &&
			sql_suppression_until_drop(d->db, &drop, e) < 0)
			return -1;
	}
	return 0;
}

/* --- what is due --- */

/* Rows of one reason, from `at` on: released at once. */
static int lapse_alike(struct desk *d,
	const struct sql_suppression_until_due_rows *rows, size_t *at,
	struct err *e)
{
	enum ident_kind *kind = arena_many(d->arena, enum ident_kind, rows->n);
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, rows->n);
	struct suppress_change c = { .kind = kind,
		.key = key,
		.mask = (uint32_t)rows->at[*at].reason,
		.source = STR("until") };

	for (; *at < rows->n; (*at)++, c.n++) {
		const struct sql_suppression_until_due_row *r = &rows->at[*at];

		if ((uint32_t)r->reason != c.mask)
			break;
		if (r->id_key.n != IDENT_KEY_SIZE ||
			!ident_kind_read(r->kind, &kind[c.n]))
			return err_set(e, ERR_CORRUPT,
				"an end in the suppression record is not as it "
				"was written");
		memcpy(key + c.n * IDENT_KEY_SIZE, r->id_key.p, IDENT_KEY_SIZE);
	}
	return suppress_replace(d, &c, e);
}

static int lapse_due(struct desk *d, void *ctx, struct err *e)
{
	struct sql_suppression_until_due_in in = { desk_now(d), LAPSE_AT_ONCE };
	struct sql_suppression_until_due_rows rows;
	int64_t *n = ctx;
	size_t at = 0;

	if (sql_suppression_until_due(d->db, d->arena, &in, &rows, e))
		return -1;
	*n = (int64_t)rows.n;
	while (at < rows.n)
		if (lapse_alike(d, &rows, &at, e))
			return -1;
	if (!rows.n)
		return 0;
	return DESK_AUDIT(d, AUDIT_LAPSED, STR(""), e, AD("count", rows.n));
}

int suppress_lapse(struct desk *d, int64_t *n, struct err *e)
{
	return desk_write(d, lapse_due, n, e);
}
