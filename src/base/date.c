/*
 * Days and instants.  Days are counted from 1970-01-01 in years that begin in
 * March: the leap day is then the last of its year, and month lengths follow one
 * formula.  Calendar and Pacific time are computed, not asked of the machine: the
 * due dates of a request must not depend on its time zone files or TZ.
 */
#include "base/date.h"

#include <stdio.h>

#include "base/base.h"

enum {
	DAY_S = 86400,
	DAY_MS = DAY_S * 1000,
	ERA_YEARS = 400,
	ERA_DAYS = 146097,      /* in 400 Gregorian years */
	EPOCH_SHIFT = 719468,   /* from 0000-03-01 to 1970-01-01 */
	STANDARD_S = -8 * 3600, /* Pacific standard time */
	DAYLIGHT_S = -7 * 3600,
	YEAR_MIN = 1900,
	YEAR_MAX = 2200,
};

static const char *const months[] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	must(month >= 1 && month <= 12);
	return length[month - 1] + (month == 2 && is_leap(year));
}

bool date_is_valid(struct date d)
{
	return d.year >= YEAR_MIN && d.year <= YEAR_MAX && d.month >= 1 &&
	       d.month <= 12 && d.day >= 1 &&
	       d.day <= date_month_length(d.year, d.month);
}

bool date_is_none(struct date d)
{
	return !d.year && !d.month && !d.day;
}

