/*
 * Values on their way into HTML.  That templates choose the right one of these
 * is tested in t/tools.
 */
#include "base/html.h"

#include <string.h>

#include "base/base.h"
#include "check.h"

static const struct {
	const char *why;
	void (*put)(struct buf *, str);
	str in;
	str out;
} cases[] = {
	{ "nothing", html_put_str, STR_INIT(""), STR_INIT("") },
	{ "the five that mean something", html_put_str, STR_INIT("<>&\"'"),
		STR_INIT("&lt;&gt;&amp;&#34;&#39;") },
	{ "between plain text", html_put_str, STR_INIT("a<b"),
		STR_INIT("a&lt;b") },
	{ "an entity is text too", html_put_str, STR_INIT("&lt;"),
		STR_INIT("&amp;lt;") },
	{ "UTF-8 and NUL stay", html_put_str, STR_INIT("\xC3\xA9\0x"),
		STR_INIT("\xC3\xA9\0x") },
	{ "a path", html_put_url, STR_INIT("/"), STR_INIT("/") },
	{ "a query", html_put_url, STR_INIT("?a=1&b"), STR_INIT("?a=1&amp;b") },
	{ "a relative path has no sure beginning", html_put_url, STR_INIT("a"),
		STR_INIT("#") },
	{ "a scheme in capitals is not ours", html_put_url,
		STR_INIT("HTTPS://x/"), STR_INIT("#") },
	{ "half a scheme", html_put_url, STR_INIT("https:"), STR_INIT("#") },
	{ "another site", html_put_url, STR_INIT("//x"), STR_INIT("#") },
	{ "after a line end", html_put_url, STR_INIT("/\n/x"), STR_INIT("#") },
	{ "after two", html_put_url, STR_INIT("/\r\n\\x"), STR_INIT("#") },
	{ "a slash and tabs only", html_put_url, STR_INIT("/\t"),
		STR_INIT("/\t") },
	{ "what a piece may keep", html_put_part, STR_INIT("azAZ09-._~@"),
		STR_INIT("azAZ09-._~@") },
	{ "and what not", html_put_part, STR_INIT("/?#&=+:;,!$'()*[]% \""),
		STR_INIT("%2F%3F%23%26%3D%2B%3A%3B%2C%21%24%27%28%29%2A%5B%5D"
			 "%25%20%22") },
	{ "bytes above 127 and NUL", html_put_part, STR_INIT("\xFF\0"),
		STR_INIT("%FF%00") },
};

static void strings(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct buf b = buf_in(a, 4096);

		cases[i].put(&b, cases[i].in);
		CHECK(str_eq(buf_str(&b), cases[i].out), "%s: %.*s",
			cases[i].why, STR_ARG(buf_str(&b)));
	}
}

/* Every byte, alone: what comes out can end neither text nor a quoted value. */
static void bytes(struct arena *a)
{
	for (int c = 0; c < 256; c++) {
		char byte = (char)c;
		struct buf b = buf_in(a, 64);
		str out;

		html_put_str(&b, (str){ &byte, 1 });
		html_put_part(&b, (str){ &byte, 1 });
		out = buf_str(&b);
		CHECK(!str_has(out, '<') && !str_has(out, '>') &&
				!str_has(out, '"') && !str_has(out, '\''),
			"byte %d gives %.*s", c, STR_ARG(out));
	}
}

static void numbers(struct arena *a)
{
	struct buf b = buf_in(a, 200);

	put_html_text(&b, INT64_MIN);
	buf_putc(&b, ' ');
	put_html_attr(&b, UINT64_MAX);
	buf_putc(&b, ' ');
	put_html_part(&b, (unsigned char)200);
	buf_putc(&b, ' ');
	put_text(&b, (short)-3);
	CHECK(str_eq(buf_str(&b),
		      STR("-9223372036854775808 18446744073709551615 200 -3")),
		"%.*s", STR_ARG(buf_str(&b)));
}

static void markup(struct arena *a)
{
	struct buf inner = buf_in(a, 100), outer = buf_in(a, 100);

	buf_puts(&inner, "<b>&amp;</b>");
	put_html_text(&outer, markup_of(&inner));
	CHECK(str_eq(buf_str(&outer), STR("<b>&amp;</b>")), "%.*s",
		STR_ARG(buf_str(&outer)));
}

int main(void)
{
	struct arena *a = arena_new(4 << 20);

	strings(a);
	bytes(a);
	numbers(a);
	markup(a);
	arena_free(a);
	return CHECK_DONE();
}
