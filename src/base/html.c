/*
 * Values on their way into HTML.  One table-free function for each place a
 * value can stand in; there is none for the places where no escaping is safe
 * (scripts, styles, tag names, unquoted attributes), and the template compiler
 * refuses values there.
 */
#include "base/html.h"

#include <inttypes.h>

#include "base/base.h"

struct markup markup_of(const struct buf *b)
{
	return (struct markup){ buf_str(b) };
}

static str entity(char c)
{
	switch (c) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&#34;");
	case '\'':
		return STR("&#39;");
	default:
		return (str){ 0 };
	}
}

void html_put_str(struct buf *b, str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		str e = entity(s.p[i]);

		if (!e.n)
			continue;
		buf_put(b, (str){ s.p + from, i - from });
		buf_put(b, e);
		from = i + 1;
	}
	buf_put(b, str_from(s, from));
}

void html_put_cstr(struct buf *b, const char *s)
{
	html_put_str(b, str_of(s));
}

void html_put_markup(struct buf *b, struct markup m)
{
	buf_put(b, m.s);
}

void html_put_int(struct buf *b, int64_t n)
{
	buf_fmt(b, "%" PRId64, n);
}

void html_put_uint(struct buf *b, uint64_t n)
{
	buf_fmt(b, "%" PRIu64, n);
}

/*
 * "//host" and "/\host" are read as another site by browsers, and so is either
 * with tabs or line ends between, which browsers drop from a URL.
 */
static bool is_local(str s)
{
	if (!str_starts(s, STR("/")))
		return false;
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
			return s.p[i] != '/' && s.p[i] != '\\';
	return true;
}

static bool url_is_ours(str s)
{
	static const str starts[] = { STR_INIT("#"), STR_INIT("?"),
		STR_INIT("mailto:"), STR_INIT("tel:"), STR_INIT("http://"),
		STR_INIT("https://") };

	for (size_t i = 0; i < COUNTOF(starts); i++)
		if (str_starts(s, starts[i]))
			return true;
	return is_local(s);
}

void html_put_url(struct buf *b, str s)
{
	html_put_str(b, url_is_ours(s) ? s : STR("#"));
}

void html_put_url_cstr(struct buf *b, const char *s)
{
	html_put_url(b, str_of(s));
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || str_has(STR("-._~@"), c);
}

void html_put_part(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_unreserved(s.p[i]))
			buf_putc(b, s.p[i]);
		else
			buf_fmt(b, "%%%02X", (unsigned char)s.p[i]);
	}
}

void html_put_part_cstr(struct buf *b, const char *s)
{
	html_put_part(b, str_of(s));
}

void text_put_cstr(struct buf *b, const char *s)
{
	buf_put(b, str_of(s));
}