int date_cmp(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

/* Days before the month, in a year that begins in March (0) and ends in
 * February (11): the lengths repeat 31 30 31 30 31. */
static int64_t days_before_month(int64_t from_march)
{
	return (153 * from_march + 2) / 5;
}

int64_t date_days(struct date d)
{
	int64_t year = d.month > 2 ? d.year : (int64_t)d.year - 1;
	int64_t era = floor_div(year, ERA_YEARS);
	int64_t in_era = year - era * ERA_YEARS;
	int64_t day = days_before_month((d.month + 9) % 12) + d.day - 1;

	day += in_era * 365 + in_era / 4 - in_era / 100;
	return era * ERA_DAYS + day - EPOCH_SHIFT;
}

struct date date_of_days(int64_t days)
{
	int64_t era = floor_div(days + EPOCH_SHIFT, ERA_DAYS);
	int64_t day = days + EPOCH_SHIFT - era * ERA_DAYS;
	int64_t year, month;

	/* Each term takes out the leap days before `day`: every 4 years, not
	 * every 100, and the last day of the era. */
	year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= year * 365 + year / 4 - year / 100;
	month = (5 * day + 2) / 153;
	return (struct date){
		.year = (int)(era * ERA_YEARS + year + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(day - days_before_month(month)) + 1,
	};
}

struct date date_add(struct date d, int days)
{
	return date_of_days(date_days(d) + days);
}

struct date date_add_months(struct date d, int n)
{
	int64_t month = (int64_t)d.year * 12 + d.month - 1 + n;
	int length;

	d.year = (int)floor_div(month, 12);
	d.month = (int)(month - (int64_t)d.year * 12) + 1;
	length = date_month_length(d.year, d.month);
	if (d.day > length)
		d.day = length;
	return d;
}

int date_between(struct date from, struct date to)
{
	return (int)(date_days(to) - date_days(from));
}

enum weekday date_weekday(struct date d)
{
	int64_t days = date_days(d) + THURSDAY; /* 1970-01-01 */

	return (enum weekday)(days - floor_div(days, 7) * 7);
}

/* Exactly n digits from *s on. */
static bool take_number(str *s, size_t n, int *out)
{
	*out = 0;
	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*out = *out * 10 + (s->p[i] - '0');
	}
	*s = str_from(*s, n);
	return true;
}

static bool take_char(str *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

static bool take_date(str *s, struct date *d)
{
	return take_number(s, 4, &d->year) && take_char(s, '-') &&
	       take_number(s, 2, &d->month) && take_char(s, '-') &&
	       take_number(s, 2, &d->day) && date_is_valid(*d);
}

bool date_parse(str iso, struct date *out)
{
	struct date d = { 0 };

	if (!take_date(&iso, &d) || iso.n)
		return false;
	*out = d;
	return true;
}

static const char *month_name(struct date d)
{
	must(d.month >= 1 && d.month <= 12);
	return months[d.month - 1];
}

str date_iso(struct arena *a, struct date d)
{
	if (date_is_none(d))
		return STR("");
	return arena_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

str date_words(struct arena *a, struct date d)
{
	if (date_is_none(d))
		return STR("");
	return arena_fmt(a, "%s %d, %d", month_name(d), d.day, d.year);
}

str date_short(struct arena *a, struct date d)
{
	if (date_is_none(d))
		return STR("");
	return arena_fmt(a, "%.3s %d", month_name(d), d.day);
}

static int64_t nth_sunday_days(int year, int month, int n)
{
	struct date first = { year, month, 1 };
	int to_sunday = (7 - (int)date_weekday(first)) % 7;

	return date_days(first) + to_sunday + 7 * (n - 1);
}

int pacific_offset_s(int64_t at_ms)
{
	int64_t at_s = floor_div(at_ms, 1000);
	/* At the turn of a year it is standard time by either year's rule. */
	int year = date_of_days(floor_div(at_s, DAY_S)).year;
	int64_t from_s, to_s;

	from_s = nth_sunday_days(year, 3, 2) * DAY_S + 2 * 3600 - STANDARD_S;
	to_s = nth_sunday_days(year, 11, 1) * DAY_S + 2 * 3600 - DAYLIGHT_S;
	return at_s >= from_s && at_s < to_s ? DAYLIGHT_S : STANDARD_S;
}

static int64_t pacific_s(int64_t at_ms)
{
	return floor_div(at_ms, 1000) + pacific_offset_s(at_ms);
}

struct date date_pacific(int64_t at_ms)
{
	return date_of_days(floor_div(pacific_s(at_ms), DAY_S));
}

int64_t pacific_midnight_ms(struct date d)
{
	int64_t utc_ms = date_days(d) * DAY_MS;

	/* Both changes come later in the day than its midnight, UTC's (9 or
	 * 10 hours) as well as Pacific: one offset holds at both. */
	return utc_ms - (int64_t)pacific_offset_s(utc_ms) * 1000;
}

struct moment {
	struct date day;
	int hour, minute, second, ms;
};

static struct moment moment_utc(int64_t at_ms)
{
	int64_t days = floor_div(at_ms, DAY_MS);
	int ms = (int)((at_ms % DAY_MS + DAY_MS) % DAY_MS);

	return (struct moment){ date_of_days(days), ms / 3600000,
		ms / 60000 % 60, ms / 1000 % 60, ms % 1000 };
}

str instant_rfc3339(struct arena *a, int64_t at_ms)
{
	struct moment m = moment_utc(at_ms);

	if (!at_ms)
		return STR("");
	return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.day.year,
		m.day.month, m.day.day, m.hour, m.minute, m.second);
}

str instant_on(char *space, size_t size, int64_t at_ms)
{
	struct moment m = moment_utc(at_ms);
	int n = snprintf(space, size, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
		m.day.year, m.day.month, m.day.day, m.hour, m.minute, m.second,
		m.ms);

	must(n > 0 && (size_t)n < size);
	return (str){ space, (size_t)n };
}

/* "[:05[.678]]", the seconds of a time of day, in ms. */
static bool take_seconds_ms(str *s, int *out_ms)
{
	int second, digit, scale = 100;

	*out_ms = 0;
	if (!take_char(s, ':'))
		return true;
	if (!take_number(s, 2, &second) || second > 59)
		return false;
	*out_ms = second * 1000;
	if (!take_char(s, '.'))
		return true;
	if (!take_number(s, 1, &digit))
		return false;
	do {
		*out_ms += digit * scale;
		scale /= 10;
	} while (take_number(s, 1, &digit));
	return true;
}

static bool take_hour_minute_ms(str *s, int *out_ms)
{
	int hour, minute;

	if (!take_number(s, 2, &hour) || !take_char(s, ':') ||
		!take_number(s, 2, &minute) || hour > 23 || minute > 59)
		return false;
	*out_ms = (hour * 60 + minute) * 60000;
	return true;
}

/* "Z" or "+hh:mm": what local time is ahead of UTC. */
static bool take_zone_ms(str *s, int *out_ms)
{
	bool is_behind;

	*out_ms = 0;
	if (take_char(s, 'Z'))
		return true;
	is_behind = take_char(s, '-');
	if (!is_behind && !take_char(s, '+'))
		return false;
	if (!take_hour_minute_ms(s, out_ms))
		return false;
	if (is_behind)
		*out_ms = -*out_ms;
	return true;
}

bool instant_parse(str s, int64_t *at_ms)
{
	int of_day_ms, seconds_ms, zone_ms;
	struct date d;
	int64_t at;

	if (!take_date(&s, &d) || !take_char(&s, 'T') ||
		!take_hour_minute_ms(&s, &of_day_ms) ||
		!take_seconds_ms(&s, &seconds_ms) ||
		!take_zone_ms(&s, &zone_ms) || s.n)
		return false;
	at = date_days(d) * DAY_MS + of_day_ms + seconds_ms - zone_ms;
	if (!at)
		return false;
	*at_ms = at;
	return true;
}

static str clock_words(struct arena *a, int minute)
{
	int hour = minute / 60;

	return arena_fmt(a, "%d:%02d %s", hour % 12 ? hour % 12 : 12,
		minute % 60, hour < 12 ? "a.m." : "p.m.");
}

static int pacific_minute(int64_t at_ms)
{
	int64_t s = pacific_s(at_ms);

	return (int)(s - floor_div(s, DAY_S) * DAY_S) / 60;
}

str instant_words(struct arena *a, int64_t at_ms)
{
	struct date d = date_pacific(at_ms);

	if (!at_ms)
		return STR("");
	return arena_fmt(a, "%s %d, %.*s", month_name(d), d.day,
		STR_ARG(clock_words(a, pacific_minute(at_ms))));
}

str instant_words_year(struct arena *a, int64_t at_ms)
{
	if (!at_ms)
		return STR("");
	return arena_fmt(a, "%.*s, %.*s",
		STR_ARG(date_words(a, date_pacific(at_ms))),
		STR_ARG(clock_words(a, pacific_minute(at_ms))));
}
