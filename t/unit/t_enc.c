/* Bytes as text: the vectors of RFC 4648, and the texts that are not canonical. */
#include "base/enc.h"

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	str bytes, hex, base64, base64url;
} rows[] = {
	{ "RFC 4648: nothing", { NULL, 0 }, { NULL, 0 }, { NULL, 0 },
		{ NULL, 0 } },
	{ "RFC 4648: f", STR_INIT("f"), STR_INIT("66"), STR_INIT("Zg=="),
		STR_INIT("Zg") },
	{ "RFC 4648: fo", STR_INIT("fo"), STR_INIT("666f"), STR_INIT("Zm8="),
		STR_INIT("Zm8") },
	{ "RFC 4648: foo", STR_INIT("foo"), STR_INIT("666f6f"),
		STR_INIT("Zm9v"), STR_INIT("Zm9v") },
	{ "RFC 4648: foob", STR_INIT("foob"), STR_INIT("666f6f62"),
		STR_INIT("Zm9vYg=="), STR_INIT("Zm9vYg") },
	{ "RFC 4648: fooba", STR_INIT("fooba"), STR_INIT("666f6f6261"),
		STR_INIT("Zm9vYmE="), STR_INIT("Zm9vYmE") },
	{ "RFC 4648: foobar", STR_INIT("foobar"), STR_INIT("666f6f626172"),
		STR_INIT("Zm9vYmFy"), STR_INIT("Zm9vYmFy") },
	{ "the two characters that differ", STR_INIT("\xFB\xFF\xBF"),
		STR_INIT("fbffbf"), STR_INIT("+/+/"), STR_INIT("-_-_") },
	{ "zeros", STR_INIT("\0\0"), STR_INIT("0000"), STR_INIT("AAA="),
		STR_INIT("AAA") },
};

static void both_ways(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		const char *why = rows[i].why;
		str in = rows[i].bytes, out = { 0 };
		char back[8] = "????????";

		CHECK(str_eq(hex_of(a, in.p, in.n), rows[i].hex), "%s", why);
		CHECK(str_eq(base64_of(a, in.p, in.n), rows[i].base64), "%s",
			why);
		CHECK(str_eq(base64url_of(a, in.p, in.n), rows[i].base64url),
			"%s", why);
		CHECK(hex_read(rows[i].hex, back, in.n), "%s", why);
		CHECK(str_eq((str){ back, in.n }, in), "%s", why);
		memset(back, '?', sizeof back);
		CHECK(base64_read(rows[i].base64, back, in.n), "%s", why);
		CHECK(str_eq((str){ back, in.n }, in), "%s", why);
		CHECK(back[in.n] == '?', "%s: nothing behind", why);
		CHECK(base64url_read(a, rows[i].base64url, &out), "%s", why);
		CHECK(str_eq(out, in), "%s", why);
	}
	CHECK(str_eq(hex_of(a, "\xAB\xCD", 2), STR("abcd")), "lower case");
}

static const struct {
	const char *why;
	str in;
	size_t n;
	bool hex, base64, base64url;
} reads[] = {
	{ "hex of both cases", STR_INIT("aBCd"), 2, true, false, true },
	{ "hex of another length", STR_INIT("abcd"), 1, false, false, true },
	{ "half a byte", STR_INIT("abc"), 1, false, false, true },
	{ "no hex digit", STR_INIT("fg"), 1, false, false, true },
	{ "the character before 0", STR_INIT("/0"), 1, false, false, false },
	{ "padded", STR_INIT("Zg=="), 1, false, true, false },
	{ "padding left out", STR_INIT("Zg"), 1, false, false, true },
	{ "bits that no byte takes", STR_INIT("Zh=="), 1, false, false, false },
	{ "the same, of two bytes", STR_INIT("Zm9="), 2, false, false, false },
	{ "bits set, without padding", STR_INIT("Zh"), 1, false, false, false },
	{ "one character alone", STR_INIT("Z"), 0, false, false, false },
	{ "a character alone that leaves no bits", STR_INIT("A"), 0, false,
		false, false },
	{ "text where padding is due", STR_INIT("ZgAA"), 1, false, false,
		true },
	{ "padding in the middle", STR_INIT("Zg==Zg=="), 4, false, false,
		false },
	{ "padding where a byte is", STR_INIT("Zm9="), 3, false, false, false },
	{ "a line end", STR_INIT("Zm9v\n"), 3, false, false, false },
	{ "space", STR_INIT("Zm 9"), 3, false, false, false },
	{ "the other set", STR_INIT("-_-_"), 3, false, false, true },
	{ "the standard set", STR_INIT("+/+/"), 3, false, true, false },
	{ "a NUL, which ends no set", STR_INIT("Zm9\0"), 3, false, false,
		false },
};

