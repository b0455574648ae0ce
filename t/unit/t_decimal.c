/* The one form of a decimal that is looked for in every system. */
#include "connect/decimal.h"

#include "base/base.h"
#include "check.h"

static const struct decimal_case {
	const char *text;
	const char *plain;
	bool fits; /* a decimal of three digits on either side */
	const char *why;
} cases[] = {
	{ "7.00", "7", true, "as numeric(10,2) is told" },
	{ "7.", "7", true, "a bare point" },
	{ "7.50", "7.5", true, "zeros at the end mean nothing" },
	{ "7.05", "7.05", true, "but before a digit they do" },
	{ "70", "70", true, "nor are those of a whole number dropped" },
	{ "-0.00", "0", true, "nothing has no sign" },
	{ "-.5", "-0.5", true, "as some databases write it" },
	{ "007.0", "7", true, "what has a point is a number" },
	{ "007", "007", true, "what has none may be a text" },
	{ "1234", "1234", false, "four digits" },
	{ "1.2345", "1.2345", false, "four behind the point" },
	{ "7.0e1", "7.0e1", false, "an exponent is left alone" },
	{ "1.0.0", "1.0.0", false, "a version" },
	{ "+7.0", "+7.0", false, "no database writes that" },
	{ ".", ".", false, "no digit" },
	{ "", "", false, "nothing" },
	{ "7.0 ", "7.0 ", false, "a blank is not part of a number" },
};

static void one(const struct decimal_case *k)
{
	struct arena *a = arena_new(1 << 16);
	str got = decimal_plain(a, str_of(k->text));

	CHECK(str_eq(got, str_of(k->plain)), "\"%s\" (%s): %.*s", k->text,
		k->why, STR_ARG(got));
	CHECK(decimal_fits(str_of(k->text), 3) == k->fits, "\"%s\": %s",
		k->text, k->why);
	arena_free(a);
}

/* A text that looks like one is told as it is, and alone. */
static void only_of_numbers(void)
{
	struct arena *a = arena_new(1 << 16);
	struct cell c = cell_text(STR("7.00")), plain;

	CHECK(!decimal_form(a, &c, &plain), "a text");
	c.is_decimal = true;
	CHECK(decimal_form(a, &c, &plain) && plain.type == CELL_INT &&
			str_eq(plain.v.v, STR("7")),
		"a number");
	c.is_cut = true;
	CHECK(!decimal_form(a, &c, &plain), "the beginning of one");
	c = cell_text(STR("7.5"));
	c.is_decimal = true;
	CHECK(!decimal_form(a, &c, &plain), "it is plain already");
	arena_free(a);
}

int main(void)
{
	for (size_t i = 0; i < COUNTOF(cases); i++)
		one(&cases[i]);
	only_of_numbers();
	return CHECK_DONE();
}
