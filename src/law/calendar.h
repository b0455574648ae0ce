#ifndef LAW_CALENDAR_H
#define LAW_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

struct err;

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
 * Holidays are known for these whole years; counting past them is an error, never
 * a guess.
 */
int calendar_first_year(void);
int calendar_last_year(void);

/*
 * What `toyon doctor` says in a year: the table reaches on, ends next year
 * (foretold a year ahead), or with this year, so that dates of today can't be
 * counted any more in its last weeks.
 */
enum calendar_outlook { CALENDAR_REACHES, CALENDAR_ENDS_SOON, CALENDAR_ENDS };
enum calendar_outlook calendar_outlook(int year);

/*
 * The n-th business day after `from`; `from` itself is day 0 whatever day it
 * is.  n >= 0; n = 0 gives `from`.  ERR_LIMIT when a day on the way lies
 * outside the years of the table.
 */
int business_day_add(enum calendar c, struct date from, int n, struct date *out,
	struct err *e);

/* Whether `day`, which lies in the years of the table, is a business day. */
bool business_day_is(enum calendar c, struct date day);

#endif
