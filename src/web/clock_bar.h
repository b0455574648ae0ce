#ifndef WEB_CLOCK_BAR_H
#define WEB_CLOCK_BAR_H

#include "base/arena.h"
#include "base/date.h"

/*
 * The clock of a case as a bar: from receipt to the day the answer is due, on to
 * the day it could be extended to, with today (or the day it was answered) on
 * it.  Pure: dates in, places in a viewBox of 800 by 86 out.
 */
struct clock_dates {
	struct date received_on;
	struct date confirm_by;   /* {0}: receipt needs no confirmation */
	struct date confirmed_on; /* {0}: not yet */
	struct date due_on;
	struct date extendable_to; /* {0}: it can't be */
	struct date first_due_on;  /* {0}: not extended */
	struct date today;
	struct date closed_on; /* {0}: open */
};

struct clock_mark {
	int x;
	const char *anchor; /* text-anchor */
	str title;
	str text;
	bool is_due;
};

enum { CLOCK_MARKS_MAX = 4 };

/* What a template walks. */
struct clock_marks {
	struct clock_mark at[CLOCK_MARKS_MAX];
	size_t n;
};

struct clock_bar {
	int start_x;
	int due_width;  /* the bar from receipt to due */
	int done_width; /* how much of it has passed */
	int late_x;     /* passed after the due day, else late_width is 0 */
	int late_width;
	int now_x;
	const char *now_anchor;
	str now; /* "Today, day 24", "Answered, day 24" */
	bool is_extendable;
	int dash_x;
	int dash_end_x;
	bool is_late;
	struct clock_marks marks;
	str sentence; /* the same for those who don't see it */
};

void clock_bar_draw(
	struct arena *a, const struct clock_dates *d, struct clock_bar *out);

#endif
