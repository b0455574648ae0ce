#include "desk/reminder.h"

#include "base/base.h"
#include "law/deadline.h"

static int add(struct desk *d, str day, struct reminder r, const char *clock,
	struct reminders *out, struct err *e)
{
	const struct clock_row *row = clock_by_id(str_of(clock));
	struct deadline end;

	must(row && out->n < REMINDERS_MAX);
	r.citation = row->citation;
	r.has_day = date_parse(day, &r.day);
	if (r.has_day) {
		if (clock_end(row, r.day, &end, e))
			return -1;
		r.due = end.on;
		r.days_left = date_between(desk_today(d), r.due);
	}
	out->at[out->n++] = r;
	return 0;
}

int reminders_of(struct desk *d, const struct settings *s,
	struct reminders *out, struct err *e)
{
	out->n = 0;
#define REMINDER(day, clock, check, is_owed, was, wanted)   \
	if ((s->day.n || (is_owed)) &&                      \
		add(d, s->day,                              \
			(struct reminder){ .setting = #day, \
				.title = check,             \
				.done = was,                \
				.to_do = wanted },          \
			clock, out, e))                     \
		return -1;
#include "desk/tbl/reminders.h"
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
