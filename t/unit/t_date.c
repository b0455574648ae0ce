/*
 * Days, instants and Pacific time.  The rows are the edges; beside them every day
 * and every Pacific hour is compared with what libc computes on its own.
 */
#include "base/date.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "base/base.h"
#include "check.h"

static bool is_same(struct date a, struct date b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

static const struct {
	const char *why;
	str in;
	bool is_date;
	struct date d;
} dates[] = {
	{ "a day", STR_INIT("2027-01-05"), true, { 2027, 1, 5 } },
	{ "a leap day", STR_INIT("2028-02-29"), true, { 2028, 2, 29 } },
	{ "no leap day", STR_INIT("2027-02-29"), false, { 0 } },
	{ "a century without", STR_INIT("2100-02-29"), false, { 0 } },
	{ "a century with", STR_INIT("2000-02-29"), true, { 2000, 2, 29 } },
	{ "30 days has April", STR_INIT("2027-04-31"), false, { 0 } },
	{ "the last of the year", STR_INIT("2026-12-31"), true,
		{ 2026, 12, 31 } },
	{ "month 0", STR_INIT("2027-00-01"), false, { 0 } },
	{ "month 13", STR_INIT("2027-13-01"), false, { 0 } },
	{ "day 0", STR_INIT("2027-01-00"), false, { 0 } },
	{ "day 32", STR_INIT("2027-01-32"), false, { 0 } },
	{ "before the first year", STR_INIT("1899-12-31"), false, { 0 } },
	{ "the first day", STR_INIT("1900-01-01"), true, { 1900, 1, 1 } },
	{ "the last day", STR_INIT("2200-12-31"), true, { 2200, 12, 31 } },
	{ "after the last year", STR_INIT("2201-01-01"), false, { 0 } },
	{ "one digit", STR_INIT("2027-1-05"), false, { 0 } },
	{ "American", STR_INIT("01/05/2027"), false, { 0 } },
	{ "no dashes", STR_INIT("20270105"), false, { 0 } },
	{ "text behind", STR_INIT("2027-01-05T"), false, { 0 } },
	{ "space before", STR_INIT(" 2027-01-05"), false, { 0 } },
	{ "cut", STR_INIT("2027-01-0"), false, { 0 } },
	{ "nothing", STR_INIT(""), false, { 0 } },
};

static void parsing(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(dates); i++) {
		struct date d = { 1, 2, 3 }, kept = d;
		bool ok = date_parse(dates[i].in, &d);

		CHECK(ok == dates[i].is_date, "%s", dates[i].why);
		CHECK(is_same(d, ok ? dates[i].d : kept), "%s", dates[i].why);
		if (ok)
			CHECK(str_eq(date_iso(a, d), dates[i].in), "%s, back",
				dates[i].why);
	}
}

/* Days and weekdays of 1900 to 2200 by counting one by one. */
static void every_day(void)
{
	struct date d = { 1900, 1, 1 };
	int64_t days = -25567; /* 70 years with 17 leap days before 1970 */
	int weekday = MONDAY, wrong = 0;

	while (d.year <= 2200) {
		wrong += date_days(d) != days;
		wrong += !is_same(date_of_days(days), d);
		wrong += (int)date_weekday(d) != weekday;
		wrong += !date_is_valid(d);
		days++;
		weekday = (weekday + 1) % 7;
		if (++d.day > date_month_length(d.year, d.month)) {
			d.day = 1;
			d.year += d.month == 12;
			d.month = d.month % 12 + 1;
		}
	}
	CHECK(!wrong, "%d days wrong", wrong);
	CHECK(days == 84371, "2201-01-01 is %" PRId64, days);
	CHECK(date_days((struct date){ 1970, 1, 1 }) == 0, "the first");
	CHECK(date_weekday((struct date){ 2026, 11, 21 }) == SATURDAY, "known");
}

static const struct {
	const char *why;
	struct date from;
	int days;
	struct date to;
} sums[] = {
	{ "none", { 2027, 1, 5 }, 0, { 2027, 1, 5 } },
	{ "45 days to answer", { 2026, 1, 1 }, 45, { 2026, 2, 15 } },
	{ "over a leap day", { 2028, 2, 28 }, 2, { 2028, 3, 1 } },
	{ "over no leap day", { 2027, 2, 28 }, 1, { 2027, 3, 1 } },
	{ "over the year", { 2026, 12, 31 }, 1, { 2027, 1, 1 } },
	{ "back", { 2027, 3, 1 }, -1, { 2027, 2, 28 } },
	{ "back over 1970", { 1970, 1, 1 }, -1, { 1969, 12, 31 } },
	{ "400 years", { 1900, 3, 1 }, 146097, { 2300, 3, 1 } },
};

