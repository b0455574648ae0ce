/* How long rows are kept: the words of the map, the days they count, and the days that
 * values of systems tell. */
#include "connect/expires.h"

#include "base/base.h"
#include "check.h"
#include "connect/day.h"

/* The last day a row is kept.  One day too few and data goes that the notice promised to
 * keep; one too many and it is kept longer than the notice said. */
static void last_days(void)
{
	static const struct {
		const char *after;
		struct date from;
		struct date last;
		const char *why;
	} rows[] = {
		{ "1 day", { 2026, 2, 28 }, { 2026, 3, 1 }, "over a month" },
		{ "90 days", { 2026, 1, 1 }, { 2026, 4, 1 }, "31 + 28 + 31" },
		{ "2 weeks", { 2026, 12, 25 }, { 2027, 1, 8 }, "over a year" },
		{ "1 month", { 2026, 1, 31 }, { 2026, 2, 28 },
			"no such day: the month's last" },
		{ "24 months", { 2024, 2, 29 }, { 2026, 2, 28 },
			"from a leap day" },
		{ "7 years", { 2019, 11, 22 }, { 2026, 11, 22 }, "years" },
	};
	struct arena *a = arena_new(1 << 16);

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct map_expires x = { 0 };
		struct date last;

		CHECK(expires_read(str_of(rows[i].after), &x), "\"%s\"",
			rows[i].after);
		last = expires_last_day(&x, rows[i].from);
		CHECK(!date_cmp(last, rows[i].last), "%s (%s) ends on %d-%d-%d",
			rows[i].after, rows[i].why, last.year, last.month,
			last.day);
		CHECK(str_eq(expires_words(a, &x), str_of(rows[i].after)),
			"said as \"%.*s\"", STR_ARG(expires_words(a, &x)));
	}
	arena_free(a);
}

/* What is no time must not become one: a wrong one deletes. */
static void no_times(void)
{
	static const char *const rows[] = { "", "24", "months", "24months",
		"0 days", "-1 days", "1.5 years", "24 monhts", "24 Months",
		"101 years", "36501 days", "1 day 2 weeks",
		"99999999999999999999 days" };

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct map_expires x = { 0 };

		CHECK(!expires_read(str_of(rows[i]), &x), "\"%s\" is taken",
			rows[i]);
	}
}

/* The day a value says, as systems write it; and what says none must not be taken for
 * a day, or a row would be kept back. */
static void days(void)
{
	static const struct {
		const char *text;
		struct date day;
	} rows[] = {
		{ "2024-03-05", { 2024, 3, 5 } },
		{ " 2024-03-05 23:59:59.5", { 2024, 3, 5 } },
		{ "2024-03-05T23:59:59", { 2024, 3, 5 } },
		/* In California it is the evening before. */
		{ "2024-03-05T02:00:00Z", { 2024, 3, 4 } },
		{ "1709636400", { 2024, 3, 5 } },
		{ "1709636400000", { 2024, 3, 5 } },
		{ "7", { 0 } },
		{ "2024-13-05", { 0 } },
		{ "March 5", { 0 } },
		{ "99999999999999999", { 0 } },
		{ "", { 0 } },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct date day = { 0 };
		bool is_day = day_of(str_of(rows[i].text), &day);

		CHECK(is_day == !date_is_none(rows[i].day) &&
				(!is_day || !date_cmp(day, rows[i].day)),
			"\"%s\" is %d-%d-%d", rows[i].text, day.year, day.month,
			day.day);
	}
}

/* What a row is deleted by.  Each of these that is taken for a day long ago deletes a row of
 * today: it must be no day. */
static void certain_days(void)
{
	static const struct {
		const char *text;
		enum expiry_numbers numbers;
		struct date day;
		const char *why;
	} rows[] = {
		{ "2024-03-05", 0, { 2024, 3, 5 }, "a day" },
		{ "2024-03-05 23:59", 0, { 2024, 3, 5 }, "with a time" },
		{ "2024-03-05 23:00:00-10", 0, { 2024, 3, 6 },
			"west of California" },
		{ "2024-03-05 23:00-1000", 0, { 2024, 3, 6 }, "so, too" },
		{ "2024-03-05 23:00 -10:00", 0, { 2024, 3, 6 }, "and so" },
		{ "2024-03-05 03:00:00+00", 0, { 2024, 3, 4 },
			"east of it, as with a T" },
		{ "2024-03-05T03:00:00Z", 0, { 2024, 3, 4 }, "a T" },
		{ "2024-03-05 03:00:00 UTC", 0, { 2024, 3, 4 },
			"UTC is a zone" },
		{ "2024-03-05 23:59:59.5 +00:00", 0, { 2024, 3, 5 }, "a zone" },
		{ "2024-03-05 23:59:59+00", 0, { 2024, 3, 5 }, "PostgreSQL's" },
		{ "2024-03-05T23:59:59.123456 UTC", 0, { 2024, 3, 5 }, "UTC" },
		{ "2024-03-05T02:00:00Z", 0, { 2024, 3, 4 }, "an instant" },
		{ "1709636400", EXPIRY_SECONDS, { 2024, 3, 5 }, "seconds" },
		{ "1709636400000", EXPIRY_MILLISECONDS, { 2024, 3, 5 },
			"milliseconds" },
		{ "1709636400", 0, { 0 }, "nobody said what it counts" },
		{ "1709636400", EXPIRY_MILLISECONDS, { 0 }, "seconds: 1970" },
		{ "1709636400000", EXPIRY_SECONDS, { 0 }, "too far away" },
		{ "202611221900", EXPIRY_MILLISECONDS, { 0 },
			"2026-11-22 19:00 without its signs: 1976" },
		{ "20261122", EXPIRY_SECONDS, { 0 }, "a day without signs" },
		{ "730000000", EXPIRY_SECONDS, { 0 },
			"seconds since 2001: 1993" },
		{ "9223372036854775807", EXPIRY_SECONDS, { 0 }, "a flag" },
		{ "-1", EXPIRY_SECONDS, { 0 }, "never" },
		{ "0", EXPIRY_SECONDS, { 0 }, "never" },
		{ "1970-01-01 00:00:00", 0, { 0 }, "never" },
		{ "1970-01-01T00:00:00Z", 0, { 0 }, "never" },
		{ "1900-01-01", 0, { 0 }, "never" },
		{ "0000-00-00 00:00:00", 0, { 0 }, "MariaDB's never" },
		{ "1999-12-31", 0, { 0 }, "the last day before" },
		{ "2000-01-01", 0, { 2000, 1, 1 }, "the first one" },
		{ "2019-01-01 - 2027-01-01", 0, { 0 }, "a time that goes on" },
		{ "2019-01-011", 0, { 0 }, "no day" },
		{ "2024-03-05 23:59:59 +25:00", 0, { 0 }, "no zone" },
		{ "2019-01-01 00:00 - 2027-01-01 00:00", 0, { 0 }, "as well" },
		{ "9999-12-31", 0, { 0 }, "for ever" },
		{ "", 0, { 0 }, "nothing" },
	};

	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct map_expires x = { .numbers = rows[i].numbers };
		struct date day = { 0 };
		bool is_day = expires_day(&x, str_of(rows[i].text), &day);

		CHECK(is_day == !date_is_none(rows[i].day) &&
				(!is_day || !date_cmp(day, rows[i].day)),
			"\"%s\" (%s) is %d-%d-%d", rows[i].text, rows[i].why,
			day.year, day.month, day.day);
	}
}

int main(void)
{
	last_days();
	no_times();
	days();
	certain_days();
	return CHECK_DONE();
}
