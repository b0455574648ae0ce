#include "connect/day.h"

#include <string.h>

enum {
	INSTANT_MAX =
		48, /* bytes of "2024-03-05T23:59:59.123456+00:00", and room */
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

static size_t digits_in(str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/* "Z", "UTC", "+00", "+0530", "-07:00" as "Z" or "+hh:mm"; its length, 0: it is none. */
static size_t zone_put(str zone, char out[6])
{
	size_t n = digits_in(zone.n ? str_from(zone, 1) : zone);
	bool has_colon = zone.n == 6 && n == 2 && zone.p[3] == ':';

	if (str_eq(zone, STR("Z")) || str_eq(zone, STR("UTC"))) {
		out[0] = 'Z';
		return 1;
	}
	if (!zone.n || (zone.p[0] != '+' && zone.p[0] != '-') ||
		(!has_colon && (zone.n != n + 1 || (n != 2 && n != 4))))
		return 0;
	memcpy(out, "+00:00", 6);
	memcpy(out, zone.p, 3);
	if (zone.n > 3)
		memcpy(out + 4, zone.p + zone.n - 2, 2);
	return 6;
}

/* Digits, ":" and "." behind a day. */
static size_t time_end(str text)
{
	size_t n = ISO_DAY + 1;

	while (n < text.n && text.p[n] && strchr("0123456789:.", text.p[n]))
		n++;
	return n;
}

/* A day and a time with a zone, as databases write it: "2024-03-05 23:59:59.5+00". */
static bool read_instant(str text, int64_t *at)
{
	char room[INSTANT_MAX];
	size_t n, zone_n;

	if (text.n <= ISO_DAY ||
		(text.p[ISO_DAY] != ' ' && text.p[ISO_DAY] != 'T'))
		return false;
	n = time_end(text);
	if (n + 6 > sizeof room)
		return false;
	memcpy(room, text.p, n);
	room[ISO_DAY] = 'T';
	zone_n = zone_put(str_trim(str_from(text, n)), room + n);
	return zone_n && instant_parse((str){ room, n + zone_n }, at);
}

bool day_of(str text, struct date *out)
{
	int64_t at;

	text = str_trim(text);
	if (read_instant(text, &at)) {
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
	size_t n = digits_in(*rest);

	*rest = str_from(*rest, n);
	return n;
}

/* Behind a day: nothing, or a time of it without a zone, "T23:59:59.5". */
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
	return !rest.n;
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
	else if (read_instant(text, &n))
		is_day = day_of_number(n, 1, out);
	else
		is_day = text.n >= ISO_DAY &&
			 date_parse(str_head(text, ISO_DAY), out) &&
			 is_time(str_from(text, ISO_DAY));
	return is_day && date_is_valid(*out) && out->year >= CERTAIN_YEAR;
}
