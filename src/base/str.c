/*
 * Views of bytes.  Nothing here allocates, and nothing looks past `n`.  A view
 * of no bytes may have a NULL pointer, which libc's mem functions must not get:
 * hence the tests of n before them.
 */
#include "base/str.h"

#include <string.h>

#include "base/base.h"

str str_of(const char *c)
{
	return c ? (str){ c, strlen(c) } : (str){ 0 };
}

bool str_eq(str a, str b)
{
	return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && str_eq(str_head(s, prefix.n), prefix);
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

bool str_has(str s, char c)
{
	return s.n && memchr(s.p, c, s.n);
}

ptrdiff_t str_find(str s, str what)
{
	if (!what.n)
		return 0;
	for (size_t at = 0; at + what.n <= s.n; at++) {
		const char *p = memchr(s.p + at, what.p[0], s.n - at);

		if (!p)
			return -1;
		at = (size_t)(p - s.p);
		if (str_starts(str_from(s, at), what))
			return p - s.p;
	}
	return -1;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim(str s)
{
	while (s.n && is_space(s.p[0]))
		s = str_from(s, 1);
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Eight bytes at a time: where s has a c, a byte of v is zero, and then its high
 * bit stays off in `rest`.  Multiplied by ones, all bytes add up in the highest. */
size_t str_count(str s, char c)
{
	const uint64_t ones = UINT64_MAX / 255, low = ones * 0x7f;
	const uint64_t all_c = ones * (unsigned char)c;
	size_t n = 0, i = 0;

	for (; i + sizeof all_c <= s.n; i += sizeof all_c) {
		uint64_t v, rest;

		memcpy(&v, s.p + i, sizeof v);
		v ^= all_c;
		rest = ((v & low) + low) | v;
		n += ((~rest & ~low) >> 7) * ones >> 56;
	}
	for (; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

str str_from(str s, size_t at)
{
	return at < s.n ? (str){ s.p + at, s.n - at } : (str){ 0 };
}

str str_head(str s, size_t n)
{
	return (str){ s.p, n < s.n ? n : s.n };
}

bool str_cut(str s, char sep, str *head, str *tail)
{
	const char *at = s.n ? memchr(s.p, sep, s.n) : NULL;

	*head = s;
	*tail = (str){ 0 };
	if (!at)
		return false;
	head->n = (size_t)(at - s.p);
	*tail = (str){ at + 1, s.n - head->n - 1 };
	return true;
}

bool str_next(str *rest, char sep, str *piece)
{
	if (!rest->n)
		return false;
	str_cut(*rest, sep, piece, rest);
	return true;
}

bool str_int(str s, int64_t *out)
{
	bool is_negative = s.n && s.p[0] == '-';
	int64_t v = 0;

	if (is_negative)
		s = str_from(s, 1);
	if (!s.n)
		return false;
	/* Built downwards: INT64_MIN has no positive twin. */
	for (size_t i = 0; i < s.n; i++) {
		int digit = s.p[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		if (v < (INT64_MIN + digit) / 10)
			return false;
		v = v * 10 - digit;
	}
	if (!is_negative && v == INT64_MIN)
		return false;
	*out = is_negative ? v : -v;
	return true;
}

static bool is_between(unsigned char c, unsigned low, unsigned high)
{
	return c >= low && c <= high;
}

/* The rows of table 3-7 of the Unicode standard: no surrogates, no overlong
 * forms, nothing over U+10FFFF. */
static const struct {
	unsigned char first, last; /* of the first byte */
	unsigned char low, high;   /* of the second */
	unsigned char n;
} utf8_rows[] = {
	{ 0xC2, 0xDF, 0x80, 0xBF, 2 },
	{ 0xE0, 0xE0, 0xA0, 0xBF, 3 },
	{ 0xE1, 0xEC, 0x80, 0xBF, 3 },
	{ 0xED, 0xED, 0x80, 0x9F, 3 },
	{ 0xEE, 0xEF, 0x80, 0xBF, 3 },
	{ 0xF0, 0xF0, 0x90, 0xBF, 4 },
	{ 0xF1, 0xF3, 0x80, 0xBF, 4 },
	{ 0xF4, 0xF4, 0x80, 0x8F, 4 },
};

size_t str_utf8(str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (!s.n)
		return 0;
	if (p[0] < 0x80)
		return 1;
	for (size_t i = 0; i < COUNTOF(utf8_rows); i++) {
		if (!is_between(p[0], utf8_rows[i].first, utf8_rows[i].last))
			continue;
		if (s.n < utf8_rows[i].n ||
			!is_between(p[1], utf8_rows[i].low, utf8_rows[i].high))
			return 0;
		for (size_t k = 2; k < utf8_rows[i].n; k++)
			if (!is_between(p[k], 0x80, 0xBF))
				return 0;
		return utf8_rows[i].n;
	}
	return 0;
}

bool str_is_utf8(str s)
{
	size_t n = 1;

	for (; s.n && n; s = str_from(s, n))
		n = str_utf8(s);
	return !s.n;
}

bool str_is_text(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i += n) {
		unsigned char c = (unsigned char)s.p[i];

		n = 1;
		if (c >= ' ' && c < 0x80)
			continue;
		n = str_utf8(str_from(s, i));
		if (!n || (c < ' ' && c != '\t' && c != '\n' && c != '\r'))
			return false;
	}
	return true;
}

enum { EDITS_MAX = 99 };

static int min3(int a, int b, int c)
{
	int m = a < b ? a : b;

	return m < c ? m : c;
}

int str_edits(str a, str b)
{
	int row[EDITS_MAX + 1]; /* row[k]: edits from a's head to b's first k */

	if (a.n > EDITS_MAX || b.n > EDITS_MAX)
		return str_eq(a, b) ? 0 : EDITS_MAX;
	for (size_t k = 0; k <= b.n; k++)
		row[k] = (int)k;
	for (size_t i = 0; i < a.n; i++) {
		int diagonal = row[0];

		row[0] = (int)i + 1;
		for (size_t k = 0; k < b.n; k++) {
			int swap = diagonal + (a.p[i] != b.p[k]);

			diagonal = row[k + 1];
			row[k + 1] = min3(row[k] + 1, diagonal + 1, swap);
		}
	}
	return row[b.n];
}
