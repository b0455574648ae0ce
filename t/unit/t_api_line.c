/*
 * Lines of an NDJSON list: what is read, and that nothing else passes.  That it
 * takes exactly what jansson takes is the fuzzer's to find out.
 */
#include "api/line.h"

#include "base/base.h"
#include "check.h"

/* A kind or value that must not be there. */
#define NONE NULL

static const struct {
	const char *why;
	const char *text;
	enum line_fault fault;
	const char *kind;
	const char *value;
} cases[] = {
	{ "as it is mostly written", "{\"kind\":\"email\",\"value\":\"a@b.c\"}",
		LINE_OK, "email", "a@b.c" },
	{ "the other way round", "{\"value\":\"a@b.c\",\"kind\":\"email\"}",
		LINE_OK, "email", "a@b.c" },
	{ "blanks wherever they may be",
		" \t{ \"kind\" : \"email\" ,\t\"value\" : \"x\" } \r", LINE_OK,
		"email", "x" },
	{ "only a value", "{\"value\":\"x\"}", LINE_OK, NONE, "x" },
	{ "nothing in it", "{}", LINE_OK, NONE, NONE },
	{ "an empty value is one", "{\"value\":\"\"}", LINE_OK, NONE, "" },
	{ "every short escape", "{\"value\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
		LINE_OK, NONE, "\"\\/\b\f\n\r\t" },
	{ "text around an escape", "{\"value\":\"ab\\u0040c\\u002ed\"}",
		LINE_OK, NONE, "ab@c.d" },
	{ "two and three bytes", "{\"value\":\"\\u00fc\\u20AC\"}", LINE_OK,
		NONE, "\xC3\xBC\xE2\x82\xAC" },
	{ "two units, four bytes", "{\"value\":\"\\uD83D\\uDE00\"}", LINE_OK,
		NONE, "\xF0\x9F\x98\x80" },
	{ "the last of all", "{\"value\":\"\\uDBFF\\uDFFF\"}", LINE_OK, NONE,
		"\xF4\x8F\xBF\xBF" },
	{ "UTF-8 as it is, before and behind an escape",
		"{\"value\":\"\xC3\xBC\\t\xC3\xBC\"}", LINE_OK, NONE,
		"\xC3\xBC\t\xC3\xBC" },
	{ "a name with an escape", "{\"v\\u0061lue\":\"x\"}", LINE_OK, NONE,
		"x" },
	{ "half a pair", "{\"value\":\"\\uD83D\"}", LINE_JSON, NONE, NONE },
	{ "half a pair before another character",
		"{\"value\":\"\\uD83D\\u0041\"}", LINE_JSON, NONE, NONE },
	{ "the second half alone", "{\"value\":\"\\uDE00\"}", LINE_JSON, NONE,
		NONE },
	{ "a NUL", "{\"value\":\"\\u0000\"}", LINE_JSON, NONE, NONE },
	{ "three digits", "{\"value\":\"\\u004\"}", LINE_JSON, NONE, NONE },
	{ "no digit", "{\"value\":\"\\u00g0\"}", LINE_JSON, NONE, NONE },
	{ "no such escape", "{\"value\":\"\\x41\"}", LINE_JSON, NONE, NONE },
	{ "a backslash at the end", "{\"value\":\"\\", LINE_JSON, NONE, NONE },
	{ "bytes that are no UTF-8", "{\"value\":\"\xC3(\"}", LINE_JSON, NONE,
		NONE },
	{ "the same behind an escape", "{\"value\":\"\\t\xFF\"}", LINE_JSON,
		NONE, NONE },
	{ "a control character", "{\"value\":\"a\tb\"}", LINE_JSON, NONE,
		NONE },
	{ "not closed", "{\"value\":\"x\"", LINE_JSON, NONE, NONE },
	{ "a text not closed", "{\"value\":\"x", LINE_JSON, NONE, NONE },
	{ "not opened", "\"value\":\"x\"}", LINE_JSON, NONE, NONE },
	{ "text behind it", "{\"value\":\"x\"}{}", LINE_JSON, NONE, NONE },
	{ "a comma too many", "{\"value\":\"x\",}", LINE_JSON, NONE, NONE },
	{ "a comma alone", "{,}", LINE_JSON, NONE, NONE },
	{ "a comma missing", "{\"kind\":\"a\" \"value\":\"x\"}", LINE_JSON,
		NONE, NONE },
	{ "a colon missing", "{\"value\" \"x\"}", LINE_JSON, NONE, NONE },
	{ "a number", "{\"value\":4155550131}", LINE_JSON, NONE, NONE },
	{ "nothing", "{\"value\":null}", LINE_JSON, NONE, NONE },
	{ "an object", "{\"value\":{}}", LINE_JSON, NONE, NONE },
	{ "a list", "[]", LINE_JSON, NONE, NONE },
	{ "an empty line", "", LINE_JSON, NONE, NONE },
	{ "blanks", "  ", LINE_JSON, NONE, NONE },
	{ "another member", "{\"kind\":\"email\",\"valu\":\"x\"}", LINE_UNKNOWN,
		NONE, NONE },
	{ "names are as they are", "{\"Kind\":\"email\"}", LINE_UNKNOWN, NONE,
		NONE },
	{ "a kind twice", "{\"kind\":\"a\",\"kind\":\"a\"}", LINE_TWICE, NONE,
		NONE },
	{ "a value twice", "{\"value\":\"a\",\"kind\":\"k\",\"value\":\"b\"}",
		LINE_TWICE, NONE, NONE },
};

static bool is_text(bool has, str got, const char *wanted)
{
	return wanted ? has && str_eq(got, str_of(wanted)) : !has;
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct line line;
		enum line_fault f = line_read(a, str_of(cases[i].text), &line);

		CHECK(f == cases[i].fault, "%s: %s", cases[i].why,
			line_fault_code(f));
		if (f || cases[i].fault)
			continue;
		CHECK(is_text(line.has_kind, line.kind, cases[i].kind) &&
				is_text(line.has_value, line.value,
					cases[i].value),
			"%s: \"%.*s\", \"%.*s\"", cases[i].why,
			STR_ARG(line.kind), STR_ARG(line.value));
	}
	arena_free(a);
	return CHECK_DONE();
}
