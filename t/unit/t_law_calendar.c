/*
 * Business days and holidays.  The table of holidays is held against the rules
 * it was made from, and counting against section 5.3 of the law reference (in
 * t_law_deadline.c) and the edges here.
 */
#include "law/calendar.h"

#include "base/base.h"
#include "base/err.h"
#include "check.h"

static struct date at(int y, int m, int d)
{
	return (struct date){ y, m, d };
}

/* The n-th `w` of a month; n = 5 for the last. */
static struct date nth(int year, int month, enum weekday w, int n)
{
	struct date d = at(year, month, 1);

	while (date_weekday(d) != w)
		d = date_add(d, 1);
	if (n < 5)
		return date_add(d, 7 * (n - 1));
	while (date_add(d, 7).month == month)
		d = date_add(d, 7);
	return d;
}

static unsigned lists_on(struct date day)
{
	unsigned lists = 0;

	for (size_t i = 0; i < holiday_count(); i++)
		if (!date_cmp(holiday_at(i)->on, day))
			lists |= holiday_at(i)->lists;
	return lists;
}

enum { G = HOLIDAY_GOV, S = HOLIDAY_STATE, B = G | S };

/* Fixed dates; `moves` is the rule of Gov. Code 6701. */
static const struct {
	const char *why;
	int month, day;
	unsigned lists;
	bool moves;
} fixed[] = {
	{ "New Year", 1, 1, B, true },
	{ "Lincoln Day is no day off for state offices", 2, 12, G, true },
	{ "March 31", 3, 31, B, true },
	{ "Genocide Remembrance is not among the dates that move", 4, 24, G,
		false },
	{ "Juneteenth is elective for state employees", 6, 19, G, false },
	{ "Independence Day", 7, 4, B, true },
	{ "Admission Day", 9, 9, G, true },
	{ "Veterans Day", 11, 11, B, true },
	{ "Christmas", 12, 25, B, true },
};

static const struct {
	const char *why;
	int month;
	enum weekday weekday;
	int n;
	unsigned lists;
} floating[] = {
	{ "M. L. King: third Monday of January", 1, MONDAY, 3, B },
	{ "Presidents: third Monday of February", 2, MONDAY, 3, B },
	{ "Memorial: last Monday of May", 5, MONDAY, 5, B },
	{ "Labor: first Monday of September", 9, MONDAY, 1, B },
	{ "Native American: fourth Friday of September", 9, FRIDAY, 4, G },
	{ "Columbus: second Monday of October", 10, MONDAY, 2, G },
	{ "Thanksgiving: fourth Thursday of November", 11, THURSDAY, 4, B },
};

/* Lunar dates; 2025 to 2027 from section 5.2, 2028 from the same calendars. */
static const struct {
	const char *why;
	struct date on;
} lunar[] = {
	{ "Lunar New Year 2025", { 2025, 1, 29 } },
	{ "Lunar New Year 2026", { 2026, 2, 17 } },
	{ "Lunar New Year 2027", { 2027, 2, 6 } },
	{ "Lunar New Year 2028", { 2028, 1, 26 } },
	{ "Diwali is a holiday from 2026 on (AB 268)", { 2026, 11, 8 } },
	{ "Diwali 2027", { 2027, 10, 29 } },
	{ "Diwali 2028", { 2028, 10, 17 } },
};

static size_t fixed_of(int year)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(fixed); i++) {
		struct date d = at(year, fixed[i].month, fixed[i].day);
		enum weekday w = date_weekday(d);
		bool is_nov_11 = d.month == 11 && d.day == 11;
		int shift = fixed[i].moves && w == SUNDAY ? 1
			    : is_nov_11 && w == SATURDAY  ? -1
							  : 0;

		CHECK(lists_on(d) == fixed[i].lists, "%d: %s", year,
			fixed[i].why);
		n += shift ? 2 : 1;
		if (shift)
			CHECK(lists_on(date_add(d, shift)) == fixed[i].lists,
				"%d, moved by Gov. 6701: %s", year,
				fixed[i].why);
	}
	return n;
}

