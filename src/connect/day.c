#include "connect/day.h"

enum {
	ISO_DAY = 10, /* "2024-03-05" */
	SECONDS_MIN =
		100000000, /* March 1973; smaller numbers are no instants */
};

static const int64_t milliseconds_min = INT64_C(100000000000);

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
