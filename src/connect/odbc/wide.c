/* Characters above U+FFFF are two units, a high and a low surrogate. */
#include "connect/odbc/wide.h"

#include "base/base.h"

enum { REPLACEMENT = 0xfffd, BEYOND = 0x10000 };

/* The character that s begins with, of n bytes. */
static uint32_t letter_of(str s, size_t n)
{
	static const unsigned char first[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t c = (unsigned char)s.p[0] & first[n];

	for (size_t i = 1; i < n; i++)
		c = c << 6 | ((unsigned char)s.p[i] & 0x3f);
	return c;
}

uint16_t *wide_of(struct arena *a, str s, size_t *n)
{
	uint16_t *out = arena_many(a, uint16_t, s.n + 1);
	size_t at = 0;

	while (s.n) {
		size_t length = str_utf8(s);
		uint32_t c;

		must(length > 0);
		c = letter_of(s, length);
		if (c >= BEYOND) {
			c -= BEYOND;
			out[at++] = (uint16_t)(0xd800 | c >> 10);
			c = 0xdc00 | (c & 0x3ff);
		}
		out[at++] = (uint16_t)c;
		s = str_from(s, length);
	}
	*n = at;
	return out;
}

static bool is_high(uint16_t u)
{
	return (u & 0xfc00) == 0xd800;
}

static bool is_low(uint16_t u)
{
	return (u & 0xfc00) == 0xdc00;
}

static size_t put_letter(char *out, uint32_t c)
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < BEYOND ? 3 : 4;
	static const unsigned char first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = n - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(first[n] | c);
	return n;
}

str wide_text(struct arena *a, const uint16_t *w, size_t n)
{
	char *out = arena_alloc(a, 3 * n);
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t c = w[i];

		if (is_high(w[i]) && i + 1 < n && is_low(w[i + 1])) {
			c = BEYOND + ((c & 0x3ff) << 10 | (w[i + 1] & 0x3ff));
			i++;
		} else if (is_high(w[i]) || is_low(w[i])) {
			c = REPLACEMENT;
		}
		at += put_letter(out + at, c);
	}
	return (str){ out, at };
}
