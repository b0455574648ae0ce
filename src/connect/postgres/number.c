/* Numbers as PostgreSQL reads them: " -12.50e+3 ", and NaN. */
#include "connect/postgres/number.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"

enum {
	DIGITS_MAX = 1000, /* of a declared numeric */
	EXPONENT_MAX = 1000,
};

/* The parts of a number; digits are of both sides of the point. */
struct number {
	bool is_negative;
	str whole;
	str part;
	int exponent;
};

static str take_digits(str *s)
{
	size_t n = 0;
	str out;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	out = str_head(*s, n);
	*s = str_from(*s, n);
	return out;
}

static bool take_letter(str *s, const char *letters)
{
	for (; s->n && *letters; letters++)
		if (s->p[0] == *letters) {
			*s = str_from(*s, 1);
			return true;
		}
	return false;
}

static bool take_sign(str *s)
{
	if (take_letter(s, "-"))
		return true;
	take_letter(s, "+");
	return false;
}

static bool read_exponent(str *s, int *out)
{
	bool is_negative;
	str digits;

	*out = 0;
	if (!take_letter(s, "eE"))
		return true;
	is_negative = take_sign(s);
	digits = take_digits(s);
	for (size_t i = 0; i < digits.n && *out <= EXPONENT_MAX; i++)
		*out = 10 * *out + digits.p[i] - '0';
	if (!digits.n || *out > EXPONENT_MAX)
		return false;
	*out = is_negative ? -*out : *out;
	return true;
}

static bool read_number(str text, struct number *out)
{
	str s = str_trim(text);

	*out = (struct number){ .is_negative = take_sign(&s) };
	out->whole = take_digits(&s);
	if (take_letter(&s, "."))
		out->part = take_digits(&s);
	return out->whole.n + out->part.n > 0 &&
	       out->whole.n + out->part.n <= 2 * DIGITS_MAX &&
	       read_exponent(&s, &out->exponent) && !s.n;
}

static bool is_zero(str digits)
{
	for (size_t i = 0; i < digits.n; i++)
		if (digits.p[i] != '0')
			return false;
	return true;
}

static char digit_at(const struct number *n, size_t i)
{
	if (i < n->whole.n)
		return n->whole.p[i];
	i -= n->whole.n;
	return i < n->part.n ? n->part.p[i] : '0';
}

/* All digits before the point, once the exponent has moved it. */
static bool put_whole(const struct number *n, struct buf *b)
{
	ptrdiff_t point = (ptrdiff_t)n->whole.n + n->exponent;
	size_t all = n->whole.n + n->part.n;
	bool has_begun = false;

	for (ptrdiff_t i = 0; i < point; i++) {
		char c = digit_at(n, (size_t)i);

		has_begun |= c != '0';
		if (has_begun)
			buf_putc(b, c);
	}
	if (!has_begun)
		buf_putc(b, '0');
	for (size_t i = point > 0 ? (size_t)point : 0; i < all; i++)
		if (digit_at(n, i) != '0')
			return false;
	return true;
}

bool pg_whole(struct arena *a, str text, str *out)
{
	struct buf b = buf_in(a, 4 * DIGITS_MAX);
	struct number n;
	int64_t number;

	if (!read_number(text, &n))
		return false;
	if (n.is_negative && !(is_zero(n.whole) && is_zero(n.part)))
		buf_putc(&b, '-');
	if (!put_whole(&n, &b))
		return false;
	*out = buf_str(&b);
	return str_int(*out, &number);
}

bool pg_is_numeric(str text)
{
	struct number n;

	return str_eq(text, STR("NaN")) || read_number(text, &n);
}

static bool is_special(str text)
{
	return str_eq(text, STR("NaN")) || str_eq(text, STR("Infinity")) ||
	       str_eq(text, STR("-Infinity"));
}

/* Too large, or too small to be told from nothing, is refused there. */
bool pg_is_float(struct arena *a, str text, bool is_real)
{
	struct number n;
	const char *s;
	double d;

	if (is_special(text))
		return true;
	if (!read_number(text, &n))
		return false;
	s = arena_cstr(a, str_trim(text));
	d = is_real ? (double)strtof(s, NULL) : strtod(s, NULL);
	return isfinite(d) && (fpclassify(d) != FP_ZERO ||
				      (is_zero(n.whole) && is_zero(n.part)));
}
