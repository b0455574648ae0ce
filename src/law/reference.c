/*
 * Reference numbers.
 *
 * The eight characters are digits c0..c7 of the field GF(32) (polynomial
 * x^5 + x^2 + 1, x = 2).  They are valid when
 *
 *	c0 x^7 + c1 x^6 + ... + c7 = SEAL
 *
 * A wrong character changes the sum by its difference times a power of x, which
 * is not zero; a swap of the neighbours a and b by (a - b)(x^(n+1) - x^n), which
 * is not zero unless a = b.  SEAL is not zero, so that 0000-0000 is no
 * reference; it is the value that makes K7QF-2M9X one, which all examples use.
 */
#include "law/reference.h"

#include "base/base.h"

enum { SEAL = 2, DIGITS_RANDOM = REFERENCE_LENGTH - 1 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static unsigned times_x(unsigned a)
{
	a <<= 1;
	return a & 32 ? a ^ 0x25 : a;
}

static unsigned sum_of(const unsigned *digits, size_t n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n; i++)
		sum = times_x(sum) ^ digits[i];
	return sum;
}

static struct reference written(const unsigned *digits)
{
	struct reference r = { "" };

	for (size_t i = 0; i < REFERENCE_LENGTH; i++)
		r.c[i] = alphabet[digits[i]];
	return r;
}

struct reference reference_make(const uint8_t random[REFERENCE_RANDOM])
{
	unsigned digits[REFERENCE_LENGTH] = { 0 };
	uint64_t bits = 0;

	for (size_t i = 0; i < REFERENCE_RANDOM; i++)
		bits = bits << 8 | random[i];
	for (size_t i = 0; i < DIGITS_RANDOM; i++, bits >>= 5)
		digits[i] = (unsigned)(bits & 31);
	/* With 0 in the last place the sum lacks exactly the check digit. */
	digits[DIGITS_RANDOM] = sum_of(digits, REFERENCE_LENGTH) ^ SEAL;
	return written(digits);
}

/* 0..31, or -1 for what is not in the alphabet. */
static int digit_of(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	for (int i = 0; alphabet[i]; i++)
		if (alphabet[i] == c)
			return i;
	return -1;
}

bool reference_parse(str typed, struct reference *out)
{
	unsigned digits[REFERENCE_LENGTH];
	size_t n = 0;

	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		int digit = digit_of(c);

		if (c == '-' || c == ' ')
			continue;
		if (digit < 0 || n == REFERENCE_LENGTH)
			return false;
		digits[n++] = (unsigned)digit;
	}
	if (n != REFERENCE_LENGTH || sum_of(digits, n) != SEAL)
		return false;
	*out = written(digits);
	return true;
}

str reference_str(const struct reference *r)
{
	return (str){ r->c, REFERENCE_LENGTH };
}

str reference_show(struct arena *a, str reference)
{
	enum { HALF = REFERENCE_LENGTH / 2 };

	must(reference.n == REFERENCE_LENGTH);
	return arena_fmt(
		a, "%.*s-%.*s", HALF, reference.p, HALF, reference.p + HALF);
}
