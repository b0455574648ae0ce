#include "desk/born.h"

enum { OLDEST_YEARS = 130 };

/* 0 when it is no number of at most `most` digits. */
static int number_of(str typed, size_t most)
{
	str s = str_trim(typed);
	int n = 0;

	if (!s.n || s.n > most)
		return 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 0;
		n = 10 * n + (s.p[i] - '0');
	}
	return n;
}

static bool is_empty(const struct born_typed *t)
{
	return !str_trim(t->month.v).n && !str_trim(t->day.v).n &&
	       !str_trim(t->year.v).n;
}

bool born_read(const struct born_typed *t, struct date today, struct date *out,
	struct problems *ps)
{
	struct date day = { .year = number_of(t->year.v, 4),
		.month = number_of(t->month.v, 2),
		.day = number_of(t->day.v, 2) };

	if (date_is_valid(day) && day.year >= today.year - OLDEST_YEARS &&
		date_cmp(day, today) <= 0) {
		*out = day;
		return true;
	}
	if (is_empty(t))
		problem_add(ps, "month", "missing", "Enter the date of birth");
	else
		problem_add(ps, "month", "unreadable",
			"Enter the date of birth in numbers: month, day and a "
			"year of four digits");
	return false;
}