static const struct {
	const char *why;
	struct date from;
	int months;
	struct date to;
} months[] = {
	{ "none", { 2026, 1, 31 }, 0, { 2026, 1, 31 } },
	{ "the same day", { 2026, 3, 10 }, 1, { 2026, 4, 10 } },
	{ "no 31 in February", { 2026, 1, 31 }, 1, { 2026, 2, 28 } },
	{ "29 in a leap year", { 2028, 1, 31 }, 1, { 2028, 2, 29 } },
	{ "12 from a leap day", { 2028, 2, 29 }, 12, { 2029, 2, 28 } },
	{ "48 from a leap day", { 2028, 2, 29 }, 48, { 2032, 2, 29 } },
	{ "24 months of record", { 2026, 11, 30 }, 24, { 2028, 11, 30 } },
	{ "December stays in its year", { 2026, 11, 5 }, 1, { 2026, 12, 5 } },
	{ "over the year", { 2026, 12, 5 }, 1, { 2027, 1, 5 } },
	{ "back to December", { 2027, 1, 5 }, -1, { 2026, 12, 5 } },
	{ "back a year", { 2027, 1, 5 }, -12, { 2026, 1, 5 } },
	{ "back to a shorter month", { 2027, 3, 31 }, -1, { 2027, 2, 28 } },
};

static void sums_of_days(void)
{
	for (size_t i = 0; i < COUNTOF(sums); i++) {
		struct date to = date_add(sums[i].from, sums[i].days);

		CHECK(is_same(to, sums[i].to), "%s: %d-%d-%d", sums[i].why,
			to.year, to.month, to.day);
		CHECK(date_between(sums[i].from, to) == sums[i].days, "%s",
			sums[i].why);
		CHECK(date_cmp(sums[i].from, to) ==
				(sums[i].days < 0) - (sums[i].days > 0),
			"%s", sums[i].why);
	}
	for (size_t i = 0; i < COUNTOF(months); i++) {
		struct date to =
			date_add_months(months[i].from, months[i].months);

		CHECK(is_same(to, months[i].to), "%s: %d-%d-%d", months[i].why,
			to.year, to.month, to.day);
	}
}

static void words(struct arena *a)
{
	struct date d = { 2027, 1, 5 }, none = { 0 };

	CHECK(str_eq(date_words(a, d), STR("January 5, 2027")), "words");
	CHECK(str_eq(date_short(a, d), STR("Jan 5")), "short");
	d.month = 12, d.day = 31;
	CHECK(str_eq(date_words(a, d), STR("December 31, 2027")), "words");
	CHECK(str_eq(date_short(a, d), STR("Dec 31")), "short");
	CHECK(date_is_none(none) && !date_is_none(d), "none");
	CHECK(!date_is_valid(none), "no date is no valid one");
	CHECK(!date_iso(a, none).n && !date_words(a, none).n &&
			!date_short(a, none).n,
		"no date has no words");
}

static const struct {
	const char *why;
	str at;
	struct date day;
	int offset_s;
	const char *words;
} pacific[] = {
	{ "before the year's last midnight", STR_INIT("2026-12-31T23:30-08:00"),
		{ 2026, 12, 31 }, -28800, "December 31, 11:30 p.m." },
	{ "the same, as UTC writes it", STR_INIT("2027-01-01T07:30Z"),
		{ 2026, 12, 31 }, -28800, "December 31, 11:30 p.m." },
	{ "the last millisecond of a day", STR_INIT("2027-01-01T07:59:59.999Z"),
		{ 2026, 12, 31 }, -28800, "December 31, 11:59 p.m." },
	{ "midnight begins the day", STR_INIT("2027-01-01T08:00Z"),
		{ 2027, 1, 1 }, -28800, "January 1, 12:00 a.m." },
	{ "noon", STR_INIT("2027-01-01T20:00Z"), { 2027, 1, 1 }, -28800,
		"January 1, 12:00 p.m." },
	{ "as the header has it", STR_INIT("2026-11-21T21:04:05Z"),
		{ 2026, 11, 21 }, -28800, "November 21, 1:04 p.m." },
	{ "2027-03-14, just before 2 a.m.",
		STR_INIT("2027-03-14T09:59:59.999Z"), { 2027, 3, 14 }, -28800,
		"March 14, 1:59 a.m." },
	{ "2027-03-14, 2 a.m. is 3 a.m.", STR_INIT("2027-03-14T10:00Z"),
		{ 2027, 3, 14 }, -25200, "March 14, 3:00 a.m." },
	{ "2026-11-01, just before 2 a.m.",
		STR_INIT("2026-11-01T08:59:59.999Z"), { 2026, 11, 1 }, -25200,
		"November 1, 1:59 a.m." },
	{ "2026-11-01, 1 a.m. again", STR_INIT("2026-11-01T09:00Z"),
		{ 2026, 11, 1 }, -28800, "November 1, 1:00 a.m." },
	{ "summer's midnight is an hour earlier",
		STR_INIT("2026-07-04T06:59:59Z"), { 2026, 7, 3 }, -25200,
		"July 3, 11:59 p.m." },
	{ "and a new day", STR_INIT("2026-07-04T07:00Z"), { 2026, 7, 4 },
		-25200, "July 4, 12:00 a.m." },
	{ "March 8 is the earliest change", STR_INIT("2026-03-08T10:00Z"),
		{ 2026, 3, 8 }, -25200, "March 8, 3:00 a.m." },
	{ "March 14 the latest", STR_INIT("2032-03-13T20:00Z"), { 2032, 3, 13 },
		-28800, "March 13, 12:00 p.m." },
	{ "November 7 the latest back", STR_INIT("2027-11-06T20:00Z"),
		{ 2027, 11, 6 }, -25200, "November 6, 1:00 p.m." },
	{ "a leap day's evening", STR_INIT("2028-03-01T07:00Z"),
		{ 2028, 2, 29 }, -28800, "February 29, 11:00 p.m." },
	{ "before 1970", STR_INIT("1969-12-31T23:59:59.999Z"), { 1969, 12, 31 },
		-28800, "December 31, 3:59 p.m." },
};

