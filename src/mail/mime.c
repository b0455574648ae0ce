#include "mail/mime.h"

#include "base/buf.h"

enum { UTF8_MAX = 3 }; /* bytes that one byte of a set below becomes */

/* --- parameters --- */

/* One piece of *rest, up to the next ';' that stands in no quotes. */
static bool next_piece(str *rest, str *piece)
{
	bool is_quoted = false;
	size_t i = 0;

	if (!rest->n)
		return false;
	for (; i < rest->n && (is_quoted || rest->p[i] != ';'); i++)
		is_quoted ^= rest->p[i] == '"';
	*piece = str_head(*rest, i);
	*rest = str_from(*rest, i + 1);
	return true;
}

static str unquoted(str s)
{
	s = str_trim(s);
	return s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"'
		       ? str_head(str_from(s, 1), s.n - 2)
		       : s;
}

str mime_param(str value, str name)
{
	str piece, key, of;

	if (!next_piece(&value, &piece))
		return STR("");
	while (next_piece(&value, &piece))
		if (str_cut(piece, '=', &key, &of) &&
			str_eq_nocase(str_trim(key), name))
			return unquoted(of);
	return STR("");
}

/* --- bytes --- */

static int base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* What is no digit is passed over, as RFC 2045 6.8 wants it. */
static str read_base64(struct arena *a, str s)
{
	struct buf b = buf_in(a, s.n + 1);
	unsigned bits = 0;
	int n = 0;

	for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
		int v = base64_value(s.p[i]);

		if (v < 0)
			continue;
		bits = (bits << 6 | (unsigned)v) & 0xFFFFFF;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		buf_putc(&b, (char)(bits >> n & 0xFF));
	}
	return buf_str(&b);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How many bytes of s, which begins with '=', end a line that goes on; or 0. */
static size_t soft_break(str s)
{
	size_t i = 1;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r'))
		i++;
	if (i == s.n)
		return i;
	return s.p[i] == '\n' ? i + 1 : 0;
}

/* is_word: of a header, where '_' is a blank. */
static str read_quoted(struct arena *a, str s, bool is_word)
{
	struct buf b = buf_in(a, s.n + 1);
	size_t n;

	for (; s.n; s = str_from(s, n)) {
		int high = s.n > 2 ? hex_value(s.p[1]) : -1;
		int low = s.n > 2 ? hex_value(s.p[2]) : -1;

		n = 1;
		if (s.p[0] == '=' && high >= 0 && low >= 0) {
			buf_putc(&b, (char)(high << 4 | low));
			n = 3;
		} else if (s.p[0] == '=' && soft_break(s)) {
			n = soft_break(s);
		} else {
			buf_putc(&b, is_word && s.p[0] == '_' ? ' ' : s.p[0]);
		}
	}
	return buf_str(&b);
}

str mime_decode(struct arena *a, str encoding, str body)
{
	encoding = str_trim(encoding);
	if (str_eq_nocase(encoding, STR("base64")))
		return read_base64(a, body);
	if (str_eq_nocase(encoding, STR("quoted-printable")))
		return read_quoted(a, body, false);
	return body;
}

/* --- characters --- */

/* 0x80 to 0x9F of Windows 1252; 0: none.  Above and below it is Latin 1. */
static const unsigned short windows[] = {
	0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, /* 0x80 */
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,      /* 0x88 */
	0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 0x90 */
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178, /* 0x98 */
};

static void put_char(struct buf *b, unsigned c)
{
	if (c < 0x80) {
		buf_putc(b, (char)c);
	} else if (c < 0x800) {
		buf_putc(b, (char)(0xC0 | c >> 6));
		buf_putc(b, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_putc(b, (char)(0xE0 | c >> 12));
		buf_putc(b, (char)(0x80 | (c >> 6 & 0x3F)));
		buf_putc(b, (char)(0x80 | (c & 0x3F)));
	}
}

static bool is_any(str s, const str *of, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_nocase(s, of[i]))
			return true;
	return false;
}

