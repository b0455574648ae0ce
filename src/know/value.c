#include "know/value.h"

#include "base/base.h"
#include "base/buf.h"

/* 0x80 to 0x9F of Windows-1252; 0: no letter there. */
static const unsigned short high[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E,
	0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
	0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };

enum {
	PICTURES = 0x2400,
	DELETE_PICTURE = 0x2421,
	REPLACEMENT = 0xFFFD,
	GROWS_MAX = 3, /* a byte becomes at most three */
};

/* All of these are below U+10000. */
static void put_letter(struct buf *b, unsigned c)
{
	if (c < 0x80) {
		buf_putc(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_putc(b, (char)(0xC0 | c >> 6));
	} else {
		buf_putc(b, (char)(0xE0 | c >> 12));
		buf_putc(b, (char)(0x80 | (c >> 6 & 0x3F)));
	}
	buf_putc(b, (char)(0x80 | (c & 0x3F)));
}

static bool is_control(unsigned char c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

static unsigned shown_control(unsigned char c)
{
	return c == 0x7F ? DELETE_PICTURE : PICTURES + c;
}

static bool is_utf8(str s)
{
	for (size_t n; s.n; s = str_from(s, n)) {
		n = str_utf8(s);
		if (!n)
			return false;
	}
	return true;
}

static bool has_control(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_control((unsigned char)s.p[i]))
			return true;
	return false;
}

static unsigned letter_of(unsigned char c)
{
	if (c < 0x80 || c >= 0xA0)
		return c;
	return high[c - 0x80] ? high[c - 0x80] : REPLACEMENT;
}

str value_text(struct arena *a, str bytes)
{
	bool is_ours = is_utf8(bytes);
	struct buf b;

	if (is_ours && !has_control(bytes))
		return bytes;
	b = buf_in(a, GROWS_MAX * bytes.n + 1);
	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		if (is_control(c))
			put_letter(&b, shown_control(c));
		else if (is_ours)
			buf_putc(&b, (char)c);
		else
			put_letter(&b, letter_of(c));
	}
	must(buf_ok(&b));
	return buf_str(&b);
}