static size_t floating_of(int year)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNTOF(floating); i++, n++) {
		struct date d = nth(year, floating[i].month,
			floating[i].weekday, floating[i].n);

		CHECK(lists_on(d) == floating[i].lists, "%d: %s", year,
			floating[i].why);
	}
	CHECK(lists_on(date_add(nth(year, 11, THURSDAY, 4), 1)) == S,
		"%d: the day after Thanksgiving is not in Gov. 6700", year);
	return n + 1;
}

/* Nothing is missing, and nothing stands in the table that no rule explains. */
static void table_is_whole(void)
{
	for (int y = calendar_first_year(); y <= calendar_last_year(); y++) {
		size_t explained = fixed_of(y) + floating_of(y), held = 0;

		for (size_t i = 0; i < COUNTOF(lunar); i++)
			explained += lunar[i].on.year == y;
		for (size_t i = 0; i < holiday_count(); i++)
			held += holiday_at(i)->on.year == y;
		CHECK(held == explained, "%d: %zu rows, %zu explained", y, held,
			explained);
	}
	for (size_t i = 0; i < COUNTOF(lunar); i++)
		CHECK(lists_on(lunar[i].on) == G, "%s", lunar[i].why);
	for (size_t i = 1; i < holiday_count(); i++)
		CHECK(date_cmp(holiday_at(i - 1)->on, holiday_at(i)->on) < 0,
			"row %zu stands in order, once", i);
	CHECK(!date_cmp(calendar_last_day(), (struct date){ 2028, 12, 31 }),
		"they reach to the end of a year");
	CHECK(calendar_first_year() == 2025 && calendar_last_year() == 2028,
		"the years that the vectors need");
}

static const struct {
	const char *why;
	enum calendar calendar;
	struct date day;
	bool is;
} days[] = {
	{ "Saturday counts when Civ. Code 9 is read literally", CALENDAR_W6G,
		{ 2026, 11, 21 }, true },
	{ "and in no other reading", CALENDAR_W5, { 2026, 11, 21 }, false },
	{ "Sunday never", CALENDAR_W6G, { 2026, 11, 22 }, false },
	{ "W5 knows no holidays, not even Christmas", CALENDAR_W5,
		{ 2026, 12, 25 }, true },
	{ "W5S does", CALENDAR_W5S, { 2026, 12, 25 }, false },
	{ "the day after Thanksgiving: state offices rest", CALENDAR_W5S,
		{ 2026, 11, 27 }, false },
	{ "the Government Code does not name it", CALENDAR_W5G,
		{ 2026, 11, 27 }, true },
	{ "Lincoln Day is in the Government Code", CALENDAR_W5G,
		{ 2026, 2, 12 }, false },
	{ "state offices work on it", CALENDAR_W5S, { 2026, 2, 12 }, true },
	{ "July 4, 2027 is a Sunday: Monday instead", CALENDAR_W5S,
		{ 2027, 7, 5 }, false },
	{ "July 4, 2026 is a Saturday: Friday is worked", CALENDAR_W5S,
		{ 2026, 7, 3 }, true },
	{ "November 11, 2028 is a Saturday: Friday before", CALENDAR_W5S,
		{ 2028, 11, 10 }, false },
	{ "and stays a holiday itself where Saturday counts", CALENDAR_W6G,
		{ 2028, 11, 11 }, false },
	{ "Lunar New Year 2027 is a Saturday: W6G loses a day", CALENDAR_W6G,
		{ 2027, 2, 6 }, false },
	{ "first day of the table", CALENDAR_W6G, { 2025, 1, 1 }, false },
	{ "last day of the table", CALENDAR_W5, { 2028, 12, 29 }, true },
};

