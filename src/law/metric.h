#ifndef LAW_METRIC_H
#define LAW_METRIC_H

#include <stddef.h>

#include "law/kind.h"

/*
 * The numbers that have to be published of a calendar year's requests.
 */
enum {
	METRIC_LARGE = 1, /* 11 CCR 7102: 10 million consumers */
	METRIC_BROKER = 2 /* Civ. Code 1798.99.85: a data broker, of any size */
};

struct metric {
	const char *code; /* "median-days" */
	unsigned kinds;   /* KIND_BIT()s it is counted for */
	unsigned by;      /* METRIC_*: who has to */
	const char *title;
	const char *citation;
	struct valid valid;
};

size_t metric_count(void);
const struct metric *metric_at(size_t i);
/* Has who is `by` (METRIC_* bits; 0: neither) to publish it for that kind? */
bool metric_is_owed(const struct metric *m, enum kind kind, unsigned by);
/* The last day to publish the numbers of `year`. */
struct date metrics_due(int year);

#endif
