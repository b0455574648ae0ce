/*
 * utf8proc behind our own words: all that ident/ asks of Unicode is here, so that
 * the rules do not depend on a library's names or flags.
 */
#include "ident/unicode.h"

#include <utf8proc.h>

static utf8proc_option_t options_of(enum runes_form form)
{
	switch (form) {
	case RUNES_NFC:
		return UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	case RUNES_NFD:
		return UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;
	case RUNES_AS_IS:
		break;
	}
	return UTF8PROC_STABLE;
}

bool runes_read(struct runes *r, str s, enum runes_form form)
{
	utf8proc_option_t options = options_of(form);
	utf8proc_ssize_t n;

	r->n = 0;
	if (!s.n)
		return true;
	n = utf8proc_decompose((const utf8proc_uint8_t *)s.p,
		(utf8proc_ssize_t)s.n, r->at, RUNES_MAX, options);
	if (n < 0 || n > RUNES_MAX)
		return false;
	if (form == RUNES_NFC)
		n = utf8proc_normalize_utf32(r->at, n, options);
	if (n < 0)
		return false;
	r->n = (size_t)n;
	return true;
}

void runes_lower(struct runes *r)
{
	for (size_t i = 0; i < r->n; i++)
		r->at[i] = utf8proc_tolower(r->at[i]);
}

bool runes_write(const struct runes *r, char *out, size_t size, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < r->n; i++) {
		utf8proc_uint8_t c[4];
		utf8proc_ssize_t k = utf8proc_encode_char(r->at[i], c);

		if (k <= 0 || (size_t)k > size - *n)
			return false;
		for (utf8proc_ssize_t j = 0; j < k; j++)
			out[(*n)++] = (char)c[j];
	}
	return true;
}

bool rune_is_space(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xFEFF;
	}
}

bool rune_is_blank(int32_t c)
{
	return rune_is_space(c) || c == 0x200B || c == 0x2060;
}

bool rune_is_alnum(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

bool rune_is_unprintable(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
		return true;
	default:
		return rune_is_blank(c);
	}
}

str unicode_trim(str s)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;
	size_t last;

	while (s.n) {
		n = utf8proc_iterate((const utf8proc_uint8_t *)s.p,
			(utf8proc_ssize_t)s.n, &c);
		if (n <= 0 || !rune_is_blank(c))
			break;
		s = str_from(s, (size_t)n);
	}
	while (s.n) {
		for (last = s.n - 1; last > 0; last--)
			if ((s.p[last] & 0xC0) != 0x80)
				break;
		n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + last,
			(utf8proc_ssize_t)(s.n - last), &c);
		if (n != (utf8proc_ssize_t)(s.n - last) || !rune_is_blank(c))
			break;
		s = str_head(s, last);
	}
	return s;
}
