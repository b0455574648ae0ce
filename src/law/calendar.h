#ifndef LAW_CALENDAR_H
#define LAW_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

/*
 * "Business day" is not defined by the CCPA.  Four readings can be defended;
 * the desk keeps the earliest date of W6G and W5, and shows the latest, W5S,
 * to staff only (see README.md).
 */
enum calendar {
#define CALENDAR(name, ...) CALENDAR_##name,
#include "law/tbl/calendars.h"
	CALENDAR_END,
};

struct calendar_row {
	enum calendar calendar;
	const char *name; /* "W6G" */
	const char *title;
	bool has_saturdays; /* Saturday is a business day */
	unsigned holidays;  /* HOLIDAY_GOV, HOLIDAY_STATE; 0 for none */
	const char *citation;
};

/* Which list a holiday is on. */
enum {
	HOLIDAY_GOV = 1,   /* Gov. Code 6700 */
	HOLIDAY_STATE = 2, /* state offices closed, Gov. Code 19853 */
};

struct holiday {
	struct date on; /* as observed: moved by Gov. Code 6701 where it is */
	unsigned lists;
	const char *name;
};

const struct calendar_row *calendar_row(enum calendar c);

/* The holidays in order of date. */
size_t holiday_count(void);
const struct holiday *holiday_at(size_t i);

/*
 * Holidays are known for these whole years.  Beyond them business days are counted as
 * though there were none: no date comes too late by that, and no request goes without
 * one (business_day_add()).
 */
int calendar_first_year(void);
int calendar_last_year(void);

struct date calendar_last_day(void); /* of the last of them */

/*
 * What `toyon doctor` says in a year: the table reaches on, ends next year
 * (foretold a year ahead), or with this year, so that dates of its last weeks are
 * counted without the holidays after it.
 */
enum calendar_outlook { CALENDAR_REACHES, CALENDAR_ENDS_SOON, CALENDAR_ENDS };
enum calendar_outlook calendar_outlook(int year);

/*
 * The n-th business day after `from`; `from` itself is day 0 whatever day it
 * is.  n >= 0; n = 0 gives `from`.  false when a day on the way lies outside the
 * years of the table: its holidays are not known and were counted as business days,
 * so that *out is the true day or an earlier one, and safe to act on.
 */
bool business_day_add(
	enum calendar c, struct date from, int n, struct date *out);

/* Whether `day` is a business day; outside of the table no day is a holiday. */
bool business_day_is(enum calendar c, struct date day);

#endif
