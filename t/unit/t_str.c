/* Views: comparisons, cuts, numbers, UTF-8, distances. */
#include "base/str.h"

#include <inttypes.h>

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	str a, b;
	bool eq, nocase;
	int cmp;
	bool starts, ends;
	ptrdiff_t find;
} pairs[] = {
	{ "nothing and nothing", { NULL, 0 }, STR_INIT(""), true, true, 0, true,
		true, 0 },
	{ "the same", STR_INIT("abc"), STR_INIT("abc"), true, true, 0, true,
		true, 0 },
	{ "another case", STR_INIT("ABC"), STR_INIT("abc"), false, true, -1,
		false, false, -1 },
	{ "case is ASCII only: 0xC4 is not 0xE4", STR_INIT("\xC4"),
		STR_INIT("\xE4"), false, false, -1, false, false, -1 },
	{ "@ and ` differ by the case bit but are no letters", STR_INIT("@"),
		STR_INIT("`"), false, false, -1, false, false, -1 },
	{ "a beginning", STR_INIT("abc"), STR_INIT("ab"), false, false, 1, true,
		false, 0 },
	{ "an end", STR_INIT("abc"), STR_INIT("bc"), false, false, -1, false,
		true, 1 },
	{ "longer than s", STR_INIT("abc"), STR_INIT("abcd"), false, false, -1,
		false, false, -1 },
	{ "every s begins and ends with nothing", STR_INIT("abc"), { NULL, 0 },
		false, false, 1, true, true, 0 },
	{ "NUL does not end a str", STR_INIT("a\0b"), STR_INIT("a\0c"), false,
		false, -1, false, false, -1 },
	{ "bytes compare unsigned", STR_INIT("\xFF"), STR_INIT("a"), false,
		false, 1, false, false, -1 },
	{ "a false start before the find", STR_INIT("aab"), STR_INIT("ab"),
		false, false, -1, false, true, 1 },
	{ "a false start at the end", STR_INIT("xab"), STR_INIT("abc"), false,
		false, 1, false, false, -1 },
};

static int sign(int v)
{
	return (v > 0) - (v < 0);
}

static void comparisons(void)
{
	for (size_t i = 0; i < COUNTOF(pairs); i++) {
		const char *why = pairs[i].why;
		str a = pairs[i].a, b = pairs[i].b;

		CHECK(str_eq(a, b) == pairs[i].eq, "%s", why);
		CHECK(str_eq_nocase(a, b) == pairs[i].nocase, "%s", why);
		CHECK(sign(str_cmp(a, b)) == pairs[i].cmp, "%s", why);
		CHECK(sign(str_cmp(b, a)) == -pairs[i].cmp, "%s, back", why);
		CHECK(str_starts(a, b) == pairs[i].starts, "%s", why);
		CHECK(str_ends(a, b) == pairs[i].ends, "%s", why);
		CHECK(str_find(a, b) == pairs[i].find, "%s: %td", why,
			str_find(a, b));
	}
	CHECK(str_has(STR("a\0b"), '\0'), "a NUL can be looked for");
	CHECK(!str_has((str){ 0 }, '\0'), "nothing has no NUL");
	CHECK(str_of(NULL).n == 0, "NULL is nothing");
	CHECK(str_of("ab").n == 2, "without its NUL");
}

static const struct {
	const char *why;
	str in, trimmed, from_2, head_2;
} views[] = {
	{ "nothing", { NULL, 0 }, STR_INIT(""), STR_INIT(""), STR_INIT("") },
	{ "all six kinds of space", STR_INIT(" \t\r\n\v\fx "), STR_INIT("x"),
		STR_INIT("\r\n\v\fx "), STR_INIT(" \t") },
	{ "space alone", STR_INIT("  "), STR_INIT(""), STR_INIT(""),
		STR_INIT("  ") },
	{ "inner space stays", STR_INIT("a b"), STR_INIT("a b"), STR_INIT("b"),
		STR_INIT("a ") },
	{ "a no-break space is no ASCII space", STR_INIT("\xC2\xA0x"),
		STR_INIT("\xC2\xA0x"), STR_INIT("x"), STR_INIT("\xC2\xA0") },
	{ "shorter than asked for", STR_INIT("a"), STR_INIT("a"), STR_INIT(""),
		STR_INIT("a") },
};

