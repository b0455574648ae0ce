/*
 * All of the State's lists at a glance: when they are to be accessed next, what is late and
 * what that may cost, what the platform was not told yet, and accesses that failed.
 */
#include "desk/drop_session.h"

#include "desk/drop_page.h"
#include "law/deadline.h"
#include "store/sql.h"

enum { OUTAGES = 100 };

/* --- outages --- */

int drop_outages(
	struct desk *d, size_t first, struct drop_outages *out, struct err *e)
{
	struct sql_drop_outage_list_in in = { (int64_t)first };
	struct sql_drop_outage_list_rows rows;

	if (desk_need(d, PERM_SEE_DROP, e) ||
		sql_drop_outage_list(d->db, d->arena, &in, &rows, e))
		return -1;
	out->n = rows.n;
	out->at = arena_many(d->arena, struct drop_outage, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		out->at[i] = (struct drop_outage){
			.id = rows.at[i].id,
			.from_at = rows.at[i].from_at,
			.last_at = rows.at[i].last_at,
			.to_at = rows.at[i].to_at,
			.tries = (int)rows.at[i].tries,
			.fault = rows.at[i].fault,
			.said = rows.at[i].said,
			.problem = rows.at[i].problem,
			.notice_at = rows.at[i].notice_at,
			.notice_note = rows.at[i].notice_note,
		};
		date_parse(rows.at[i].notice_by, &out->at[i].notice_by);
	}
	return 0;
}

/* --- the overview --- */

/*
 * $200 for each request and day late.  The platform gives identifiers, and one
 * consumer may stand behind several: so this is the most it can be.
 */
static int read_late(struct desk *d, const struct drop_tally *t,
	struct drop_overview *o, struct err *e)
{
	struct date today = desk_today(d);
	struct sql_drop_tally_late_in in = { date_iso(d->arena, today) };
	struct sql_drop_tally_late_rows rows;

	if (sql_drop_tally_late(d->db, d->arena, &in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++) {
		struct date by;
		int64_t n = 0;

		if (!date_parse(rows.at[i].act_by, &by))
			continue;
		for (size_t k = 0; k < t->n; k++)
			if (t->at[k].cycle_id == rows.at[i].id &&
				!t->at[k].is_revoked && !t->at[k].sent_status)
				n += t->at[k].n;
		o->late_items += n;
		o->exposure_usd +=
			n * date_between(by, today) * LIMIT_DROP_USD_A_DAY;
	}
	return 0;
}

static void count_unsent(const struct drop_tally *t, struct drop_overview *o)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct drop_tally_row *r = &t->at[i];

		if (r->is_revoked || !r->status || r->status == r->sent_status)
			continue;
		*(r->sent_status ? &o->unsent_amends : &o->unsent_fresh) +=
			r->n;
	}
}

static int read_open_ends(
	struct desk *d, struct drop_overview *o, struct err *e)
{
	struct sql_drop_pass_open_screen_row screen;
	struct sql_drop_pass_last_row last;
	struct drop_outages out;
	int rc = sql_drop_pass_open_screen(d->db, d->arena, &screen, e);

	if (rc < 0 || sql_drop_pass_last(d->db, d->arena, &last, e) < 0 ||
		drop_outages(d, OUTAGES, &out, e))
		return -1;
	o->is_screen_open = rc && screen.matched_at;
	o->screened_at = last.matched_at;
	for (size_t i = 0; i < out.n; i++) {
		o->outages_open += !out.at[i].to_at;
		o->notices_due += !date_is_none(out.at[i].notice_by) &&
				  !out.at[i].notice_at;
	}
	return 0;
}

/* The access that counts is the one that got the lists, or word that there is
 * nothing new.  A row of the law that comes later may shorten what runs. */
static int read_cadence(struct desk *d, struct drop_overview *o, struct err *e)
{
	struct sql_drop_access_last_in in = { drop_source(d) };
	struct sql_drop_access_last_row last;
	struct date on;

	if (sql_drop_access_last(d->db, d->arena, &in, &last, e) < 0)
		return -1;
	if (!date_parse(last.opened_on, &on)) {
		o->is_first_due = o->is_set_up;
		return 0;
	}
	o->next_by = drop_access_due(on).on;
	o->days_left = date_between(desk_today(d), o->next_by);
	o->alarm = drop_alarm_of(o->days_left);
	return 0;
}

static int overview(struct desk *d, enum drop_as as, struct drop_overview *out,
	struct err *e)
{
	struct drop_tally tally;
	int rc;

	*out = (struct drop_overview){
		.is_set_up = drop_is_set_up(d),
		.is_sandbox = drop_is_sandbox(d),
		.next = STR("ask the platform for the lists"),
	};
	if (desk_need(d, PERM_SEE_DROP, e))
		return -1;
	rc = drop_session_newest(d, &out->cycle, e);
	if (rc < 0 || drop_tally_read(d, as, &tally, e) ||
		read_cadence(d, out, e) || read_late(d, &tally, out, e) ||
		read_open_ends(d, out, e))
		return -1;
	out->counted_at = tally.counted_at;
	drop_tally_counts(&tally, 0, &out->counts);
	count_unsent(&tally, out);
	out->has_cycle = rc == 1;
	if (out->has_cycle)
		out->next = str_of(drop_state_next(out->cycle.state));
	return 0;
}

int drop_overview(struct desk *d, struct drop_overview *out, struct err *e)
{
	return overview(d, DROP_AS_IS, out, e);
}

int drop_overview_page(struct desk *d, struct drop_overview *out, struct err *e)
{
	return overview(d, DROP_AS_COUNTED, out, e);
}
