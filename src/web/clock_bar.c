/*
 * Places on the bar, and the sentence that says the same.
 */
#include "web/clock_bar.h"

#include "base/base.h"
#include "base/buf.h"

enum {
	START = 8,
	LENGTH = 740,
	EDGE = 60, /* nearer to an end a label stands to one side */
	SENTENCE_MAX = 600,
};

struct scale {
	struct date from;
	int days;
};

static int x_of(const struct scale *s, struct date d)
{
	int day = date_between(s->from, d);

	if (day < 0)
		day = 0;
	if (day > s->days)
		day = s->days;
	return START + LENGTH * day / s->days;
}

static const char *anchor_of(int x)
{
	if (x < START + EDGE)
		return "start";
	return x > START + LENGTH - EDGE ? "end" : "middle";
}

static struct clock_mark *put_mark(
	struct clock_bar *b, int x, const char *title)
{
	struct clock_mark *m = &b->marks.at[b->marks.n++];

	must(b->marks.n <= CLOCK_MARKS_MAX);
	*m = (struct clock_mark){
		.x = x, .anchor = anchor_of(x), .title = str_of(title)
	};
	return m;
}

static str with_day(struct arena *a, struct date from, struct date d)
{
	return arena_fmt(a, "%.*s · day %d", STR_ARG(date_short(a, d)),
		date_between(from, d));
}

static void put_marks(struct arena *a, const struct clock_dates *d,
	const struct scale *s, struct clock_bar *b)
{
	struct clock_mark *m = put_mark(b, START, "Received");

	m->text = date_short(a, d->received_on);
	if (!date_is_none(d->confirm_by)) {
		bool is_done = !date_is_none(d->confirmed_on);

		m = put_mark(b, x_of(s, d->confirm_by),
			is_done ? "Receipt confirmed" : "Confirm receipt");
		m->anchor = "start"; /* "Received" stands left of it */
		m->text =
			is_done ? arena_fmt(a, "%.*s · limit %.*s",
					  STR_ARG(date_short(
						  a, d->confirmed_on)),
					  STR_ARG(date_short(a, d->confirm_by)))
				: arena_fmt(a, "by %.*s",
					  STR_ARG(date_short(
						  a, d->confirm_by)));
	}
	if (!date_is_none(d->first_due_on)) {
		m = put_mark(b, x_of(s, d->first_due_on), "Extended from");
		m->text = with_day(a, d->received_on, d->first_due_on);
	}
	m = put_mark(b, x_of(s, d->due_on), "Answer due");
	m->text = with_day(a, d->received_on, d->due_on);
	m->is_due = true;
	if (b->is_extendable) {
		m = put_mark(b, x_of(s, d->extendable_to), "If extended");
		m->text = with_day(a, d->received_on, d->extendable_to);
	}
}

static void put_date(struct arena *a, struct buf *b, const char *before,
	struct date d, const char *after)
{
	buf_puts(b, before);
	buf_put(b, date_words(a, d));
	buf_puts(b, after);
}

static str sentence_of(struct arena *a, const struct clock_dates *d,
	const struct clock_bar *bar)
{
	struct buf b = buf_in(a, SENTENCE_MAX);

	put_date(a, &b, "Received ", d->received_on, ". ");
	if (!date_is_none(d->confirmed_on))
		put_date(a, &b, "Receipt confirmed ", d->confirmed_on, ". ");
	else if (!date_is_none(d->confirm_by))
		put_date(a, &b, "Receipt to be confirmed by ", d->confirm_by,
			". ");
	buf_put(&b, bar->now);
	buf_fmt(&b, ". ");
	put_date(a, &b, "Answer due ", d->due_on, "");
	buf_fmt(&b, ", day %d.", date_between(d->received_on, d->due_on));
	if (bar->is_extendable)
		put_date(a, &b, " With an extension, ", d->extendable_to, ".");
	if (!date_is_none(d->first_due_on))
		put_date(a, &b, " Extended from ", d->first_due_on, ".");
	return buf_str(&b);
}

void clock_bar_draw(
	struct arena *a, const struct clock_dates *d, struct clock_bar *out)
{
	bool is_closed = !date_is_none(d->closed_on);
	struct date now = is_closed ? d->closed_on : d->today;
	struct scale s = { .from = d->received_on };
	int due_x;

	*out = (struct clock_bar){ .start_x = START };
	out->is_extendable = date_cmp(d->extendable_to, d->due_on) > 0;
	s.days = date_between(d->received_on,
		out->is_extendable ? d->extendable_to : d->due_on);
	if (s.days < 1)
		s.days = 1;
	due_x = x_of(&s, d->due_on);
	out->due_width = due_x - START;
	out->now_x = x_of(&s, now);
	out->now_anchor = anchor_of(out->now_x);
	out->is_late = date_cmp(now, d->due_on) > 0;
	out->done_width = (out->is_late ? due_x : out->now_x) - START;
	out->late_x = due_x;
	out->late_width = out->is_late ? out->now_x - due_x : 0;
	out->dash_x = due_x + 4;
	out->dash_end_x = START + LENGTH;
	out->now = arena_fmt(a, "%s, day %d", is_closed ? "Answered" : "Today",
		date_between(d->received_on, now));
	put_marks(a, d, &s, out);
	out->sentence = sentence_of(a, d, out);
}
