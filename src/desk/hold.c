#include "desk/hold.h"

#include "desk/note.h"
#include "desk/record.h"
#include "law/deadline.h"
#include "law/reason.h"
#include "law/reference.h"

enum { END_AT_ONCE = 200 };

static const str label = STR_INIT("hold");

/* --- look --- */

int hold_is_on(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_hold_of_person_row row;

	if (sql_hold_of_person(d->db, d->arena,
		    &(struct sql_hold_of_person_in){ request_id }, &row, e) < 0)
		return -1;
	return row.n > 0;
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
	out->placed_on = date_pacific(row.placed_at);
	must(date_parse(row.until_on, &out->until));
	out->renewals = (int)row.renewals;
	if (!r->seal || !desk_may(d, PERM_HOLD))
		return 0;
	return seal_get(d->arena, r->seal, label, row.sealed, &out->order, e);
}

/* The last day of a hold that begins, or goes on, after `day`. */
static int last_day(struct date day, struct date *out, struct err *e)
{
	const struct clock_row *row = clock_row_for(CLOCK_HOLD, KIND_NONE, day);
	struct deadline end;

	must(row);
	if (clock_end(row, day, &end, e))
		return -1;
	*out = end.on;
	return 0;
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
	if (hold_look(d, &r, &out->x, e) ||
		last_day(desk_today(d), &out->place_until, e))
		return -1;
	out->can_place = !out->x.is_here && can_place(d, &r);
	if (out->x.is_here && last_day(out->x.until, &out->renew_until, e))
		return -1;
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
	struct date until;

	if (open_case(d, c, e) || last_day(desk_today(d), &until, e))
		return -1;
	if (c->x.is_here || !can_place(d, &c->r))
		return err_set(e, ERR_CONFLICT,
			"there is a hold already, or nothing that could be "
			"deleted");
	in.request_id = c->r.row.id;
	in.until_on = date_iso(d->arena, until);
	in.sealed = seal_put(d->arena, c->r.seal, label, c->order);
	if (sql_hold_add(d->db, &in, e) < 0 ||
		record_suppress(d, &c->r, REASON_HOLD, e))
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
	if (last_day(c->x.until, &until, e))
		return -1;
	in.request_id = c->r.row.id;
	in.until_on = date_iso(d->arena, until);
	in.sealed = seal_put(d->arena, c->r.seal, label, c->order);
	if (sql_hold_renew(d->db, &in, e) < 0)
		return -1;
	return DESK_AUDIT(d, AUDIT_HOLD_RENEWED, c->r.row.reference, e,
		AD("until", in.until_on));
}

/* What was approved goes on where it stopped. */
static int go_on(struct desk *d, int64_t request_id, struct err *e)
{
	struct sql_hold_waiting_in in = { request_id };
	struct sql_hold_waiting_rows rows;

	if (sql_hold_waiting(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (desk_job(d,
			    str_eq(rows.at[i].target, STR("system")) ? JOB_ERASE
								     : JOB_TELL,
			    rows.at[i].id, desk_now(d), e))
			return -1;
	return 0;
}

/* 1; 0 when somebody else was faster.  Another hold on the same person keeps the
 * data as it is. */
static int end_hold(
	struct desk *d, const struct record *r, const char *how, struct err *e)
{
	struct sql_hold_end_in in = { r->row.id, desk_now(d) };
	int64_t n = sql_hold_end(d->db, &in, e);
	int is_on;

	if (n <= 0)
		return (int)n;
	is_on = hold_is_on(d, r->row.id, e);
	if (is_on < 0 || (!is_on && (record_release(d, r, REASON_HOLD, e) ||
					    go_on(d, r->row.id, e))))
		return -1;
	return DESK_AUDIT(
		       d, AUDIT_HOLD_ENDED, r->row.reference, e, AD("how", how))
		       ? -1
		       : 1;
}

static int lift(struct desk *d, void *ctx, struct err *e)
{
	struct holding *c = ctx;
	int rc;

	if (open_case(d, c, e))
		return -1;
	rc = end_hold(d, &c->r, "staff lifted it", e);
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
		struct record r;
		int rc;

		if (record_by_id(d, rows.at[i].request_id, &r, e) != 1 ||
			record_lock(d, &r, e))
			return -1;
		rc = end_hold(d, &r, "its last day passed", e);
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
