#ifndef CONNECT_DAY_H
#define CONNECT_DAY_H

#include <stdbool.h>

#include "base/date.h"
#include "base/str.h"

/*
 * The day that a value of a system tells, as databases write one: an instant, a
 * day, a day with a time of no zone, or seconds or milliseconds since 1970; an
 * instant, which has a zone ("Z", "UTC", "+00", "-10:00"), is in Pacific time.  False: no day can be told from it.
 */
bool day_of(str text, struct date *out);

/*
 * The same for who deletes by it, where a wrong day is worse than none: a number counts what
 * the caller says (so many milliseconds each since 1970; 0: a number is no day), nothing may
 * stand behind a day but a time, and a day before 2000 is what systems write for "never".
 */
bool day_certain(str text, int number_ms, struct date *out);

#endif