/* Neighbours of c in value and in place must not be taken for it. */
static void counts(void)
{
	static const char set[] = { 0, 1, '\n', '\n' - 1, '\n' + 1,
		(char)('\n' | 0x80), 0x7f, (char)0x80, (char)0x81, (char)0xff };
	char text[64];
	uint64_t state = 7;

	for (size_t round = 0; round < 2000; round++)
		for (size_t i = 0; i < sizeof set; i++) {
			size_t from = round % 9, n = round % 50, want = 0;

			for (size_t k = 0; k < sizeof text; k++) {
				state = state * 6364136223846793005u + 1;
				text[k] = set[(state >> 40) % sizeof set];
			}
			for (size_t k = 0; k < n; k++)
				want += text[from + k] == set[i];
			CHECK(str_count((str){ text + from, n }, set[i]) ==
					want,
				"byte %d, %zu bytes", set[i], n);
		}
	CHECK(!str_count((str){ 0 }, 'a'), "nothing has none");
}

static void parts(void)
{
	for (size_t i = 0; i < COUNTOF(views); i++) {
		str in = views[i].in;

		CHECK(str_eq(str_trim(in), views[i].trimmed), "%s",
			views[i].why);
		CHECK(str_eq(str_from(in, 2), views[i].from_2), "%s",
			views[i].why);
		CHECK(str_eq(str_head(in, 2), views[i].head_2), "%s",
			views[i].why);
	}
	CHECK(str_from(STR("ab"), SIZE_MAX).n == 0, "far past the end");
}

static const struct {
	const char *why;
	str in;
	bool has_sep;
	str head, tail;
	size_t n;           /* pieces by str_next() */
	const char *pieces; /* each one in brackets */
} cuts[] = {
	{ "nothing", STR_INIT(""), false, STR_INIT(""), STR_INIT(""), 0, "" },
	{ "no sep", STR_INIT("ab"), false, STR_INIT("ab"), STR_INIT(""), 1,
		"[ab]" },
	{ "at the first", STR_INIT("a,b,c"), true, STR_INIT("a"),
		STR_INIT("b,c"), 3, "[a][b][c]" },
	{ "empty pieces are pieces", STR_INIT(",,b"), true, STR_INIT(""),
		STR_INIT(",b"), 3, "[][][b]" },
	{ "a sep at the end ends the last", STR_INIT("a,"), true, STR_INIT("a"),
		STR_INIT(""), 1, "[a]" },
	{ "a sep alone", STR_INIT(","), true, STR_INIT(""), STR_INIT(""), 1,
		"[]" },
};

static void splits(void)
{
	for (size_t i = 0; i < COUNTOF(cuts); i++) {
		char all[64] = "";
		str rest = cuts[i].in, head, tail, piece;
		size_t n = 0;

		CHECK(str_cut(cuts[i].in, ',', &head, &tail) == cuts[i].has_sep,
			"%s", cuts[i].why);
		CHECK(str_eq(head, cuts[i].head), "%s", cuts[i].why);
		CHECK(str_eq(tail, cuts[i].tail), "%s", cuts[i].why);
		for (; str_next(&rest, ',', &piece); n++)
			snprintf(all + strlen(all), sizeof all - strlen(all),
				"[%.*s]", STR_ARG(piece));
		CHECK(n == cuts[i].n, "%s: %zu pieces", cuts[i].why, n);
		CHECK(!strcmp(all, cuts[i].pieces), "%s: %s", cuts[i].why, all);
	}
}

static const struct {
	const char *why;
	str in;
	bool is_number;
	int64_t v;
} numbers[] = {
	{ "zero", STR_INIT("0"), true, 0 },
	{ "leading zeros", STR_INIT("007"), true, 7 },
	{ "negative", STR_INIT("-12"), true, -12 },
	{ "the largest", STR_INIT("9223372036854775807"), true, INT64_MAX },
	{ "one more", STR_INIT("9223372036854775808"), false, 0 },
	{ "the smallest", STR_INIT("-9223372036854775808"), true, INT64_MIN },
	{ "one less", STR_INIT("-9223372036854775809"), false, 0 },
	{ "a digit more", STR_INIT("92233720368547758070"), false, 0 },
	{ "nothing", STR_INIT(""), false, 0 },
	{ "a sign alone", STR_INIT("-"), false, 0 },
	{ "a plus", STR_INIT("+1"), false, 0 },
	{ "space", STR_INIT(" 1"), false, 0 },
	{ "a letter behind", STR_INIT("1a"), false, 0 },
	{ "a NUL behind", STR_INIT("1\0"), false, 0 },
	{ "hex", STR_INIT("0x1"), false, 0 },
};

static void integers(void)
{
	for (size_t i = 0; i < COUNTOF(numbers); i++) {
		int64_t v = 4711;
		bool ok = str_int(numbers[i].in, &v);

		CHECK(ok == numbers[i].is_number, "%s", numbers[i].why);
		CHECK(v == (ok ? numbers[i].v : 4711), "%s: %" PRId64,
			numbers[i].why, v);
	}
}

