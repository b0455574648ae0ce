/* Holds that stand with a case: place, renew, lift, end. */
#include "desk/hold_row.h"

#include "desk/note.h"
#include "desk/record.h"
#include "law/reference.h"

enum { END_AT_ONCE = 200 };

static const str label = STR_INIT("hold");

/* --- look --- */

/* By whatever is known of them by now: a search may have led to the address that
 * an agency named. */
static int is_known_held(struct desk *d, int64_t request_id, struct err *e)
{
	struct record r;
	struct record_keys keys;
	int rc = record_by_id(d, request_id, &r, e);

	if (rc <= 0)
		return rc;
	keys = record_keys(d, &r);
	for (size_t i = 0; i < keys.n; i++) {
		struct sql_hold_of_key_in in = {
			{ (const char *)keys.at[i].of, IDENT_KEY_SIZE },
		};
		struct sql_hold_of_key_row row;

		if (sql_hold_of_key(d->db, d->arena, &in, &row, e) < 0)
			return -1;
		if (row.n)
			return 1;
	}
	return 0;
}

int hold_is_on(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_hold_of_person_row row;

	if (sql_hold_of_person(d->db, d->arena,
		    &(struct sql_hold_of_person_in){ request_id }, &row, e) < 0)
		return -1;
	return row.n ? 1 : is_known_held(d, request_id, e);
}

int hold_look(
	struct desk *d, const struct record *r, struct hold *out, struct err *e)
{
	struct sql_hold_of_request_row row;
	int is_on = hold_is_on(d, r->row.id, e);
	int rc;

	*out = (struct hold){ .is_held = is_on > 0 };
	if (is_on <= 0)
		return is_on;
	rc = sql_hold_of_request(d->db, d->arena,
		&(struct sql_hold_of_request_in){ r->row.id }, &row, e);
	if (rc <= 0)
		return rc;
	out->is_here = true;
	out->id = row.id;
	out->placed_on = date_pacific(row.placed_at);
	must(date_parse(row.until_on, &out->until));
	out->renewals = (int)row.renewals;
	if (!r->seal || !desk_may(d, PERM_HOLD))
		return 0;
	return seal_get(d->arena, r->seal, label, row.sealed, &out->order, e);
}

static bool can_place(struct desk *d, const struct record *r)
{
	return desk_may(d, PERM_HOLD) && r->seal && state_is_open(r->state) &&
	       kind_row(r->kind)->flow == FLOW_ERASE;
}

int case_hold(
	struct desk *d, str reference, struct hold_page *out, struct err *e)
{
	struct record r;
	int rc;

	if (desk_need(d, PERM_HOLD, e))
		return -1;
	rc = record_by_reference(d, reference, &r, e);
	if (rc <= 0)
		return rc;
	*out = (struct hold_page){ .reference = reference_show(
					   d->arena, r.row.reference) };
	if (hold_look(d, &r, &out->x, e))
		return -1;
	out->place_until = hold_last_day(desk_today(d));
	out->can_place = !out->x.is_here && can_place(d, &r);
	if (out->x.is_here)
		out->renew_until = hold_last_day(out->x.until);
	return 1;
}

/* --- decide --- */

struct holding {
	str reference;
	str order;
	struct record r;
	struct hold x;
};

static int open_case(struct desk *d, struct holding *c, struct err *e)
{
	if (record_need(d, c->reference, &c->r, e) || record_lock(d, &c->r, e))
		return -1;
	return hold_look(d, &c->r, &c->x, e);
}

static int place(struct desk *d, void *ctx, struct err *e)
{
	struct holding *c = ctx;
	struct sql_hold_add_in in = { .placed_at = desk_now(d) };
	struct sql_hold_add_row row;
	struct date until = hold_last_day(desk_today(d));

	if (open_case(d, c, e))
		return -1;
	if (c->x.is_here || !can_place(d, &c->r))
		return err_set(e, ERR_CONFLICT,
			"there is a hold already, or nothing that could be "
			"deleted");
	in.request_id = c->r.row.id;
	in.until_on = date_iso(d->arena, until);
	in.sealed = seal_put(d->arena, c->r.seal, label, c->order);
	if (sql_hold_add(d->db, d->arena, &in, &row, e) != 1 ||
		hold_say(d, &(struct hold_ref){ row.id, in.request_id }, e))
		return -1;
	return DESK_AUDIT(d, AUDIT_HOLD_PLACED, c->r.row.reference, e,
		AD("until", in.until_on));
}

static int renew(struct desk *d, void *ctx, struct err *e)
{
	struct holding *c = ctx;
	struct sql_hold_renew_in in = { 0 };
	struct date until;

	if (open_case(d, c, e))
		return -1;
	if (!c->x.is_here || !c->r.seal)
		return err_set(e, ERR_CONFLICT, "the hold has ended");
	until = hold_last_day(c->x.until);
	in.id = c->x.id;
	in.until_on = date_iso(d->arena, until);
	in.sealed = seal_put(d->arena, c->r.seal, label, c->order);
	if (sql_hold_renew(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_HOLD_RENEWED, c->r.row.reference, e,
		AD("until", in.until_on));
}

static int lift(struct desk *d, void *ctx, struct err *e)
{
	struct holding *c = ctx;
	int rc;

	if (open_case(d, c, e))
		return -1;
	rc = hold_end(d, &(struct hold_ref){ c->x.id, c->r.row.id },
		"staff lifted it", e);
	if (!rc)
		return err_set(e, ERR_CONFLICT, "the hold has ended");
	return rc < 0 ? -1 : 0;
}

static int hold_by(struct desk *d, struct holding *c,
	int (*fn)(struct desk *, void *, struct err *), struct problems *ps,
	struct err *e)
{
	if (desk_need(d, PERM_HOLD, e))
		return -1;
	c->order = str_trim(c->order);
	note_check(c->order, "order",
		"Write which agency it is and its case number", ps);
	return ps->n ? 0 : desk_write(d, fn, c, e);
}

int case_hold_place(struct desk *d, str reference, str order,
	struct problems *ps, struct err *e)
{
	struct holding c = { .reference = reference, .order = order };

	return hold_by(d, &c, place, ps, e);
}

int case_hold_renew(struct desk *d, str reference, str order,
	struct problems *ps, struct err *e)
{
	struct holding c = { .reference = reference, .order = order };

	return hold_by(d, &c, renew, ps, e);
}

int case_hold_lift(struct desk *d, str reference, struct err *e)
{
	struct holding c = { .reference = reference };

	if (desk_need(d, PERM_HOLD, e))
		return -1;
	return desk_write(d, lift, &c, e);
}

/* --- expiry --- */

static int end_due(struct desk *d, void *ctx, struct err *e)
{
	struct sql_hold_due_in in = {
		.today = date_iso(d->arena, desk_today(d)),
		.first = END_AT_ONCE,
	};
	struct sql_hold_due_rows rows;
	int64_t *n = ctx;

	*n = 0;
	if (sql_hold_due(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct hold_ref h = { rows.at[i].id, rows.at[i].request_id };
		int rc = hold_end(d, &h, "its last day passed", e);

		if (rc < 0)
			return -1;
		*n += rc;
	}
	return 0;
}

int hold_run(struct desk *d, int64_t *n, struct err *e)
{
	return desk_write(d, end_due, n, e);
}
