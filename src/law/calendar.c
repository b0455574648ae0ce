/*
 * Business days under the four readings of the word.  A holiday that is not known
 * makes a date earlier, never later, and whoever counts is told.
 */
#include "law/calendar.h"

#include "base/base.h"

enum { GOV = HOLIDAY_GOV, STATE = HOLIDAY_STATE, BOTH = GOV | STATE };

static const struct calendar_row calendars[] = {
#define CALENDAR(name, title, saturdays, holidays, citation) \
	{ CALENDAR_##name, #name, title, saturdays, holidays, citation },
#include "law/tbl/calendars.h"
};

static const struct holiday holidays[] = {
#define HOLIDAY(year, month, day, list, name) \
	{ { year, month, day }, list, name },
#include "law/tbl/holidays.h"
};

const struct calendar_row *calendar_row(enum calendar c)
{
	must(c < CALENDAR_END);
	return &calendars[c];
}

size_t holiday_count(void)
{
	return COUNTOF(holidays);
}

const struct holiday *holiday_at(size_t i)
{
	must(i < COUNTOF(holidays));
	return &holidays[i];
}

int calendar_first_year(void)
{
	return holidays[0].on.year;
}

int calendar_last_year(void)
{
	return holidays[COUNTOF(holidays) - 1].on.year;
}

struct date calendar_last_day(void)
{
	return (struct date){ calendar_last_year(), 12, 31 };
}

enum calendar_outlook calendar_outlook(int year)
{
	if (calendar_last_year() <= year)
		return CALENDAR_ENDS;
	return calendar_last_year() == year + 1 ? CALENDAR_ENDS_SOON
						: CALENDAR_REACHES;
}

static bool is_holiday(unsigned lists, struct date day)
{
	for (size_t i = 0; i < COUNTOF(holidays); i++)
		if (holidays[i].lists & lists && !date_cmp(holidays[i].on, day))
			return true;
	return false;
}

static bool is_known(struct date day)
{
	return day.year >= calendar_first_year() &&
	       day.year <= calendar_last_year();
}

bool business_day_is(enum calendar c, struct date day)
{
	const struct calendar_row *cal = calendar_row(c);
	enum weekday w = date_weekday(day);

	if (w == SUNDAY || (w == SATURDAY && !cal->has_saturdays))
		return false;
	return !is_holiday(cal->holidays, day);
}

bool business_day_add(
	enum calendar c, struct date from, int n, struct date *out)
{
	struct date day = from;
	bool is_whole = true;

	must(n >= 0);
	while (n > 0) {
		day = date_add(day, 1);
		is_whole &= is_known(day);
		n -= business_day_is(c, day);
	}
	*out = day;
	return is_whole;
}
