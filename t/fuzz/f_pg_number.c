/* Any text as a number of PostgreSQL's: what is taken for one is one, of the same value. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/base.h"
#include "connect/postgres/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX = 4096 };

/* Every whole number below this is a double of its own. */
static const double whole_max = 9007199254740992.0;

static bool is_same(double a, double b)
{
	return a <= b && a >= b;
}

static double value_of(struct arena *a, str text)
{
	char *end;
	const char *s = arena_cstr(a, str_trim(text));
	double d = strtod(s, &end);

	must(!*end && end != s);
	return d;
}

/* What stands for it is written as PostgreSQL itself writes it, and means the same. */
static void check_whole(struct arena *a, str text, str whole)
{
	int64_t number;
	str again;
	double d;

	must(str_int(whole, &number) &&
		str_eq(whole, arena_fmt(a, "%lld", (long long)number)));
	must(pg_is_numeric(text));
	must(pg_whole(a, whole, &again) && str_eq(again, whole));
	d = value_of(a, text);
	if (fabs(d) < whole_max)
		must(is_same(d, (double)number));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(1 << 20);
	str text = { (const char *)data, size }, whole;

	if (size <= TEXT_MAX && !str_has(text, '\0')) {
		if (pg_whole(a, text, &whole))
			check_whole(a, text, whole);
		if (pg_is_float(a, text, true))
			must(pg_is_float(a, text, false));
		if (pg_is_float(a, text, false) && pg_is_numeric(text) &&
			!str_eq(text, STR("NaN")))
			must(isfinite(value_of(a, text)));
	}
	arena_free(a);
	return 0;
}
