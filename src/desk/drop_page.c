/*
 * The State's lists as pages show them: little to read for the queue, counts of a
 * session's items for its picture.
 */
#include "desk/drop_page.h"

#include <ctype.h>

#include "desk/config.h"
#include "desk/drop_session.h"
#include "desk/setting.h"
#include "law/deadline.h"
#include "store/sql.h"

bool drop_is_shown(const struct desk *d)
{
	return drop_is_set_up(d) && desk_may(d, PERM_SEE_DROP);
}

str drop_figure(struct arena *a, int64_t n)
{
	char digits[32];
	struct buf b = buf_in(a, sizeof digits * 2);
	int len = snprintf(
		digits, sizeof digits, "%lld", (long long)(n < 0 ? -n : n));

	if (n < 0)
		buf_putc(&b, '-');
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			buf_putc(&b, ',');
		buf_putc(&b, digits[i]);
	}
	return buf_str(&b);
}

/* --- the row of the queue --- */

static str capital(struct arena *a, str s)
{
	char *out = arena_cstr(a, s);

	if (s.n)
		out[0] = (char)toupper((unsigned char)out[0]);
	return (str){ out, s.n };
}

static void fill_dates(
	struct desk *d, struct date from, struct date due, struct drop_row *out)
{
	out->due_on = due;
	out->days_left = date_between(desk_today(d), due);
	out->days = date_between(from, due);
	out->day = date_between(from, desk_today(d));
	if (out->day > out->days)
		out->day = out->days;
	out->urgency = urgency_of(out->days_left);
}

/* The next access, once its first alarm rings. */
static int fill_access(struct desk *d, struct drop_row *out, struct err *e)
{
	struct sql_drop_access_last_in in = { drop_source(d) };
	struct sql_drop_access_last_row last;
	enum drop_alarm alarm;
	struct date on;

	if (sql_drop_access_last(d->db, d->arena, &in, &last, e) < 0)
		return -1;
	if (!date_parse(last.opened_on, &on))
		return 0;
	fill_dates(d, on, drop_access_due(on).on, out);
	alarm = drop_alarm_of(out->days_left);
	out->is_there = alarm != DROP_ALARM_NONE;
	out->title = "Next access";
	out->next = capital(d->arena, str_of(drop_alarm_words(alarm)));
	out->is_staffs = alarm == DROP_ALARM_LATE;
	return 0;
}

/* The worker carries out what matched only when it was told to, or approved. */
static int waits_for_staff(
	struct desk *d, int64_t approved_at, bool *out, struct err *e)
{
	struct settings s;

	if (settings_load(d, &s, e))
		return -1;
	*out = !approved_at && !config_flag(s.drop_acts);
	return 0;
}

static int needs_person(
	struct desk *d, const struct drop_cycle *c, bool *out, struct err *e)
{
	if (waits_for_staff(d, c->approved_at, out, e))
		return -1;
	*out = c->problem.n || c->state == DROP_STATE_UPLOADED ||
	       (c->state == DROP_STATE_MATCHED && *out);
	return 0;
}

static int fill_session(struct desk *d, const struct drop_cycle *c,
	struct drop_row *out, struct err *e)
{
	int done = (int)c->state - DROP_STATE_PREPARING;

	if (needs_person(d, c, &out->is_staffs, e))
		return -1;
	fill_dates(d, c->opened_on, c->act_by, out);
	out->is_there = true;
	out->cycle_id = c->id;
	out->title = drop_state_title(c->state);
	out->items = c->items;
	out->next = capital(d->arena, str_of(drop_state_next(c->state)));
	out->problem = c->problem;
	out->steps_done = done < 0 ? 0 : done;
	return 0;
}

/* Somebody came back and waits to be deleted again: at least every 45 days (Civ.
 * Code 1798.99.86(d)). */
static int fill_screening(struct desk *d, const struct drop_cycle *c,
	const struct sql_drop_pass_open_screen_row *open, struct drop_row *out,
	struct err *e)
{
	struct date from = date_pacific(open->matched_at);
	const struct clock_row *act = clock_row_for(CLOCK_ACT, KIND_DROP, from);

