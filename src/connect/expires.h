#ifndef CONNECT_EXPIRES_H
#define CONNECT_EXPIRES_H

#include "base/arena.h"
#include "base/date.h"
#include "connect/map.h"

/*
 * How long the map says that rows are kept (struct map_expires): no longer than
 * is reasonably necessary for what they were collected for (11 CCR 7002; Civ. Code
 * 1798.100(a)(3)).
 */

/* "24 months", "1 day" */
str expires_words(struct arena *a, const struct map_expires *x);

/* The last day that a row is kept whose time began on this one. */
struct date expires_last_day(const struct map_expires *x, struct date from);

/*
 * The day that a row's time is counted from, as day_certain() tells it; false: none can be
 * told, and the row stays.
 */
bool expires_day(const struct map_expires *x, str text, struct date *out);

/* "24 months", as the map has it; false: it is no such time. */
bool expires_read(str text, struct map_expires *out);

#endif
