#include "connect/expires.h"

#include "base/base.h"
#include "connect/day.h"

static const struct unit {
	const char *one;
	const char *many;
	int days;
	int months;
	int most; /* a hundred years: more is a slip of the hand */
} units[] = {
#define EXPIRY_UNIT(NAME, one, many, days, months, most) \
	{ #one, #many, days, months, most },
#include "connect/tbl/expiry_units.h"
};

str expires_words(struct arena *a, const struct map_expires *x)
{
	const struct unit *u = &units[x->unit];

	return arena_fmt(a, "%d %s", x->n, x->n == 1 ? u->one : u->many);
}

struct date expires_last_day(const struct map_expires *x, struct date from)
{
	const struct unit *u = &units[x->unit];

	return u->days ? date_add(from, x->n * u->days)
		       : date_add_months(from, x->n * u->months);
}

bool expires_day(const struct map_expires *x, str text, struct date *out)
{
	static const int number_ms[] = {
#define EXPIRY_NUMBER(NAME, name, ms) [EXPIRY_##NAME] = ms,
#include "connect/tbl/expiry_numbers.h"
	};

	return day_certain(text, number_ms[x->numbers], out);
}

bool expires_read(str text, struct map_expires *out)
{
	str number, word;
	int64_t n;

	if (!str_cut(str_trim(text), ' ', &number, &word) ||
		!str_int(number, &n))
		return false;
	word = str_trim(word);
	for (size_t i = 0; i < COUNTOF(units); i++) {
		if (!str_eq(word, str_of(units[i].one)) &&
			!str_eq(word, str_of(units[i].many)))
			continue;
		out->unit = (enum expiry_unit)i;
		out->n = (int)n;
		return n >= 1 && n <= units[i].most;
	}
	return false;
}
