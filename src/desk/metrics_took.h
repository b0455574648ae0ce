#ifndef DESK_METRICS_TOOK_H
#define DESK_METRICS_TOOK_H

#include "desk/metrics.h"

/*
 * What the files of the numbers share: how many days answers took.  Internal to
 * metrics*.c.
 */
struct took {
	int64_t days;
	int64_t n; /* answers that took so many */
};

/* hour: since 1970, UTC.  Pacific time is whole hours from it, so all of an hour is on
 * one day. */
struct took took_of(str received_on, int64_t hour, int64_t n);
/* Median and mean of them, which are sorted; none: stays as it is. */
void took_sum_up(struct took *t, size_t n, struct metrics_line *l);

struct metrics_line *metrics_line_of(struct metrics *m, enum kind kind);

struct metrics_days {
	str from; /* of the year: "2026-01-01" */
	str to;
	const struct took *deletes; /* of the direct requests to delete */
	size_t deletes_n;
};
/* Adds lines where a session was opened in the year. */
int metrics_drop(struct desk *d, const struct metrics_days *days,
	struct metrics *m, struct err *e);

#endif
