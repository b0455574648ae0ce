/* What PostgreSQL is asked for as a number: it refuses a whole question for one text that
 * it can't read, and takes many spellings for the same number. */
#include "connect/postgres/number.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

static const struct number_case {
	const char *text;
	const char *whole; /* NULL: none of 64 bits */
	bool is_numeric, is_double, is_real;
	const char *why;
} cases[] = {
	{ "7", "7", true, true, true, "plain" },
	{ "077", "77", true, true, true, "another program's zeros" },
	{ "7.00", "7", true, true, true, "as numeric(10,2) is told" },
	{ " +7. ", "7", true, true, true, "blanks, sign, bare point" },
	{ "-7", "-7", true, true, true, "below nothing" },
	{ "-0.0", "0", true, true, true, "nothing has no sign" },
	{ "1e+15", "1000000000000000", true, true, true,
		"as a double is told" },
	{ "1500e-2", "15", true, true, true, "a point that moves left" },
	{ "15e-1", NULL, true, true, true, "half a number is none" },
	{ "7.5", NULL, true, true, true, "nor this" },
	{ "9223372036854775807", "9223372036854775807", true, true, true,
		"the last one" },
	{ "9223372036854775808", NULL, true, true, true, "one too many" },
	{ "1e400", NULL, true, false, false, "larger than a double" },
	{ "1e39", NULL, true, true, false, "larger than a real" },
	{ "1e-400", NULL, true, false, false, "would be nothing" },
	{ "0e-400", "0", true, true, true, "is nothing" },
	{ "1e1001", NULL, false, false, false, "larger than any numeric" },
	{ "NaN", NULL, true, true, true, "all three hold it" },
	{ "Infinity", NULL, false, true, true, "numeric of old has none" },
	{ "", NULL, false, false, false, "nothing" },
	{ ".", NULL, false, false, false, "no digit" },
	{ "1e", NULL, false, false, false, "no exponent" },
	{ "- 7", NULL, false, false, false, "a blank inside" },
	{ "0x10", NULL, false, false, false, "read by strtod() alone" },
	{ "1,5", NULL, false, false, false, "a comma" },
	{ "seven", NULL, false, false, false, "a word" },
};

static void one(const struct number_case *k)
{
	struct arena *a = arena_new(1 << 20);
	str text = str_of(k->text), got = { 0 };
	bool is_whole = pg_whole(a, text, &got);

	CHECK(is_whole == (k->whole != NULL) &&
			(!is_whole || str_eq(got, str_of(k->whole))),
		"\"%s\" (%s): %.*s", k->text, k->why, STR_ARG(got));
	CHECK(pg_is_numeric(text) == k->is_numeric &&
			pg_is_float(a, text, false) == k->is_double &&
			pg_is_float(a, text, true) == k->is_real,
		"\"%s\": %s", k->text, k->why);
	arena_free(a);
}

/* 2,000 digits are more than any column was declared with. */
static void long_ones(void)
{
	struct arena *a = arena_new(1 << 20);
	char digits[2002];
	str got;

	memset(digits, '0', sizeof digits);
	CHECK(pg_whole(a, (str){ digits, 2000 }, &got) && str_eq(got, STR("0")),
		"all zeros");
	CHECK(!pg_is_numeric((str){ digits, 2001 }), "too long");
	arena_free(a);
}

int main(void)
{
	for (size_t i = 0; i < COUNTOF(cases); i++)
		one(&cases[i]);
	long_ones();
	return CHECK_DONE();
}
