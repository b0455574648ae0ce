/*
 * What the template compiler makes of t/tools/html and t/tools/text, byte for
 * byte: a case for each place a value can stand in, with what an attacker would
 * write there.
 */
#include "check.h"
#include "view.h"
#include "web/html.h"

#include "base/base.h"
#include "mail/text.h"

#define EVIL "<script>\"'&</script>"
#define SAFE "&lt;script&gt;&#34;&#39;&amp;&lt;/script&gt;"

static const struct item items[] = {
	{ STR_INIT("a&b"), "/x?y=1&z=2", 3 },
	{ STR_INIT("c"), "JavaScript:alert(1)", 0 },
};

#define ITEMS                         \
	{                             \
		items, COUNTOF(items) \
	}

static const struct {
	const char *why;
	void (*fn)(struct buf *, const struct page *);
	struct page view;
	const char *out;
} cases[] = {
	{ "every type in text", html_text,
		{ .name = STR_INIT(EVIL),
			.who = { STR_INIT("<w>") },
			.cstr = "a&b",
			.chars = "<c>",
			.n = INT64_MIN,
			.u = 255,
			.markup = { STR_INIT("<i>m</i>") } },
		"<p>" SAFE "|&lt;w&gt;|a&amp;b|&lt;c&gt;|-9223372036854775808|"
		"255|<i>m</i></p>" },
	{ "a null C string is nothing", html_text, { .n = 0 },
		"<p>||||0|0|</p>" },
	{ "attributes: quotes can't be left", html_attr,
		{ .name = STR_INIT("\" onload=\"x"), .cstr = EVIL, .n = -1 },
		"<p class=\"&#34; onload=&#34;x x\" title=\"" SAFE
		"\" data-n='static' id=bare data-x=\"-1\">x</p>" },
	{ "a path of ours", html_url, { .name = STR_INIT("/a?b=1&c=2") },
		"<a href=\"/a?b=1&amp;c=2\">x</a>" },
	{ "https", html_url, { .name = STR_INIT("https://a.example/") },
		"<a href=\"https://a.example/\">x</a>" },
	{ "a fragment", html_url, { .name = STR_INIT("#top") },
		"<a href=\"#top\">x</a>" },
	{ "mailto", html_url, { .name = STR_INIT("mailto:a@b.example") },
		"<a href=\"mailto:a@b.example\">x</a>" },
	{ "tel", html_url, { .name = STR_INIT("tel:+15105550100") },
		"<a href=\"tel:+15105550100\">x</a>" },
	{ "javascript", html_url, { .name = STR_INIT("javascript:alert(1)") },
		"<a href=\"#\">x</a>" },
	{ "in capitals, after a space", html_url,
		{ .name = STR_INIT(" JAVASCRIPT:alert(1)") },
		"<a href=\"#\">x</a>" },
	{ "data", html_url, { .name = STR_INIT("data:text/html,x") },
		"<a href=\"#\">x</a>" },
	{ "another site without a scheme", html_url,
		{ .name = STR_INIT("//evil.example") }, "<a href=\"#\">x</a>" },
	{ "the same with a backslash", html_url,
		{ .name = STR_INIT("/\\evil.example") },
		"<a href=\"#\">x</a>" },
	{ "the same with a tab, which browsers drop", html_url,
		{ .name = STR_INIT("/\t/evil.example") },
		"<a href=\"#\">x</a>" },
	{ "the empty URL", html_url, { .n = 0 }, "<a href=\"#\">x</a>" },
	{ "a quote in a URL", html_url, { .name = STR_INIT("/\"x") },
		"<a href=\"/&#34;x\">x</a>" },
	{ "a piece of a URL stays one piece", html_part,
		{ .name = STR_INIT("a&b=c/../d%?#\"\xC3\xA9"),
			.n = 5,
			.cstr = "x y+z@w~1" },
		"<a href=\"/q?a=a%26b%3Dc%2F..%2Fd%25%3F%23%22%C3%A9&amp;n=5"
		"#x%20y%2Bz@w~1\">x</a>" },
	{ "a piece after a whole URL", html_rest,
		{ .cstr = "https://a.example", .name = STR_INIT("b/c") },
		"<a href=\"https://a.example/r/b%2Fc\">x</a>" },
	{ "if", html_cases, { .n = 2 }, "<b>many</b>\n" },
	{ "elif", html_cases, { .n = 1 }, "<b>one</b>\n" },
	{ "else", html_cases, { .n = 0 }, "<b>none</b>\n" },
	{ "branches inside of a tag, on", html_tag, { .is_on = true },
		"<input name=\"a\" checked class=\"x on\">" },
	{ "branches inside of a tag, off", html_tag, { .is_on = false },
		"<input name=\"a\" class=\"x off\">" },
	{ "loops, one in the other, calls in them", html_list,
		{ .items = ITEMS },
		"<ul>\n<li>0: a&amp;b <a href=\"/x?y=1&amp;z=2\">3</a></li>\n"
		"<i>a&amp;b</i>\na&amp;ba&amp;bca&amp;b\n"
		"<li>1: c <a href=\"#\">0</a></li>\n"
		"<i>c</i>\na&amp;bccc\n</ul>" },
	{ "an empty list", html_list, { .n = 0 }, "<ul>\n</ul>" },
	{ "calls with a part of the view, nothing, and all of it", html_calls,
		{ .head = { "<T>" } },
		"<title>&lt;T&gt;</title>\n<hr>\n<ul>\n</ul>" },
	{ "expressions with braces, quotes and spaces", html_odd,
		{ .name = STR_INIT("abc"), .n = 1, .items = ITEMS },
		"<p>}3cv.n</p>" },
	{ "text: nothing is escaped, lines of directives vanish", text_letter,
		{ .name = STR_INIT(EVIL),
			.is_on = true,
			.n = 2,
			.items = ITEMS,
			.head = { "T&" } },
		"Dear " EVIL ",\n\n\tOn & on: 2\n- a&b\n- c\n  <T&>\nEnd.\n" },
	{ "text: the other branch is empty", text_letter,
		{ .name = STR_INIT("N"), .head = { "T" } },
		"Dear N,\n\n  <T>\nEnd.\n" },
};