static const struct {
	const char *why;
	str in;
	size_t first; /* str_utf8() */
	bool is_text;
} texts[] = {
	{ "nothing", STR_INIT(""), 0, true },
	{ "ASCII with tab and line ends", STR_INIT("a\tb\r\n"), 1, true },
	{ "NUL", STR_INIT("\0"), 1, false },
	{ "escape", STR_INIT("a\x1B[0m"), 1, false },
	{ "U+007F, the first of one byte's end", STR_INIT("\x7F"), 1, true },
	{ "U+0080", STR_INIT("\xC2\x80"), 2, true },
	{ "U+07FF", STR_INIT("\xDF\xBF"), 2, true },
	{ "U+0800", STR_INIT("\xE0\xA0\x80"), 3, true },
	{ "U+D7FF, before the surrogates", STR_INIT("\xED\x9F\xBF"), 3, true },
	{ "U+D800, a surrogate", STR_INIT("\xED\xA0\x80"), 0, false },
	{ "U+E000, after them", STR_INIT("\xEE\x80\x80"), 3, true },
	{ "U+FFFF", STR_INIT("\xEF\xBF\xBF"), 3, true },
	{ "U+10000", STR_INIT("\xF0\x90\x80\x80"), 4, true },
	{ "U+10FFFF, the last", STR_INIT("\xF4\x8F\xBF\xBF"), 4, true },
	{ "U+110000", STR_INIT("\xF4\x90\x80\x80"), 0, false },
	{ "five bytes", STR_INIT("\xF8\x88\x80\x80\x80"), 0, false },
	{ "overlong slash in two", STR_INIT("\xC0\xAF"), 0, false },
	{ "overlong slash in three", STR_INIT("\xE0\x80\xAF"), 0, false },
	{ "overlong in four", STR_INIT("\xF0\x8F\xBF\xBF"), 0, false },
	{ "a tail byte alone", STR_INIT("\x80"), 0, false },
	{ "cut in two", STR_INIT("\xC2"), 0, false },
	{ "cut in three", STR_INIT("\xE2\x82"), 0, false },
	{ "cut in four", STR_INIT("\xF0\x9F\x98"), 0, false },
	{ "a letter instead of a tail", STR_INIT("\xE2\x82z"), 0, false },
	{ "Latin-1", STR_INIT("Jos\xE9"), 1, false },
};

static void utf8(void)
{
	for (size_t i = 0; i < COUNTOF(texts); i++) {
		CHECK(str_utf8(texts[i].in) == texts[i].first, "%s: %zu",
			texts[i].why, str_utf8(texts[i].in));
		CHECK(str_is_text(texts[i].in) == texts[i].is_text, "%s",
			texts[i].why);
		if (texts[i].is_text)
			CHECK(str_is_utf8(texts[i].in), "%s", texts[i].why);
	}
	/* A text of a database may hold these; they decide whether it is asked. */
	CHECK(str_is_utf8(STR("a\0\x1B")), "NUL and escape are characters");
	CHECK(!str_is_utf8(STR("Jos\xE9")), "Latin-1 at the end");
	CHECK(!str_is_utf8(STR("\xED\xA0\x80")), "a surrogate alone");
}

static const struct {
	const char *why, *a, *b;
	int edits;
} distances[] = {
	{ "nothing", "", "", 0 },
	{ "the same", "queue", "queue", 0 },
	{ "from nothing", "", "abc", 3 },
	{ "one left out", "qeue", "queue", 1 },
	{ "one too many", "quueue", "queue", 1 },
	{ "one wrong", "quexe", "queue", 1 },
	{ "two swapped are two edits", "quuee", "queue", 2 },
	{ "the textbook's", "kitten", "sitting", 3 },
};

static void edits(void)
{
	char long_text[101];
	str s = { long_text, 0 };

	memset(long_text, 'x', sizeof long_text);
	for (size_t i = 0; i < COUNTOF(distances); i++) {
		str a = str_of(distances[i].a), b = str_of(distances[i].b);

		CHECK(str_edits(a, b) == distances[i].edits, "%s: %d",
			distances[i].why, str_edits(a, b));
		CHECK(str_edits(b, a) == distances[i].edits, "%s, back",
			distances[i].why);
	}
	for (s.n = 98; s.n <= 101; s.n++) {
		CHECK(str_edits(s, (str){ 0 }) == (s.n < 99 ? (int)s.n : 99),
			"at most 99: %zu", s.n);
		CHECK(str_edits(s, s) == 0, "the same: %zu", s.n);
	}
}

int main(void)
{
	comparisons();
	counts();
	parts();
	splits();
	integers();
	utf8();
	edits();
	return CHECK_DONE();
}
