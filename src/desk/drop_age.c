/*
 * Looks that became too old.  A look names rows: after a day the row may be
 * another person's, and who stood there may stand elsewhere.  So what was matched
 * is looked at again before it is carried out.
 *
 * What was carried out of an old look stays true: it is decided, and companies
 * are directed of it.  The rest of it is forgotten, after the look has its stamp,
 * so that nobody takes what is left for all that was found.
 */
#include "desk/drop_session.h"

#include "store/sql.h"

enum { HOUR_MS = 3600000, FORGET = 10000 };

bool drop_pass_is_stale(const struct desk *d, const struct drop_pass *p)
{
	int64_t since = p->matched_at ? p->matched_at : p->started_at;

	return desk_now(d) - since > (int64_t)LIMIT_LOOK_HOURS * HOUR_MS;
}

/* --- what is left open --- */

static int forget(struct desk *d, void *ctx, struct err *e)
{
	struct sql_drop_match_forget_in in = { FORGET };
	int64_t *n = ctx;

	if (drop_tally_change(d, DROP_TALLY_MATCHES, e))
		return -1;
	*n = sql_drop_match_forget(d->db, &in, e);
	return *n < 0 ? -1 : 0;
}

static int keep_begun(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	return drop_tally_change(d, DROP_TALLY_MATCHES, e) ||
			       sql_drop_led_keep(d->db, e) < 0
		       ? -1
		       : 0;
}

int drop_stale_forget(struct desk *d, struct err *e)
{
	int64_t n = FORGET;

	if (desk_write(d, keep_begun, NULL, e))
		return -1;
	while (n == FORGET)
		if (desk_write(d, forget, &n, e))
			return -1;
	return 0;
}

/* --- a look that is looked at again --- */

struct retiring {
	struct drop_cycle *cycle;
	const struct drop_pass *pass;
};

static int retire(struct desk *d, void *ctx, struct err *e)
{
	struct retiring *x = ctx;
	struct sql_drop_pass_stale_in in = { x->pass->id, desk_now(d) };
	struct sql_drop_cycle_pass_in none = { .id = x->cycle->id };

	if (sql_drop_pass_stale(d->db, &in, e) < 0)
		return -1;
	if (!x->pass->is_screen &&
		(sql_drop_cycle_pass(d->db, &none, e) < 0 ||
			(x->pass->matched_at && drop_session_move(d, x->cycle,
							DROP_ON_AGED, e))))
		return -1;
	return DESK_AUDIT(d, AUDIT_DROP_AGED, STR(""), e,
		AD("cycle", x->cycle->id), AD("look", x->pass->id));
}

/* Of people for whom all was done. */
static int close_done(
	struct desk *d, const struct drop_pass *pass, struct err *e)
{
	struct sql_drop_pass_acts_in in = { pass->id };
	struct sql_drop_pass_acts_row acts;

	if (sql_drop_pass_acts(d->db, d->arena, &in, &acts, e) < 0)
		return -1;
	if (!acts.n)
		return 0;
	return drop_settle(d, pass, e) || drop_holds_tidy(d, pass, e) ||
			       drop_vendors_plan(d, pass, e)
		       ? -1
		       : 0;
}

int drop_pass_retire(struct desk *d, struct drop_cycle *c,
	const struct drop_pass *pass, struct err *e)
{
	struct retiring x = { c, pass };

	if (close_done(d, pass, e) || desk_write(d, retire, &x, e))
		return -1;
	if (!pass->is_screen)
		c->pass_id = 0;
	return drop_stale_forget(d, e);
}

/* --- what repeats an earlier look --- */

int drop_has_new(struct desk *d, int64_t pass_id, bool *out, struct err *e)
{
	struct sql_drop_match_new_in in = { pass_id };
	struct sql_drop_match_new_row row;

	if (sql_drop_match_new(d->db, d->arena, &in, &row, e) < 0)
		return -1;
	*out = row.n != 0;
	return 0;
}

/* Some matches of a look at a time: how many, or -1. */
typedef int64_t some_fn(struct desk *d, int64_t pass_id, struct err *e);

struct dropping {
	int64_t pass_id;
	some_fn *fn;
	int64_t n;
};

static int64_t drop_some(struct desk *d, int64_t pass_id, struct err *e)
{
	struct sql_drop_match_known_drop_in in = { pass_id, FORGET };

	return sql_drop_match_known_drop(d->db, &in, e);
}

static int64_t put_some_aside(struct desk *d, int64_t pass_id, struct err *e)
{
	struct sql_drop_match_known_aside_in in = { pass_id, FORGET };

	return sql_drop_match_known_aside(d->db, &in, e);
}

static int64_t drop_some_aside(struct desk *d, int64_t pass_id, struct err *e)
{
	struct sql_drop_match_aside_drop_in in = { pass_id, FORGET };

	return sql_drop_match_aside_drop(d->db, &in, e);
}

static int take_some(struct desk *d, void *ctx, struct err *e)
{
	struct dropping *x = ctx;

	if (drop_tally_change(d, DROP_TALLY_MATCHES, e))
		return -1;
	x->n = x->fn(d, x->pass_id, e);
	return x->n < 0 ? -1 : 0;
}

static int take_all(struct desk *d, int64_t pass_id, some_fn *fn, struct err *e)
{
	struct dropping x = { pass_id, fn, FORGET };

	while (x.n == FORGET)
		if (desk_write(d, take_some, &x, e))
			return -1;
	return 0;
}

int drop_known_drop(struct desk *d, int64_t pass_id, struct err *e)
{
	return take_all(d, pass_id, drop_some, e);
}

int drop_known_aside(struct desk *d, int64_t pass_id, struct err *e)
{
	return take_all(d, pass_id, put_some_aside, e) ||
			       take_all(d, pass_id, drop_some, e)
		       ? -1
		       : 0;
}

int drop_aside_drop(struct desk *d, int64_t pass_id, struct err *e)
{
	return take_all(d, pass_id, drop_some_aside, e);
}
