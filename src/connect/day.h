#ifndef CONNECT_DAY_H
#define CONNECT_DAY_H

#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"

/*
 * The day that a value of a system tells, as databases write one: an instant, a
 * day, a day with a time of no zone, or seconds or milliseconds since 1970; an
 * instant is in Pacific time.  False: no day can be told from it.
 */
bool day_of(str text, struct date *out);

#endif