/* Nothing, or what was not true, is Windows 1252 in most of what people send. */
static bool is_western(str charset)
{
	static const str names[] = { STR_INIT(""), STR_INIT("utf-8"),
		STR_INIT("utf8"), STR_INIT("us-ascii"), STR_INIT("iso-8859-1"),
		STR_INIT("iso-8859-15"), STR_INIT("latin1"),
		STR_INIT("windows-1252"), STR_INIT("cp1252") };

	return is_any(charset, names, sizeof names / sizeof *names);
}

static bool is_unicode(str charset)
{
	static const str names[] = { STR_INIT(""), STR_INIT("utf-8"),
		STR_INIT("utf8"), STR_INIT("us-ascii") };

	return is_any(charset, names, sizeof names / sizeof *names);
}

str mime_utf8(struct arena *a, str charset, str bytes)
{
	struct buf b = buf_in(a, UTF8_MAX * bytes.n + 1);
	bool is_known;

	charset = str_trim(charset);
	if (is_unicode(charset) && str_is_utf8(bytes))
		return bytes;
	is_known = is_western(charset);
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned c = (unsigned char)bytes.p[i];

		if (c >= 0x80 && !is_known)
			c = '?';
		if (c >= 0x80 && c < 0xA0)
			c = windows[c - 0x80] ? windows[c - 0x80] : '?';
		put_char(&b, c);
	}
	return buf_str(&b);
}

/* --- words of headers --- */

/* The encoded word that *rest begins with, read; *rest moves behind it. */
static bool take_word(struct arena *a, str *rest, str *out)
{
	str charset, encoding, text, tail, language;
	ptrdiff_t end;

	if (!str_starts(*rest, STR("=?")) ||
		!str_cut(str_from(*rest, 2), '?', &charset, &tail) ||
		!str_cut(tail, '?', &encoding, &tail))
		return false;
	end = str_find(tail, STR("?="));
	if (end < 0 || encoding.n != 1)
		return false;
	text = str_head(tail, (size_t)end);
	(void)str_cut(charset, '*', &charset, &language); /* RFC 2231 5 */
	if (encoding.p[0] == 'B' || encoding.p[0] == 'b')
		text = read_base64(a, text);
	else if (encoding.p[0] == 'Q' || encoding.p[0] == 'q')
		text = read_quoted(a, text, true);
	else
		return false;
	*out = mime_utf8(a, charset, text);
	*rest = str_from(tail, (size_t)end + 2);
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static str take_blanks(str *rest)
{
	size_t n = 0;
	str out;

	while (n < rest->n && is_blank(rest->p[n]))
		n++;
	out = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return out;
}

/* Up to a blank, or to what may be an encoded word. */
static str take_plain(str *rest)
{
	size_t n = rest->n ? 1 : 0;
	str out;

	while (n < rest->n && !is_blank(rest->p[n]) &&
		!str_starts(str_from(*rest, n), STR("=?")))
		n++;
	out = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return out;
}

str mime_words(struct arena *a, str value)
{
	struct buf b = buf_in(a, UTF8_MAX * value.n + 1);
	bool was_word = false;

	while (value.n) {
		str blanks = take_blanks(&value);
		str text;
		bool is_word = take_word(a, &value, &text);

		if (!is_word)
			text = mime_utf8(a, STR(""), take_plain(&value));
		if (!was_word || !is_word) /* RFC 2047 6.2 */
			buf_put(&b, blanks);
		buf_put(&b, text);
		was_word = is_word;
	}
	return buf_str(&b);
}

/* --- to show --- */

/* lines: line ends since the last word, this one with them. */
static bool is_left_out(str s, size_t n, int lines)
{
	unsigned char c = (unsigned char)s.p[0];

	if (!n || c == 0x7F || (c < ' ' && c != '\t' && c != '\n'))
		return true;
	return c == '\n' && lines > 2;
}

str mime_text(struct arena *a, str text, size_t max, bool *is_cut)
{
	struct buf b = buf_in(a, max);
	int lines = 0;
	size_t n;

	text = str_trim(text);
	for (; text.n; text = str_from(text, n ? n : 1)) {
		n = str_utf8(text);
		if (!is_blank(text.p[0]))
			lines = 0;
		lines += text.p[0] == '\n';
		if (is_left_out(text, n, lines))
			continue;
		if (b.n + n > max)
			break;
		buf_put(&b, str_head(text, n));
	}
	*is_cut = text.n > 0;
	return str_trim(buf_str(&b));
}