static void single_days(void)
{
	for (size_t i = 0; i < COUNTOF(days); i++)
		CHECK(business_day_is(days[i].calendar, days[i].day) ==
				days[i].is,
			"%s", days[i].why);
}

static const struct {
	const char *why;
	struct date from;
	int n;
	struct date to;
	bool is_short; /* of holidays: a day on the way is outside the table */
} sums[] = {
	{ "no days: the day itself, even a Sunday", { 2026, 11, 22 }, 0,
		{ 2026, 11, 22 }, false },
	{ "day 0 is not counted", { 2026, 11, 23 }, 1, { 2026, 11, 24 },
		false },
	{ "from a Saturday to Monday", { 2026, 11, 21 }, 1, { 2026, 11, 23 },
		false },
	{ "over a leap day that is a weekday", { 2028, 2, 28 }, 2,
		{ 2028, 3, 1 }, false },
	{ "over the end of a year", { 2026, 12, 31 }, 1, { 2027, 1, 4 },
		false },
	{ "to the last business day of the table", { 2028, 12, 22 }, 4,
		{ 2028, 12, 29 }, false },
	{ "one further is New Year's Day, which nobody knows there",
		{ 2028, 12, 22 }, 5, { 2029, 1, 1 }, true },
	{ "receipt before the table, days inside it", { 2024, 12, 31 }, 1,
		{ 2025, 1, 2 }, false },
	{ "days before the table", { 2024, 12, 30 }, 1, { 2024, 12, 31 },
		true },
	{ "far beyond the table, over a weekend", { 2031, 5, 2 }, 1,
		{ 2031, 5, 5 }, true },
	{ "no days beyond the table need no holidays", { 2031, 5, 5 }, 0,
		{ 2031, 5, 5 }, false },
};

static void adding(void)
{
	for (size_t i = 0; i < COUNTOF(sums); i++) {
		struct date got = { 1, 1, 1 };
		bool is_whole = business_day_add(
			CALENDAR_W5S, sums[i].from, sums[i].n, &got);

		CHECK(is_whole == !sums[i].is_short, "%s", sums[i].why);
		CHECK(!date_cmp(got, sums[i].to), "%s: %d-%02d-%02d",
			sums[i].why, got.year, got.month, got.day);
	}
}

/* The last year of the table, against one with the same days of the week of which no
 * holiday is known: no date comes later by that. */
static void never_later_without_holidays(void)
{
	for (int c = 0; c < CALENDAR_END; c++)
		for (struct date day = { 2028, 1, 1 }; day.year < 2029;
			day = date_add(day, 1)) {
			/* 28 years later each day is the same day of the week. */
			struct date then = { day.year + 28, day.month,
				day.day };
			struct date known, blind;

			(void)business_day_add(
				(enum calendar)c, day, 15, &known);
			(void)business_day_add(
				(enum calendar)c, then, 15, &blind);
			CHECK(date_between(then, blind) <=
					date_between(day, known),
				"%s from %d-%02d-%02d",
				calendar_row((enum calendar)c)->name, day.year,
				day.month, day.day);
		}
}

/* Foretold a year ahead, so that a newer version can be got in time. */
static void the_end_is_foretold(void)
{
	int last = calendar_last_year();

	CHECK(calendar_outlook(last - 2) == CALENDAR_REACHES, "two years left");
	CHECK(calendar_outlook(last - 1) == CALENDAR_ENDS_SOON,
		"from January 1 of the year before the last");
	CHECK(calendar_outlook(last) == CALENDAR_ENDS, "the last year");
	CHECK(calendar_outlook(last + 5) == CALENDAR_ENDS, "and after it");
}

int main(void)
{
	table_is_whole();
	the_end_is_foretold();
	single_days();
	adding();
	never_later_without_holidays();
	for (int c = 0; c < CALENDAR_END; c++)
		CHECK((int)calendar_row((enum calendar)c)->calendar == c,
			"row %d is found under its own name", c);
	return CHECK_DONE();
}
