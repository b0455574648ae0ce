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

int main(void)
{
	last_days();
	no_times();
	days();
	return CHECK_DONE();
}