static void outputs(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct buf b = buf_in(a, 4096);

		cases[i].fn(&b, &cases[i].view);
		CHECK(buf_ok(&b) && str_eq(buf_str(&b), str_of(cases[i].out)),
			"%s:\n%.*s\ninstead of\n%s", cases[i].why,
			STR_ARG(buf_str(&b)), cases[i].out);
	}
}

static void spaces(struct arena *a)
{
	struct buf b = buf_in(a, 4096);
	static const char out[] =
		"<p>\na b\n<b>c</b>\n</p>\n<pre>\n  kept\n\tas is\n</pre>\n"
		"<script>if (1 < 2 && \"</p>\") x();</script><i>{x}</i>";

	html_space(&b);
	CHECK(str_eq(buf_str(&b), str_of(out)), "squeezed:\n%.*s",
		STR_ARG(buf_str(&b)));
}

/* Of every kind of segment, and what one template calls. */
static void languages(struct arena *a)
{
	static const char *const out[LANGS] = {
		[LANG_EN] = "<h1 title=\"A title\">A heading</h1>\n<p>2 of "
			    "<b>Ana</b> are here</p>\n<p>On it is</p>\n"
			    "<p><a href=\"/x\">Only this</a></p>\n"
			    "<i>Called</i>",
		[LANG_ES] = "<h1 title=\"Un título\">Un encabezado</h1>\n"
			    "<p>Aquí de <b>Ana</b> hay 2</p>\n<p>Puesto</p>\n"
			    "<p><a href=\"/x\">Solo esto</a></p>\n"
			    "<i>Llamado</i>",
	};
	struct page v = { .name = STR_INIT("Ana"), .n = 2, .is_on = true };

	for (int l = 0; l < LANGS; l++) {
		struct buf b = buf_in(a, 4096);

		html_said(&b, (enum lang)l, &v);
		CHECK(str_eq(str_trim(buf_str(&b)), str_of(out[l])),
			"language %d:\n%.*s", l, STR_ARG(buf_str(&b)));
	}
}

/* No form forgets in which language its page was (11 CCR 7003(b)). */
static void forms_say_their_language(struct arena *a)
{
	static const char *const out[LANGS] = {
		[LANG_EN] =
			"<form method=\"post\" action=\"/x/Ana\" novalidate>"
			"<input type=\"hidden\" name=\"lang\" value=\"en\">\n"
			"<!-- > --><p>Only this</p>\n</form>\n"
			"<form><input type=\"hidden\" name=\"lang\" "
			"value=\"en\"><p>Called</p></form>",
		[LANG_ES] =
			"<form method=\"post\" action=\"/x/Ana\" novalidate>"
			"<input type=\"hidden\" name=\"lang\" value=\"es\">\n"
			"<!-- > --><p>Solo esto</p>\n</form>\n"
			"<form><input type=\"hidden\" name=\"lang\" "
			"value=\"es\"><p>Llamado</p></form>",
	};
	struct page v = { .name = STR_INIT("Ana"), .is_on = true };

	for (int l = 0; l < LANGS; l++) {
		struct buf b = buf_in(a, 4096);

		html_said_form(&b, (enum lang)l, &v);
		CHECK(str_eq(str_trim(buf_str(&b)), str_of(out[l])),
			"language %d:\n%.*s", l, STR_ARG(buf_str(&b)));
	}
}

/* It calls one that is in languages, and is not itself. */
static void one_language(struct arena *a)
{
	struct buf b = buf_in(a, 4096);

	html_not_said(&b, &(struct page){ .n = 0 });
	CHECK(str_eq(str_trim(buf_str(&b)),
		      STR("<u>A heading</u>\n<form method=\"post\"></form>\n"
			  "<i>Called</i>")),
		"English:\n%.*s", STR_ARG(buf_str(&b)));
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	outputs(a);
	languages(a);
	forms_say_their_language(a);
	one_language(a);
	spaces(a);
	arena_free(a);
	return CHECK_DONE();
}
