/* Adding to the list, and taking from it. */
#include "desk/suppress_list.h"

#include "desk/deleted_key.h"
#include "desk/returned.h"
#include "desk/said.h"
#include "law/reason.h"
#include "store/sql.h"

/* What a consumer has said, and takes back in two steps (11 CCR 7028(a)). */
/* What staff and programs decided by themselves is theirs to take back; a hold has words
 * of its own. */
enum { REASONS_BY_HAND = REASON_MANUAL | REASON_HOLD };

int suppress_add(struct desk *d, enum ident_kind kind,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t reasons, str source,
	int64_t request_id, struct err *e)
{
	struct log_change c = { .key = key,
		.kind = &kind,
		.n = 1,
		.mask = reasons,
		.reasons = reasons,
		.source = source,
		.request_id = request_id };

	must(reasons);
	return suppress_log_change(d, &c, e);
}

int suppress_replace(
	struct desk *d, struct suppress_change *change, struct err *e)
{
	struct log_change c = { .key = change->key,
		.kind = change->kind,
		.n = change->n,
		.mask = change->mask,
		.reasons = change->reasons,
		.source = change->source,
		.request_id = change->request_id,
		.is_act = change->is_act };

	if (suppress_log_change(d, &c, e))
		return -1;
	change->changed = c.changed;
	return 0;
}

/* A batch given by hand: all of it can be read, or nothing is written. */
struct batch {
	struct log_change change;
	uint32_t reasons; /* 0: all are released */
	int64_t until_at;
	enum release_why why; /* of a release */
};

static int read_batch(struct desk *d, struct suppress_query *q, size_t n,
	struct batch *b, struct err *e)
{
	uint8_t *key = arena_array(d->arena, IDENT_KEY_SIZE, n);
	enum ident_kind *kind = arena_many(d->arena, enum ident_kind, n);
	size_t bad = 0;

	suppress_keys(suppress_keyring(d->suppress), q, n, key);
	for (size_t i = 0; i < n; i++) {
		kind[i] = q[i].kind;
		bad += q[i].fault != IDENT_FAULT_NONE;
	}
	b->change = (struct log_change){ .key = key,
		.kind = kind,
		.n = n,
		.mask = b->reasons ? b->reasons : UINT32_MAX,
		.reasons = b->reasons,
		.until_at = b->until_at,
		.source = desk_actor(d),
		/* One is entered because somebody said it; of a list nobody
		 * said anything anew. */
		.is_act = n == 1 && b->reasons & REASON_OPT_OUT };
	if (!bad)
		return 0;
	err_set(e, ERR_INVALID,
		"%zu of %zu values can't be read as what they are said to be",
		bad, n);
	return err_hint(e, "nothing was written; mend them and try again");
}