	must(act);
	fill_dates(d, from, date_add(from, act->count), out);
	out->is_there = true;
	out->cycle_id = c->id;
	out->title = "Screened";
	out->next = STR("Look at who came back, and act");
	out->steps_done = DROP_ROW_STEPS - 1;
	return waits_for_staff(d, open->approved_at, &out->is_staffs, e);
}

int drop_row(struct desk *d, struct drop_row *out, struct err *e)
{
	struct sql_drop_pass_open_screen_row open;
	struct drop_cycle c;
	int rc;

	*out = (struct drop_row){ 0 };
	if (!drop_is_shown(d))
		return 0;
	rc = drop_session_newest(d, &c, e);
	if (rc < 0)
		return -1;
	if (rc && c.state != DROP_STATE_CLOSED)
		return fill_session(d, &c, out, e);
	rc = sql_drop_pass_open_screen(d->db, d->arena, &open, e);
	if (rc < 0)
		return -1;
	return rc && open.matched_at ? fill_screening(d, &c, &open, out, e)
				     : fill_access(d, out, e);
}

/* --- the way of a session's items --- */

static enum drop_end end_of(const struct drop_tally_row *r)
{
	if (r->is_revoked)
		return DROP_END_WITHDRAWN;
	switch (r->status) {
	case DROP_STATUS_EXEMPTED:
		return DROP_END_EXEMPTED;
	case DROP_STATUS_DELETED:
		return DROP_END_DELETED;
	case DROP_STATUS_OPTED_OUT:
		return DROP_END_OPTED_OUT;
	case DROP_STATUS_NOT_FOUND:
		return DROP_END_NOT_FOUND;
	default:
		return DROP_END_OPEN;
	}
}

/* An item that is asked for anew keeps its status until it was looked at. */
static enum drop_met met_of(const struct drop_tally_row *r)
{
	enum drop_end end = end_of(r);

	if (end == DROP_END_WITHDRAWN)
		return DROP_MET_WITHDRAWN;
	if (end == DROP_END_NOT_FOUND)
		return DROP_MET_NOBODY;
	if (r->people > 1 || end == DROP_END_OPTED_OUT)
		return DROP_MET_SEVERAL;
	return r->people || end != DROP_END_OPEN ? DROP_MET_ONE : DROP_MET_OPEN;
}

static void add_way(struct drop_way *w, const struct drop_tally_row *r)
{
	enum drop_met met = met_of(r);
	enum drop_end end = end_of(r);
	bool is_sent = r->status && r->status == r->sent_status;
	enum drop_answered told = r->is_revoked ? DROP_ANSWERED_NOTHING_OWED
				  : is_sent     ? DROP_ANSWERED_YES
						: DROP_ANSWERED_NO;
	struct drop_way_list *l;

	l = &w->of[r->list];
	w->came += r->n;
	w->met[met][end] += r->n;
	w->told[end][told] += r->n;
	l->came += r->n;
	l->met[met] += r->n;
	l->end[end] += r->n;
	l->told += told == DROP_ANSWERED_YES ? r->n : 0;
}

void drop_way_of(const struct drop_cycle_view *v, struct drop_way *out)
{
	const struct drop_tally *t = v->tally;

	*out = (struct drop_way){ 0 };
	for (size_t i = 0; i < t->n; i++)
		if (t->at[i].cycle_id == v->cycle.id)
			add_way(out, &t->at[i]);
}

/* --- what a button does --- */

static int wake(struct desk *d, void *ctx, struct err *e)
{
	(void)ctx;
	return desk_job(d, JOB_DROP, 0, desk_now(d), e);
}

int drop_go_on(struct desk *d, struct err *e)
{
	if (desk_need(d, PERM_DROP, e))
		return -1;
	return desk_write(d, wake, NULL, e);
}

static int approve(struct desk *d, void *ctx, struct err *e)
{
	return drop_approve(d, e) || wake(d, ctx, e) ? -1 : 0;
}

int drop_approve_seen(struct desk *d, int64_t cycle_id, struct err *e)
{
	struct drop_cycle c;
	int rc;

	if (desk_need(d, PERM_DROP, e))
		return -1;
	rc = drop_session_newest(d, &c, e);
	if (rc < 0)
		return -1;
	if (!rc || c.id != cycle_id)
		return err_set(
			e, ERR_CONFLICT, "another session was begun meanwhile");
	return desk_write(d, approve, NULL, e);
}
