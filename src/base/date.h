#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* A day in the proleptic Gregorian calendar; {0} is "no date". */
struct date {
	int year;
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

enum weekday { SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY };

bool date_is_valid(struct date d); /* years 1900 to 2200 */
bool date_is_none(struct date d);
int date_cmp(struct date a, struct date b);
int64_t date_days(struct date d); /* since 1970-01-01 */
struct date date_of_days(int64_t days);
struct date date_add(struct date d, int days);
/* Same day n months on; the last of the month when it has no such day. */
struct date date_add_months(struct date d, int months);
int date_between(struct date from, struct date to); /* to - from, in days */
enum weekday date_weekday(struct date d);
int date_month_length(int year, int month);

bool date_parse(str iso, struct date *out); /* "2027-01-05", nothing else */
/* "No date" is the empty str. */
str date_iso(struct arena *a, struct date d);   /* "2027-01-05" */
str date_words(struct arena *a, struct date d); /* "January 5, 2027" */
str date_short(struct arena *a, struct date d); /* "Jan 5" */

/*
 * Instants are milliseconds since 1970-01-01T00:00Z, 0 for "never".  The law's
 * days are days in California: Pacific time, with daylight time from the second
 * Sunday in March to the first Sunday in November, at 2 a.m. (15 U.S.C. 260a).
 * That rule holds since 2007; here it is used for the years before, too.
 */
struct date date_pacific(int64_t at_ms);
int pacific_offset_s(int64_t at_ms); /* -28800 or -25200 */
/* The first instant of a Pacific day. */
int64_t pacific_midnight_ms(struct date d);

/* "2026-11-21T21:04:05Z"; "never" is the empty str, in the words below too. */
str instant_rfc3339(struct arena *a, int64_t at_ms);
/* "2026-11-21T21:04:05.678Z" in the caller's memory of INSTANT_SIZE. */
enum { INSTANT_SIZE = 32 };
str instant_on(char *space, size_t size, int64_t at_ms);
/*
 * "2026-11-21T21:04[:05[.678]]" with "Z" or "+hh:mm"; of a longer fraction the
 * rest is dropped.  False also for 1970-01-01T00:00Z, which would be "never".
 */
bool instant_parse(str s, int64_t *at_ms);
str instant_words(
	struct arena *a, int64_t at_ms); /* "November 21, 1:04 p.m." Pacific */
/* For what is read years later: "November 21, 2026, 1:04 p.m.", Pacific too. */
str instant_words_year(struct arena *a, int64_t at_ms);

#endif