static int put_batch(struct desk *d, void *ctx, struct err *e)
{
	struct batch *b = ctx;

	if (suppress_log_change(d, &b->change, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_SUPPRESSED, STR(""), e,
		AD("count", b->change.n),
		AD("reasons", suppress_reasons(d->arena, b->reasons)));
}

int suppress_put(struct desk *d, struct suppress_query *q, size_t n,
	uint32_t reasons, struct err *e)
{
	return suppress_put_until(d, q, n, reasons, 0, e);
}

static int check_until(
	struct desk *d, uint32_t reasons, int64_t until_at, struct err *e)
{
	if (!until_at)
		return 0;
	if (until_at <= desk_now(d))
		return err_set(e, ERR_INVALID,
			"the day until which it is to hold has passed");
	if (!(reasons & ~(uint32_t)REASONS_WITH_END))
		return 0;
	err_set(e, ERR_INVALID, "not all of these reasons can end on a day");
	return err_hint(e, "what a consumer has said ends with the consumer's "
			   "word only; minor, manual and locks can have a day");
}

int suppress_put_until(struct desk *d, struct suppress_query *q, size_t n,
	uint32_t reasons, int64_t until_at, struct err *e)
{
	struct batch b = { .reasons = reasons, .until_at = until_at };

	must(reasons);
	if (desk_need(d, PERM_SUPPRESS, e) ||
		check_until(d, reasons, until_at, e) ||
		read_batch(d, q, n, &b, e))
		return -1;
	return desk_write(d, put_batch, &b, e);
}

static const struct release_why_row release_whys[] = {
#define RELEASE_WHY(NAME, ...) [RELEASE_WHY_##NAME] = { __VA_ARGS__ },
#include "desk/tbl/release_whys.h"
#undef RELEASE_WHY
};

const struct release_why_row *release_why_row(enum release_why why)
{
	must(why < RELEASE_WHYS);
	return why ? &release_whys[why] : NULL;
}

enum release_why release_why_of(str code)
{
	for (int i = 1; i < RELEASE_WHYS; i++)
		if (str_eq(code, str_of(release_whys[i].code)))
			return (enum release_why)i;
	return RELEASE_WHY_NONE;
}

static int refuse_one_act(const struct desk *d, struct err *e)
{
	if (d->actor.kind == ACTOR_API) {
		err_set(e, ERR_DENIED,
			"somebody is on the list by their own word or by law, "
			"and an API key can't take that back");
		return err_hint(e,
			"who opted out opts in by two separate acts: leave "
			"them out; nothing was released");
	}
	err_set(e, ERR_DENIED,
		"somebody is on the list by their own word or by law; nothing "
		"was released");
	return err_hint(e,
		"who opted out opts in by two separate acts, on the page "
		"/opt-in: leave them out, or say --why mistake or --why "
		"opted-in");
}

static int refuse_held(struct err *e)
{
	err_set(e, ERR_DENIED,
		"somebody on the list is held for law enforcement");
	return err_hint(e, "the word goes with the hold (`toyon hold lift`): "
			   "leave them out; nothing was released");
}

/* A hold that somebody entered by hand, without its direction, is theirs to end. */
static int may_release(struct desk *d, enum release_why why, const uint8_t *key,
	uint32_t was, struct err *e)
{
	struct sql_hold_of_key_in in = {
		{ (const char *)key, IDENT_KEY_SIZE },
	};
	struct sql_hold_of_key_row row;
	bool is_api = d->actor.kind == ACTOR_API;

	if ((is_api || !why) && was & ~(uint32_t)REASONS_BY_HAND)
		return refuse_one_act(d, e);
	if (!(was & REASON_HOLD))
		return 0;
	if (is_api)
		return refuse_held(e);
	if (sql_hold_of_key(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	return row.n ? refuse_held(e) : 0;
}

static int release_one(struct desk *d, enum release_why why, const uint8_t *key,
	uint32_t was, struct err *e)
{
	if (may_release(d, why, key, was, e))
		return -1;
	if (!(was & REASON_DELETED))
		return 0;
	return deleted_key_forget(d, key, e) ||
			       said_forget_deleted(d, key, e) ||
			       returned_doubt(d, e)
		       ? -1
		       : 0;
}

static int audit_released(struct desk *d, const struct batch *b, struct err *e)
{
	const struct release_why_row *why = release_why_row(b->why);

	if (!why)
		return DESK_AUDIT(d, AUDIT_RELEASED, STR(""), e,
			AD("count", b->change.changed));
	return DESK_AUDIT(d, AUDIT_RELEASED_FOR, STR(""), e,
		AD("count", b->change.changed), AD("reason", why->title));
}

static int release_batch(struct desk *d, void *ctx, struct err *e)
{
	struct batch *b = ctx;
	size_t n = b->change.n;
	uint32_t *was = arena_many(d->arena, uint32_t, n);

	if (suppress_log_now(d, b->change.key, n, was, e))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (release_one(d, b->why, b->change.key + i * IDENT_KEY_SIZE,
			    was[i], e))
			return -1;
	if (suppress_log_change(d, &b->change, e))
		return -1;
	return audit_released(d, b, e);
}

int suppress_release_for(struct desk *d, enum release_why why,
	struct suppress_query *q, size_t n, struct err *e)
{
	struct batch b = { .why = why };

	if (desk_need(d, PERM_SUPPRESS, e) || read_batch(d, q, n, &b, e))
		return -1;
	return desk_write(d, release_batch, &b, e);
}

int suppress_release(
	struct desk *d, struct suppress_query *q, size_t n, struct err *e)
{
	return suppress_release_for(d, RELEASE_WHY_NONE, q, n, e);
}
