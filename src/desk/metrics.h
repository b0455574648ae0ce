#ifndef DESK_METRICS_H
#define DESK_METRICS_H

#include "desk/desk.h"
#include "law/deny.h"
#include "law/metric.h"

/*
 * The numbers of a calendar year (11 CCR 7102; Civ. Code 1798.99.85): of the
 * requests received in it, how they ended by now, and how many days the answer
 * took.  Counted anew each time: a request of December is answered in February.
 * What came through the State's platform is counted by its items: where there was
 * a session, a line of its own and one of all deletions together.  They need no person: what is counted outlives the 24 months of the record.
 */
enum { METRIC_BUCKETS = DENIED_OTHER + 1, METRICS_LINES_MAX = 16 };

struct metrics_line {
	const char *title; /* "Know": both kinds of it are one */
	enum kind kind;    /* the first of them */
	int64_t received;
	int64_t complied; /* in whole or in part; also that nothing is held */
	int64_t denied;
	int64_t denied_by[METRIC_BUCKETS];
	int64_t ended; /* withdrawn, or never confirmed */
	int64_t open;
	/* Tenths of a day; -1: none was answered. */
	int64_t median;
	int64_t mean;
};

struct metrics {
	int year;
	int first_year; /* the earliest that there is something of */
	struct date publish_by;
	struct metrics_line line[METRICS_LINES_MAX];
	size_t n;
};

/* PERM_SEE_METRICS.  A year without requests has lines of zeros; ERR_INVALID for
 * one that is none. */
int metrics_load(struct desk *d, int year, struct metrics *out, struct err *e);

/*
 * The same for everybody, where the business publishes them (setting publishes): of a
 * year that is over.  1; 0 when there is nothing to publish; ERR_TOO_MANY.
 */
int metrics_published(
	struct desk *d, int year, str peer, struct metrics *out, struct err *e);

/* The value of a row of the law's table: "41", "9", "8.5"; empty when there is
 * nothing to count. */
str metrics_value(
	struct arena *a, const struct metrics_line *l, const struct metric *m);
/* Can this program count it? */
bool metrics_knows(const struct metric *m);

#endif
