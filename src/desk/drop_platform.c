/*
 * Of which platform a record is: the State's own, or a sandbox.  Made-up consumers must not
 * be answered for to the State, nor counted in what auditors read, and the State's not to
 * whoever rehearses.
 */
#include "desk/drop_session.h"

#include <string.h>

#include "ident/key.h"
#include "store/sql.h"

int drop_need_one_platform(struct desk *d, struct err *e)
{
	struct sql_drop_cycle_strange_in in = { drop_source(d) };
	struct sql_drop_cycle_strange_row other;

	if (sql_drop_cycle_strange(d->db, d->arena, &in, &other, e) < 0)
		return -1;
	if (!other.n)
		return 0;
	if (drop_is_sandbox(d)) {
		err_set(e, ERR_CONFLICT,
			"this installation has sessions with the State's own "
			"lists: nothing is rehearsed in it");
		return err_hint(e, "an installation of its own for rehearsals: "
				   "`toyon setup --dir FOLDER`, with its own "
				   "drop_url");
	}
	err_set(e, ERR_CONFLICT,
		"this installation has sessions with a sandbox or a simulator: "
		"the State's own lists would mix with them");
	return err_hint(e,
		"`toyon drop rehearsed %lld` takes out what session %lld left; "
		"rehearse in an installation of its own",
		(long long)other.id, (long long)other.id);
}

/* --- a rehearsal is taken out --- */

enum {
	LOOKED_AT_ONCE = 10000,
	WITHDRAWN_AT_ONCE = 200,
	TOLD_APART = 8, /* so many of the State's never look simulated, all */
};

struct rehearsal {
	struct drop_cycle *cycle;
	struct sql_drop_cycle_items_rows items;
	int64_t *n;
};

static bool are_simulated(const struct sql_drop_cycle_items_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (!drop_id_is_simulated(rows->at[i].id))
			return false;
	return true;
}

typedef int items_fn(struct desk *d, struct rehearsal *r, struct err *e);

/* Calls fn for each page of what is left of the session's items; 1 ends it. */
static int each_page(struct desk *d, struct rehearsal *r, int64_t first,
	items_fn *fn, struct err *e)
{
	struct arena *outer = d->arena, *page = arena_new(LIMIT_JOB_ARENA);
	struct sql_drop_cycle_items_in in = {
		.cycle_id = r->cycle->id,
		.first = first,
	};
	char after[DROP_ID_SIZE];
	int rc = 0;

	d->arena = page;
	do {
		arena_clear(page);
		rc = sql_drop_cycle_items(d->db, page, &in, &r->items, e);
		if (rc || !r->items.n)
			break;
		memcpy(after, r->items.at[r->items.n - 1].id.p, sizeof after);
		in.after = (str){ after, sizeof after };
		rc = fn(d, r, e);
	} while (!rc);
	d->arena = outer;
	arena_free(page);
	return rc;
}

static int count_simulated(struct desk *d, struct rehearsal *r, struct err *e)
{
	(void)d;
	(void)e;
	*r->n += (int64_t)r->items.n;
	return !are_simulated(&r->items);
}

/* The State's own items must not be taken out: whoever asked has to be deleted. */
static int need_made_up(struct desk *d, struct drop_cycle *c, struct err *e)
{
	int64_t n = 0;
	struct rehearsal r = { .cycle = c, .n = &n };
	int rc;

	if (str_eq(c->source, STR("sandbox")) ||
		str_eq(c->source, STR("rehearsal")))
		return 0;
	rc = each_page(d, &r, LOOKED_AT_ONCE, count_simulated, e);
	if (rc < 0)
		return -1;
	if (!rc && n >= TOLD_APART)
		return 0;
	err_set(e, ERR_CONFLICT, "session %lld is not known to be a rehearsal",
		(long long)c->id);
	return err_hint(e, "a rehearsal is with a sandbox, or all its items "
			   "are of `toyon drop simulate`");
}

static int withdraw(struct desk *d, void *ctx, struct err *e)
{
	const struct rehearsal *r = ctx;

	for (size_t i = 0; i < r->items.n; i++) {
		const struct sql_drop_cycle_items_row *row = &r->items.at[i];
		struct drop_withdrawal w = {
			.list = (enum drop_list)row->list,
			.key = (const uint8_t *)row->id_key.p,
			.cycle_id = r->cycle->id,
		};

		must(row->id.n == sizeof w.id &&
			row->id_key.n == IDENT_KEY_SIZE);
		memcpy(w.id, row->id.p, sizeof w.id);
		if (drop_withdraw(d, &w, e))
			return -1;
	}
	return DESK_AUDIT(d, AUDIT_DROP_REHEARSED, STR(""), e,
		AD("cycle", r->cycle->id), AD("count", r->items.n));
}

static int withdraw_page(struct desk *d, struct rehearsal *r, struct err *e)
{
	if (desk_write(d, withdraw, r, e))
		return -1;
	*r->n += (int64_t)r->items.n;
	return 0;
}

/* When no item is left: until then the session is in the way of the State's. */
static int end(struct desk *d, void *ctx, struct err *e)
{
	struct drop_cycle c = *(const struct drop_cycle *)ctx;
	struct sql_drop_cycle_rehearsed_in in = { c.id };

	if (c.state != DROP_STATE_CLOSED &&
		drop_session_move(d, &c, DROP_ON_REHEARSED, e))
		return -1;
	return sql_drop_cycle_rehearsed(d->db, &in, e) < 0 ? -1 : 0;
}

static int take_out(
	struct desk *d, int64_t cycle_id, int64_t *items, struct err *e)
{
	struct drop_cycle c;
	struct rehearsal r = { .cycle = &c, .n = items };
	int rc = drop_session_read(d, cycle_id, &c, e);

	if (rc < 0)
		return -1;
	if (!rc)
		return err_set(e, ERR_NOT_FOUND, "there is no session %lld",
			(long long)cycle_id);
	return need_made_up(d, &c, e) ||
			       each_page(d, &r, WITHDRAWN_AT_ONCE,
				       withdraw_page, e) ||
			       desk_write(d, end, &c, e)
		       ? -1
		       : 0;
}

int drop_rehearsed(struct desk *d, const struct drop_place *p, int64_t cycle_id,
	int64_t *items, struct err *e)
{
	int lock, rc;

	*items = 0;
	if (desk_need(d, PERM_DROP, e) || drop_lock(p, &lock, e))
		return -1;
	rc = take_out(d, cycle_id, items, e);
	drop_tally_keep(d);
	drop_unlock(lock);
	return rc;
}