static void canonical(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(reads); i++) {
		char out[8];
		str s;

		CHECK(hex_read(reads[i].in, out, reads[i].n) == reads[i].hex,
			"hex: %s", reads[i].why);
		CHECK(base64_read(reads[i].in, out, reads[i].n) ==
				reads[i].base64,
			"base64: %s", reads[i].why);
		CHECK(base64url_read(a, reads[i].in, &s) == reads[i].base64url,
			"base64url: %s", reads[i].why);
	}
}

static const struct {
	const char *why;
	str in, form, path;
} coded[] = {
	{ "nothing", STR_INIT(""), STR_INIT(""), STR_INIT("") },
	{ "plus is a space in forms only", STR_INIT("a+b"), STR_INIT("a b"),
		STR_INIT("a+b") },
	{ "a coded plus is a plus", STR_INIT("a%2Bb"), STR_INIT("a+b"),
		STR_INIT("a+b") },
	{ "both cases", STR_INIT("%c3%A9"), STR_INIT("\xC3\xA9"),
		STR_INIT("\xC3\xA9") },
	{ "decoded once", STR_INIT("%2525"), STR_INIT("%25"), STR_INIT("%25") },
	{ "NUL is a byte", STR_INIT("a%00b"), STR_INIT("a\0b"),
		STR_INIT("a\0b") },
	{ "no digits", STR_INIT("100%"), STR_INIT("100%"), STR_INIT("100%") },
	{ "one digit", STR_INIT("%4"), STR_INIT("%4"), STR_INIT("%4") },
	{ "no hex", STR_INIT("%zz%41"), STR_INIT("%zzA"), STR_INIT("%zzA") },
	{ "percent before a code", STR_INIT("%%41"), STR_INIT("%A"),
		STR_INIT("%A") },
};

static void urls(struct arena *a)
{
	char all[256];
	str bytes = { all, sizeof all }, coded_all;

	for (size_t i = 0; i < COUNTOF(coded); i++) {
		CHECK(str_eq(url_decode(a, coded[i].in, true), coded[i].form),
			"%s", coded[i].why);
		CHECK(str_eq(url_decode(a, coded[i].in, false), coded[i].path),
			"%s", coded[i].why);
	}
	CHECK(str_eq(url_encode(a, STR("aZ09-._~")), STR("aZ09-._~")),
		"unreserved");
	CHECK(str_eq(url_encode(a, STR("a b/\xC3\xA9&")),
		      STR("a%20b%2F%C3%A9%26")),
		"the rest");
	for (int i = 0; i < 256; i++)
		all[i] = (char)i;
	coded_all = url_encode(a, bytes);
	CHECK(coded_all.n == 66 + 190 * 3, "%zu", coded_all.n);
	CHECK(str_eq(url_decode(a, coded_all, true), bytes), "and back");
}

static void fields_of_a_url(struct arena *a)
{
	static const struct {
		const char *why, *url, *out;
	} cases[] = {
		{ "without a query", "/s", "/s?lang=es" },
		{ "with one", "/r/know/code?ref=K7QF",
			"/r/know/code?ref=K7QF&lang=es" },
		{ "a fragment stays last", "https://p.example/n#top",
			"https://p.example/n?lang=es#top" },
		{ "a question mark in a fragment begins no query", "/n#a?b",
			"/n?lang=es#a?b" },
	};

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		str out = url_with(a, str_of(cases[i].url), STR("lang=es"));

		CHECK(str_eq(out, str_of(cases[i].out)), "%s: %.*s",
			cases[i].why, STR_ARG(out));
	}
}

int main(void)
{
	struct arena *a = arena_new(1 << 16);

	both_ways(a);
	canonical(a);
	urls(a);
	fields_of_a_url(a);
	arena_free(a);
	return CHECK_DONE();
}
