#include "mail/html_text.h"

#include "base/base.h"
#include "base/buf.h"

/* Elements whose content is no words. */
static const str hidden[] = { STR_INIT("script"), STR_INIT("style"),
	STR_INIT("head"), STR_INIT("title") };

static const str lines[] = { STR_INIT("br"), STR_INIT("p"), STR_INIT("div"),
	STR_INIT("tr"), STR_INIT("li"), STR_INIT("h1"), STR_INIT("h2"),
	STR_INIT("h3"), STR_INIT("blockquote"), STR_INIT("table"),
	STR_INIT("ul"), STR_INIT("ol"), STR_INIT("hr") };

static const struct {
	str name;
	const char *text;
} entities[] = {
	{ STR_INIT("amp"), "&" },
	{ STR_INIT("lt"), "<" },
	{ STR_INIT("gt"), ">" },
	{ STR_INIT("quot"), "\"" },
	{ STR_INIT("apos"), "'" },
	{ STR_INIT("#39"), "'" },
	{ STR_INIT("nbsp"), " " },
	{ STR_INIT("#160"), " " },
	{ STR_INIT("rsquo"), "\xE2\x80\x99" },
	{ STR_INIT("#8217"), "\xE2\x80\x99" },
};

enum { ENTITY_MAX = 8 };

static bool starts_nocase(str s, str with)
{
	return s.n >= with.n && str_eq_nocase(str_head(s, with.n), with);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* Behind the next '>' of s, from `at` on. */
static size_t behind_tag(str s, size_t at)
{
	while (at < s.n && s.p[at] != '>')
		at++;
	return at < s.n ? at + 1 : s.n;
}

/* Does a tag of this name begin s, its bracket and slash taken off? */
static bool is_named(str s, str name)
{
	return starts_nocase(s, name) &&
	       (s.n == name.n || !is_letter(s.p[name.n]));
}

/* Behind the end tag of this name. */
static size_t behind_element(str s, str name)
{
	for (size_t at = 1; at + 1 < s.n; at++)
		if (s.p[at] == '<' && s.p[at + 1] == '/' &&
			is_named(str_from(s, at + 2), name))
			return behind_tag(s, at);
	return s.n;
}

/* How far what is hidden at the start of s goes; 0: nothing is. */
static size_t hidden_at(str s)
{
	str tag = str_from(s, 1);
	ptrdiff_t end;

	if (!s.n || s.p[0] != '<')
		return 0;
	if (str_starts(tag, STR("!--"))) {
		end = str_find(s, STR("-->"));
		return end < 0 ? s.n : (size_t)end + 3;
	}
	for (size_t i = 0; i < COUNTOF(hidden); i++)
		if (is_named(tag, hidden[i]))
			return behind_element(s, hidden[i]);
	return 0;
}

/* Up to the end of the tag that s begins with; of one without an end, all of it. */
static size_t tag_at(str s, bool *is_line)
{
	size_t from = s.n > 1 && s.p[1] == '/' ? 2 : 1;
	size_t to = from;
	str name;

	while (to < s.n && is_letter(s.p[to]))
		to++;
	name = str_head(str_from(s, from), to - from);
	*is_line = false;
	for (size_t i = 0; i < COUNTOF(lines); i++)
		*is_line = *is_line || str_eq_nocase(name, lines[i]);
	return behind_tag(s, from);
}

/* "<" begins a tag only before a letter, "/" or "!". */
static bool is_tag(str s)
{
	return s.n > 1 && s.p[0] == '<' &&
	       (is_letter(s.p[1]) || s.p[1] == '/' || s.p[1] == '!');
}

/* The entity that s begins with, written; 0: it is none that is known. */
static size_t put_entity(struct buf *b, str s)
{
	str name, rest;

	if (!str_cut(str_head(str_from(s, 1), ENTITY_MAX), ';', &name, &rest))
		return 0;
	for (size_t i = 0; i < COUNTOF(entities); i++)
		if (str_eq(name, entities[i].name)) {
			buf_puts(b, entities[i].text);
			return name.n + 2;
		}
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Blanks are one, and none begins a line. */
static void put_plain(struct buf *b, char c)
{
	if (!is_blank(c))
		buf_putc(b, c);
	else if (b->n && !is_blank(b->p[b->n - 1]))
		buf_putc(b, ' ');
}

str html_text(struct arena *a, str html)
{
	struct buf b = buf_in(a, html.n + 1);
	size_t n;

	for (; html.n; html = str_from(html, n)) {
		bool is_line = false;

		n = hidden_at(html);
		if (!n && is_tag(html))
			n = tag_at(html, &is_line);
		if (!n && html.p[0] == '&')
			n = put_entity(&b, html);
		if (is_line)
			buf_putc(&b, '\n');
		if (n)
			continue;
		put_plain(&b, html.p[0]);
		n = 1;
	}
	return buf_str(&b);
}
