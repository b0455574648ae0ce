/*
 * The text of notices: read as blocks, drawn, compared by lines.
 */
#include "desk/notice_text.h"

#include "base/base.h"
#include "base/buf.h"
#include "check.h"

static const struct {
	const char *line;
	enum notice_block_kind kind;
	const char *text, *id, *link;
} lines[] = {
	{ "# Privacy policy", NOTICE_TITLE, "Privacy policy", "", "" },
	{ "## What we collect [policy-collected]", NOTICE_HEADING,
		"What we collect", "policy-collected", "" },
	{ "## Without an id", NOTICE_HEADING, "Without an id", "", "" },
	{ "## Half an [id", NOTICE_HEADING, "Half an [id", "", "" },
	{ "- Identifiers: name", NOTICE_POINT, "Identifiers: name", "", "" },
	{ "- [Opt out](https://x.example/opt-out)", NOTICE_POINT, "Opt out", "",
		"https://x.example/opt-out" },
	{ "- [Opt out](https://x.example", NOTICE_POINT,
		"[Opt out](https://x.example", "", "" },
	{ "- a](b)", NOTICE_POINT, "a](b)", "", "" },
	{ "Call us.", NOTICE_PARAGRAPH, "Call us.", "", "" },
	{ "#hash", NOTICE_PARAGRAPH, "#hash", "", "" },
	{ "-5 degrees", NOTICE_PARAGRAPH, "-5 degrees", "", "" },
};

static void blocks(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(lines); i++) {
		struct notice_blocks all;

		notice_blocks_of(a, str_of(lines[i].line), &all);
		CHECK(all.n == 1 && all.at[0].kind == lines[i].kind &&
				str_eq(all.at[0].text, str_of(lines[i].text)) &&
				str_eq(all.at[0].id, str_of(lines[i].id)) &&
				str_eq(all.at[0].link, str_of(lines[i].link)),
			"%s", lines[i].line);
	}
}

/* A run of points is one list, and empty lines end none. */
static void runs(struct arena *a)
{
	struct notice_blocks all;

	notice_blocks_of(a, STR("- a\n\n- b\nText\n- c\n"), &all);
	CHECK(all.n == 4 && all.at[0].is_first && !all.at[0].is_last &&
			!all.at[1].is_first && all.at[1].is_last &&
			all.at[3].is_first && all.at[3].is_last,
		"two lists");
	notice_blocks_of(a, STR("\n \n"), &all);
	CHECK(!all.n, "nothing is no block");
}

/* A heading alone says nothing: that is how a notice lacks something. */
static void says(struct arena *a)
{
	struct notice_blocks all;

	notice_blocks_of(a,
		STR("## A [a]\n## B [b]\n- x\n## C [c]\nText\n## D [d]\n"),
		&all);
	CHECK(!notice_says(&all, "a"), "a heading follows");
	CHECK(notice_says(&all, "b") && notice_says(&all, "c"), "both say it");
	CHECK(!notice_says(&all, "d"), "nothing follows");
	CHECK(!notice_says(&all, "e"), "there is none");
}

static void drawn(struct arena *a)
{
	str text =
		STR("# T <i>\n## H [h]\n- [x & y](https://a.example/?b=1&c)\n"
		    "- \"z\"\nText\n");
	str whole = notice_body(a, text).s;
	str inside = notice_inside(a, text).s;

	CHECK(str_find(whole, STR("<h1>T &lt;i&gt;</h1>")) >= 0 &&
			str_find(whole, STR("<h2 id=\"h\">H</h2>")) >= 0,
		"%.*s", STR_ARG(whole));
	CHECK(str_find(whole, STR("href=\"https://a.example/?b=1&amp;c\"")) >=
			0,
		"the link: %.*s", STR_ARG(whole));
	CHECK(str_count(whole, '<') == 14, "every tag is closed: %.*s",
		STR_ARG(whole));
	CHECK(str_find(inside, STR("<h1>")) < 0 &&
			str_find(inside, STR("<h3>H</h3>")) >= 0 &&
			str_find(inside, STR("id=")) < 0,
		"inside of a page it has no title of its own: %.*s",
		STR_ARG(inside));
}

/* --- compared --- */

static const struct {
	const char *before, *after;
	const char *wanted; /* a letter a line: = - + */
	const char *why;
} pairs[] = {
	{ "a\nb\nc", "a\nb\nc", "===", "the same" },
	{ "a\nb\nc", "a\nx\nc", "=-+=", "one in the middle" },
	{ "", "a\nb", "++", "the first version" },
	{ "a\nb", "", "--", "nothing is left" },
	{ "a\n\nb", "a\nb\n", "==", "empty lines are nothing" },
	{ "a\nb\nc\nd", "b\nc\nd\ne", "-===+", "moved up" },
	{ "a\nb", "b\na", "-=+", "the shortest way, not all of it" },
};

static void compared(struct arena *a)
{
	static const char marks[] = "=-+";

	for (size_t i = 0; i < COUNTOF(pairs); i++) {
		struct buf b = buf_in(a, 100);
		struct notice_changes all;

		notice_compare(a, str_of(pairs[i].before),
			str_of(pairs[i].after), &all);
		for (size_t k = 0; k < all.n; k++)
			buf_putc(&b, marks[all.at[k].kind]);
		CHECK(str_eq(buf_str(&b), str_of(pairs[i].wanted)), "%s: %.*s",
			pairs[i].why, STR_ARG(buf_str(&b)));
	}
}

static str many(struct arena *a, int n)
{
	struct buf b = buf_in(a, 1 << 20);

	for (int i = 0; i < n; i++)
		buf_fmt(&b, "line %d\n", i);
	return buf_str(&b);
}

/* At the limit line by line, one above it whole. */
static void longest(struct arena *a)
{
	struct notice_changes all;
	str most = many(a, NOTICE_LINES_MAX);
	str more = many(a, NOTICE_LINES_MAX + 1);

	notice_compare(a, most, most, &all);
	CHECK(all.n == NOTICE_LINES_MAX && all.at[0].kind == NOTICE_SAME,
		"at the limit: %zu", all.n);
	notice_compare(a, more, more, &all);
	CHECK(all.n == 2 * (NOTICE_LINES_MAX + 1) &&
			all.at[0].kind == NOTICE_GONE,
		"one above it: %zu", all.n);
}

int main(void)
{
	struct arena *a = arena_new(256u << 20);

	blocks(a);
	runs(a);
	says(a);
	drawn(a);
	compared(a);
	longest(a);
	arena_free(a);
	return CHECK_DONE();
}
