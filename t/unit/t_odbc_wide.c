/* Texts on their way through ODBC: UTF-16 and back. */
#include "connect/odbc/wide.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	str text;
	uint16_t wide[4];
	size_t n;
} pairs[] = {
	{ "nothing", STR_INIT(""), { 0 }, 0 },
	{ "ASCII and a zero", STR_INIT("a\0z"), { 'a', 0, 'z' }, 3 },
	{ "the last of one byte", STR_INIT("\x7f"), { 0x7f }, 1 },
	{ "the first of two", STR_INIT("\xc2\x80"), { 0x80 }, 1 },
	{ "the last of two", STR_INIT("\xdf\xbf"), { 0x7ff }, 1 },
	{ "the first of three", STR_INIT("\xe0\xa0\x80"), { 0x800 }, 1 },
	{ "the last of one unit", STR_INIT("\xef\xbf\xbf"), { 0xffff }, 1 },
	{ "the first of two units", STR_INIT("\xf0\x90\x80\x80"),
		{ 0xd800, 0xdc00 }, 2 },
	{ "the last there is", STR_INIT("\xf4\x8f\xbf\xbf"), { 0xdbff, 0xdfff },
		2 },
	{ "a letter behind two units",
		STR_INIT("\xf0\x9f\x98\x80"
			 "b"),
		{ 0xd83d, 0xde00, 'b' }, 3 },
};

static void there_and_back(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(pairs); i++) {
		size_t n;
		uint16_t *w = wide_of(a, pairs[i].text, &n);

		CHECK(n == pairs[i].n && !memcmp(w, pairs[i].wide, n * 2) &&
				!w[n],
			"%s: %zu units", pairs[i].why, n);
		CHECK(str_eq(wide_text(a, w, n), pairs[i].text), "%s, back",
			pairs[i].why);
	}
	arena_free(a);
}

/* What is no text comes out as text, and nothing beyond the end is read. */
static void halves(void)
{
	static const struct {
		uint16_t wide[3];
		size_t n;
		str text;
	} cases[] = {
		{ { 0xd83d }, 1, STR_INIT("\xef\xbf\xbd") },
		{ { 0xde00 }, 1, STR_INIT("\xef\xbf\xbd") },
		{ { 0xde00, 0xd83d, 'x' }, 3,
			STR_INIT("\xef\xbf\xbd\xef\xbf\xbdx") },
		{ { 0xd83d, 0xd83d, 0xde00 }, 3,
			STR_INIT("\xef\xbf\xbd\xf0\x9f\x98\x80") },
	};
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str got = wide_text(a, cases[i].wide, cases[i].n);

		CHECK(str_eq(got, cases[i].text), "case %zu: %.*s", i,
			STR_ARG(got));
	}
	arena_free(a);
}

int main(void)
{
	there_and_back();
	halves();
	return CHECK_DONE();
}
