#include "desk/reminder.h"

#include "base/base.h"
#include "connect/map.h"
#include "desk/notice.h"
#include "law/calendar.h"
#include "law/deadline.h"

static void add(struct desk *d, str day, struct reminder r, const char *clock,
	struct reminders *out)
{
	const struct clock_row *row = clock_by_id(str_of(clock));

	must(row && out->n < REMINDERS_MAX);
	r.citation = row->citation;
	r.has_day = date_parse(day, &r.day);
	if (r.has_day) {
		r.due = clock_end(row, r.day).on;
		r.days_left = date_between(desk_today(d), r.due);
	}
	out->at[out->n++] = r;
}

/* The vendor whose year ends first: who never looks may not plead that it did not know
 * (11 CCR 7051(e), 7053).  One that nobody ever looked at has no day to be reminded of. */
static void add_vendor_look(struct desk *d, struct reminders *out)
{
	const struct map_vendor *first = NULL;
	struct err unreadable;
	struct map m;

	if (!d->data_map || map_read(d->arena, d->data_map, &m, &unreadable))
		return;
	for (size_t i = 0; i < m.vendors_n; i++) {
		const struct map_vendor *v = &m.vendors[i];

		if (!date_is_none(v->looked_on) &&
			(!first ||
				date_cmp(v->looked_on, first->looked_on) < 0))
			first = v;
	}
	if (!first)
		return;
	add(d, date_iso(d->arena, first->looked_on),
		(struct reminder){ .title = "vendors",
			.done = "somebody looked",
			.to_do = arena_cstr(d->arena,
				arena_fmt(d->arena,
					"Look at what %.*s does with the data",
					STR_ARG(first->title))) },
		"vendor-look-12m", out);
}

/* A policy that was published here says itself since when it holds: its day counts when
 * it is the later one. */
static int put_published(struct desk *d, struct settings *s, struct err *e)
{
	const struct notice_version *v;
	struct notice_versions all;
	struct date said;

	if (notice_versions(d, &all, e))
		return -1;
	v = notice_in_force(&all, NOTICE_POLICY, desk_today(d));
	if (v && (!date_parse(s->policy_on, &said) ||
			 date_cmp(v->from, said) > 0))
		s->policy_on = date_iso(d->arena, v->from);
	return 0;
}

int reminders_of(struct desk *d, const struct settings *said,
	struct reminders *out, struct err *e)
{
	struct settings now = *said;
	const struct settings *s = &now;

	out->n = 0;
	if (put_published(d, &now, e))
		return -1;
#define REMINDER(day, clock, check, is_owed, was, wanted)   \
	if (s->day.n || (is_owed))                          \
		add(d, s->day,                              \
			(struct reminder){ .setting = #day, \
				.title = check,             \
				.done = was,                \
				.to_do = wanted },          \
			clock, out);
#include "desk/tbl/reminders.h"
	add_vendor_look(d, out);
	return 0;
}

bool reminder_is_due(const struct reminder *r)
{
	return !r->has_day || r->days_left <= REMINDER_DAYS;
}

str reminder_words(struct arena *a, const struct reminder *r)
{
	if (!r->has_day)
		return arena_fmt(a,
			"Nobody said when %s: toyon setting %s DAY (%s)",
			r->done, r->setting, r->citation);
	return arena_fmt(a, "%s %s %.*s: on %.*s %s (%s)", r->to_do,
		r->days_left < 0 ? "now, it was due on" : "by",
		STR_ARG(date_words(a, r->due)), STR_ARG(date_words(a, r->day)),
		r->done, r->citation);
}

str reminder_of_holidays(struct arena *a, struct date today)
{
	enum { FORETOLD_DAYS = 61 };
	struct date last = calendar_last_day();

	if (date_between(today, last) > FORETOLD_DAYS)
		return STR("");
	return arena_fmt(a,
		"Install a newer version: this one knows no holidays after "
		"%.*s. Business days after it are counted without holidays, so "
		"that no date is too late",
		STR_ARG(date_words(a, last)));
}
