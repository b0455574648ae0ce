#include "connect/day.h"

enum {
	ISO_DAY = 10, /* "2024-03-05" */
	SECONDS_MIN =
		100000000, /* March 1973; smaller numbers are no instants */
	CERTAIN_YEAR = 2000,
};

static const int64_t milliseconds_min = INT64_C(100000000000);
static const int64_t instant_max = INT64_C(7258118400000); /* the year 2200 */

static bool read_number(str text, struct date *out)
{
	int64_t n;

	if (!str_int(text, &n) || n < SECONDS_MIN)
		return false;
	*out = date_pacific(n < milliseconds_min ? n * 1000 : n);
	return date_is_valid(*out);
}

bool day_of(str text, struct date *out)
{
	int64_t at;

	text = str_trim(text);
	if (instant_parse(text, &at)) {
		*out = date_pacific(at);
		return true;
	}
	if (text.n >= ISO_DAY && date_parse(str_head(text, ISO_DAY), out))
		return true;
	return read_number(text, out);
}

/* --- certain --- */

static bool skip(str *rest, char c)
{
	if (!rest->n || rest->p[0] != c)
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

static size_t skip_digits(str *rest)
{
	size_t n = 0;

	while (n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '9')
		n++;
	*rest = str_from(*rest, n);
	return n;
}

/* "Z", "UTC", "+00", "-07:00", "+0530", or nothing. */
static bool skip_zone(str *rest)
{
	size_t n;

	skip(rest, ' ');
	if (!rest->n || skip(rest, 'Z'))
		return true;
	if (str_eq(*rest, STR("UTC"))) {
		*rest = (str){ 0 };
		return true;
	}
	if (!skip(rest, '+') && !skip(rest, '-'))
		return false;
	n = skip_digits(rest);
	return n == 4 ||
	       (n == 2 && (!skip(rest, ':') || skip_digits(rest) == 2));
}

/* Behind a day: nothing, or a time of it, "T23:59:59.5+00". */
static bool is_time(str rest)
{
	if (!rest.n)
		return true;
	if ((!skip(&rest, 'T') && !skip(&rest, ' ')) ||
		skip_digits(&rest) != 2 || !skip(&rest, ':') ||
		skip_digits(&rest) != 2)
		return false;
	if (skip(&rest, ':') && skip_digits(&rest) != 2)
		return false;
	if (skip(&rest, '.') && !skip_digits(&rest))
		return false;
	return skip_zone(&rest) && !rest.n;
}

static bool day_of_number(int64_t n, int number_ms, struct date *out)
{
	if (!number_ms || n < 0 || n > instant_max / number_ms)
		return false;
	*out = date_pacific(n * number_ms);
	return true;
}

bool day_certain(str text, int number_ms, struct date *out)
{
	int64_t n;
	bool is_day;

	text = str_trim(text);
	if (str_int(text, &n))
		is_day = day_of_number(n, number_ms, out);
	else if (instant_parse(text, &n))
		is_day = day_of_number(n, 1, out);
	else
		is_day = text.n >= ISO_DAY &&
			 date_parse(str_head(text, ISO_DAY), out) &&
			 is_time(str_from(text, ISO_DAY));
	return is_day && date_is_valid(*out) && out->year >= CERTAIN_YEAR;
}