static void pacific_time(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(pacific); i++) {
		const char *why = pacific[i].why;
		int64_t at_ms = 0, from_ms, to_ms;
		struct date d;
		str said, with_year;

		CHECK(instant_parse(pacific[i].at, &at_ms), "%s", why);
		d = date_pacific(at_ms);
		said = instant_words(a, at_ms);
		with_year = instant_words_year(a, at_ms);
		CHECK(str_starts(with_year, date_words(a, d)) &&
				str_ends(with_year,
					str_from(said, (size_t)str_find(said,
							       STR(", ")))),
			"%s: %.*s", why, STR_ARG(with_year));
		CHECK(is_same(d, pacific[i].day), "%s: %d-%d-%d", why, d.year,
			d.month, d.day);
		CHECK(pacific_offset_s(at_ms) == pacific[i].offset_s, "%s: %d",
			why, pacific_offset_s(at_ms));
		CHECK(str_eq(said, str_of(pacific[i].words)), "%s: %.*s", why,
			STR_ARG(said));
		from_ms = pacific_midnight_ms(d);
		to_ms = pacific_midnight_ms(date_add(d, 1));
		CHECK(from_ms <= at_ms && at_ms < to_ms, "%s: inside", why);
	}
}

static const struct {
	const char *why;
	struct date d;
	int hours;
	str midnight;
} lengths[] = {
	{ "an ordinary day", { 2027, 1, 1 }, 24,
		STR_INIT("2027-01-01T08:00:00Z") },
	{ "the day that loses an hour", { 2027, 3, 14 }, 23,
		STR_INIT("2027-03-14T08:00:00Z") },
	{ "the day after it", { 2027, 3, 15 }, 24,
		STR_INIT("2027-03-15T07:00:00Z") },
	{ "the day that gets one", { 2026, 11, 1 }, 25,
		STR_INIT("2026-11-01T07:00:00Z") },
	{ "the day after that", { 2026, 11, 2 }, 24,
		STR_INIT("2026-11-02T08:00:00Z") },
};

static void day_lengths(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(lengths); i++) {
		int64_t from_ms = pacific_midnight_ms(lengths[i].d);
		int64_t to_ms = pacific_midnight_ms(date_add(lengths[i].d, 1));

		CHECK(str_eq(instant_rfc3339(a, from_ms), lengths[i].midnight),
			"%s", lengths[i].why);
		CHECK(to_ms - from_ms == lengths[i].hours * INT64_C(3600000),
			"%s", lengths[i].why);
	}
}

/* libc with the same rule, as POSIX writes it, for every half hour. */
static void pacific_by_libc(void)
{
	int wrong = 0;

	setenv("TZ", "PST8PDT,M3.2.0/2,M11.1.0/2", 1);
	tzset();
	for (int64_t s = 1000000800; s < 4102444800; s += 1800) {
		time_t t = (time_t)s;
		struct tm tm;
		struct date d = date_pacific(s * 1000);

		localtime_r(&t, &tm);
		wrong += tm.tm_gmtoff != pacific_offset_s(s * 1000);
		wrong += d.year != tm.tm_year + 1900 ||
			 d.month != tm.tm_mon + 1 || d.day != tm.tm_mday;
	}
	CHECK(!wrong, "%d half hours of 2001 to 2099 differ", wrong);
}

