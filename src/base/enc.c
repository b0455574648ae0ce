/*
 * Bytes as text and back.  Decoders take the one canonical form: two texts that
 * differ never decode to the same secret or digest.  (Hex is the exception: both
 * cases are read, as people paste digests in either.)
 */
#include "base/enc.h"

#include <string.h>

#include "base/base.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

str hex_of(struct arena *a, const void *bytes, size_t n)
{
	const unsigned char *in = bytes;
	char *out = arena_alloc(a, 2 * n);

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = "0123456789abcdef"[in[i] >> 4];
		out[2 * i + 1] = "0123456789abcdef"[in[i] & 15];
	}
	return (str){ out, 2 * n };
}

bool hex_read(str s, void *out, size_t n)
{
	unsigned char *to = out;

	if (s.n != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = hex_digit(s.p[2 * i]);
		int low = hex_digit(s.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		to[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

static const char standard[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url_safe[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Writes 4 characters a group of up to 3 bytes; returns how many are not
 * padding. */
static size_t encode(char *out, const void *bytes, size_t n, const char *set)
{
	const unsigned char *in = bytes;
	size_t at = 0;

	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)in[i] << 16;

		v |= i + 1 < n ? (uint32_t)in[i + 1] << 8 : 0;
		v |= i + 2 < n ? (uint32_t)in[i + 2] : 0;
		for (int shift = 18; shift >= 0; shift -= 6)
			out[at++] = set[v >> shift & 63];
	}
	return (n * 4 + 2) / 3;
}

str base64_of(struct arena *a, const void *bytes, size_t n)
{
	size_t size = (n + 2) / 3 * 4;
	char *out = arena_alloc(a, size);
	size_t filled = encode(out, bytes, n, standard);

	memset(out + filled, '=', size - filled);
	return (str){ out, size };
}

str base64url_of(struct arena *a, const void *bytes, size_t n)
{
	char *out = arena_alloc(a, (n + 2) / 3 * 4);

	return (str){ out, encode(out, bytes, n, url_safe) };
}

/* s is without padding and of the length that n bytes have.  False for a
 * character outside the set, or bits set that no byte takes. */
static bool decode(str s, unsigned char *out, size_t n, const char *set)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t at = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *digit = memchr(set, s.p[i], 64);

		if (!digit)
			return false;
		bits = bits << 6 | (uint32_t)(digit - set);
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[at++] = (unsigned char)(bits >> have);
			bits &= (1u << have) - 1;
		}
	}
	must(at == n);
	return !bits;
}

bool base64_read(str s, void *out, size_t n)
{
	size_t filled = (n * 4 + 2) / 3;
	str padding = str_from(s, filled);

	if (s.n != (n + 2) / 3 * 4)
		return false;
	for (size_t i = 0; i < padding.n; i++)
		if (padding.p[i] != '=')
			return false;
	return decode(str_head(s, filled), out, n, standard);
}

bool base64url_read(struct arena *a, str s, str *out)
{
	size_t n = s.n / 4 * 3 + s.n % 4 * 3 / 4;
	unsigned char *bytes;

	if (s.n % 4 == 1)
		return false;
	bytes = arena_alloc(a, n);
	if (!decode(s, bytes, n, url_safe))
		return false;
	*out = (str){ (char *)bytes, n };
	return true;
}

str url_decode(struct arena *a, str s, bool plus_is_space)
{
	char *out = arena_alloc(a, s.n);
	size_t at = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char byte;

		if (s.p[i] == '+' && plus_is_space) {
			out[at++] = ' ';
		} else if (s.p[i] == '%' &&
			   hex_read(
				   str_head(str_from(s, i + 1), 2), &byte, 1)) {
			out[at++] = (char)byte;
			i += 2;
		} else {
			out[at++] = s.p[i];
		}
	}
	return (str){ out, at };
}

static bool is_unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

str url_encode(struct arena *a, str s)
{
	char *out;
	size_t at = 0, size = 0;

	for (size_t i = 0; i < s.n; i++)
		size += is_unreserved(s.p[i]) ? 1 : 3;
	out = arena_alloc(a, size);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (is_unreserved(s.p[i])) {
			out[at++] = s.p[i];
			continue;
		}
		out[at++] = '%';
		out[at++] = "0123456789ABCDEF"[c >> 4];
		out[at++] = "0123456789ABCDEF"[c & 15];
	}
	return (str){ out, size };
}

str url_with(struct arena *a, str url, str field)
{
	ptrdiff_t hash = str_find(url, STR("#"));
	str head = hash < 0 ? url : str_head(url, (size_t)hash);

	return arena_fmt(a, "%.*s%c%.*s%.*s", STR_ARG(head),
		str_has(head, '?') ? '&' : '?', STR_ARG(field),
		STR_ARG(str_from(url, head.n)));
}