static const struct {
	const char *why;
	str in;
	bool is_instant;
	int64_t at_ms;
} instants[] = {
	{ "to the minute", STR_INIT("2026-11-21T21:04Z"), true,
		INT64_C(1795295040000) },
	{ "to the second", STR_INIT("2026-11-21T21:04:05Z"), true,
		INT64_C(1795295045000) },
	{ "to the millisecond", STR_INIT("2026-11-21T21:04:05.678Z"), true,
		INT64_C(1795295045678) },
	{ "a tenth", STR_INIT("2026-11-21T21:04:05.6Z"), true,
		INT64_C(1795295045600) },
	{ "nanoseconds are dropped", STR_INIT("2026-11-21T21:04:05.678999999Z"),
		true, INT64_C(1795295045678) },
	{ "west of Greenwich", STR_INIT("2026-11-21T13:04:05-08:00"), true,
		INT64_C(1795295045000) },
	{ "east of it", STR_INIT("2026-11-22T02:34:05+05:30"), true,
		INT64_C(1795295045000) },
	{ "one millisecond", STR_INIT("1970-01-01T00:00:00.001Z"), true, 1 },
	{ "before 1970", STR_INIT("1969-12-31T23:59:59.999Z"), true, -1 },
	{ "would be never", STR_INIT("1970-01-01T00:00:00Z"), false, 0 },
	{ "never in Los Angeles", STR_INIT("1969-12-31T16:00-08:00"), false,
		0 },
	{ "23:59:59", STR_INIT("1970-01-01T23:59:59Z"), true, 86399000 },
	{ "hour 24", STR_INIT("2026-11-21T24:00Z"), false, 0 },
	{ "minute 60", STR_INIT("2026-11-21T21:60Z"), false, 0 },
	{ "second 60", STR_INIT("2026-12-31T23:59:60Z"), false, 0 },
	{ "no zone", STR_INIT("2026-11-21T21:04:05"), false, 0 },
	{ "a zone without colon", STR_INIT("2026-11-21T21:04-0800"), false, 0 },
	{ "a zone of 24 hours", STR_INIT("2026-11-21T21:04+24:00"), false, 0 },
	{ "a zone of 60 minutes", STR_INIT("2026-11-21T21:04+00:60"), false,
		0 },
	{ "a fraction without digits", STR_INIT("2026-11-21T21:04:05.Z"), false,
		0 },
	{ "a fraction of a minute", STR_INIT("2026-11-21T21:04.5Z"), false, 0 },
	{ "a space for T", STR_INIT("2026-11-21 21:04Z"), false, 0 },
	{ "small letters", STR_INIT("2026-11-21t21:04z"), false, 0 },
	{ "a day that is not", STR_INIT("2026-02-29T21:04Z"), false, 0 },
	{ "a date alone", STR_INIT("2026-11-21"), false, 0 },
	{ "text behind", STR_INIT("2026-11-21T21:04Z "), false, 0 },
	{ "nothing", STR_INIT(""), false, 0 },
};

static void parsing_instants(struct arena *a)
{
	char space[INSTANT_SIZE];
	str s;

	for (size_t i = 0; i < COUNTOF(instants); i++) {
		int64_t at_ms = 4711;
		bool ok = instant_parse(instants[i].in, &at_ms);

		CHECK(ok == instants[i].is_instant, "%s", instants[i].why);
		CHECK(at_ms == (ok ? instants[i].at_ms : 4711), "%s: %" PRId64,
			instants[i].why, at_ms);
	}
	s = instant_rfc3339(a, INT64_C(1795295045678));
	CHECK(str_eq(s, STR("2026-11-21T21:04:05Z")), "%.*s", STR_ARG(s));
	s = instant_rfc3339(a, -1);
	CHECK(str_eq(s, STR("1969-12-31T23:59:59Z")), "%.*s", STR_ARG(s));
	s = instant_on(space, sizeof space, INT64_C(1795295045008));
	CHECK(str_eq(s, STR("2026-11-21T21:04:05.008Z")), "%.*s", STR_ARG(s));
	s = instant_words_year(a, INT64_C(1795295045008));
	CHECK(str_eq(s, STR("November 21, 2026, 1:04 p.m.")), "%.*s",
		STR_ARG(s));
	CHECK(!instant_rfc3339(a, 0).n && !instant_words(a, 0).n &&
			!instant_words_year(a, 0).n,
		"never");
	/* Damaged rows may hold anything; nothing may overflow on them. */
	CHECK(instant_rfc3339(a, INT64_MAX).n && instant_words(a, INT64_MIN).n,
		"the ends of the numbers");
	s = instant_on(space, sizeof space, INT64_MIN);
	CHECK(s.n < sizeof space, "the longest");
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	parsing(a);
	every_day();
	sums_of_days();
	words(a);
	pacific_time(a);
	day_lengths(a);
	pacific_by_libc();
	parsing_instants(a);
	arena_free(a);
	return CHECK_DONE();
}
