/*
 * The fast ways in plain C, and which one is for whom.
 */
#include "ident/cell.h"

#include <string.h>

#include "base/base.h"
#include "ident/cell_impl.h"

/* 16 a row; see the bits in cell_impl.h. */
const uint8_t cell_classes[128] __attribute__((aligned(64))) = { 0, 0, 0, 0, 0,
	0, 0, 0, 0, 20, 20, 20, 20, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 20, 1, 0, 1, 1, 1, 1, 1, 16, 16, 1, 1, 0, 17, 17, 17,
	107, 107, 107, 107, 107, 107, 107, 107, 107, 107, 0, 0, 0, 1, 0, 1, 0,
	99, 99, 99, 99, 99, 99, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35,
	35, 35, 35, 35, 35, 35, 35, 35, 0, 0, 0, 1, 3, 1, 99, 99, 99, 99, 99,
	99, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35,
	35, 35, 35, 1, 1, 1, 1, 0 };

static inline unsigned class_of(char c)
{
	return (uint8_t)c < 128 ? cell_classes[(uint8_t)c] : 0;
}

static inline void put_length(uint8_t *block, size_t n)
{
	block[n] = 0x80;
	block[62] = (uint8_t)(n >> 5);
	block[63] = (uint8_t)(n << 3);
}

static inline uint8_t lower(char c)
{
	return (uint8_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Labels of letters, digits and inner hyphens; two at least. */
static bool put_domain(const char *s, size_t n, uint8_t *out)
{
	char before = '.';
	size_t dots = 0;

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (c == '.') {
			if (before == '.' || before == '-')
				return false;
			dots++;
		} else if (c == '-') {
			if (before == '.')
				return false;
		} else if (!(class_of(c) & CELL_LABEL)) {
			return false;
		}
		out[i] = lower(c);
		before = c;
	}
	return dots > 0 && before != '.' && before != '-';
}

enum cell_class cell_email_portable(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	size_t i = 0;

	while (n > 0 && class_of(*s) & CELL_BLANK)
		s++, n--;
	while (n > 0 && class_of(s[n - 1]) & CELL_BLANK)
		n--;
	if (!n)
		return CELL_EMPTY;
	if (n > SHA256_SHORT_MAX)
		return CELL_SLOW;
	memset(block, 0, SHA256_BLOCK);
	for (; i < n && class_of(s[i]) & CELL_MAILBOX; i++)
		block[i] = lower(s[i]);
	if (i == 0 || i == n || s[i] != '@')
		return CELL_SLOW;
	block[i] = '@';
	i++;
	if (!put_domain(s + i, n - i, block + i))
		return CELL_SLOW;
	put_length(block, n);
	return CELL_READY;
}

/* Digits and what stands between them; a plus before the first. */
static bool put_digits(
	const char *s, size_t n, char *digit, size_t *digits, bool *has_plus)
{
	*digits = 0;
	*has_plus = false;
	for (size_t i = 0; i < n; i++) {
		unsigned c = class_of(s[i]);

		if (c & CELL_DIGIT) {
			if (*digits == 11)
				return false;
			digit[(*digits)++] = s[i];
		} else if (s[i] == '+' && !*digits && !*has_plus) {
			*has_plus = true;
		} else if (!(c & CELL_BETWEEN)) {
			return false;
		}
	}
	return true;
}

static bool all_same(const char *digit)
{
	for (size_t i = 1; i < 10; i++)
		if (digit[i] != digit[0])
			return false;
	return true;
}

enum cell_class cell_phone_portable(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	char digit[11], *ten = digit;
	bool has_plus;
	size_t digits;

	while (n > 0 && class_of(*s) & CELL_BLANK)
		s++, n--;
	if (!n)
		return CELL_EMPTY;
	if (!put_digits(s, n, digit, &digits, &has_plus))
		return CELL_SLOW;
	if (digits == 11 && digit[0] == '1')
		ten++;
	else if (digits != 10 || has_plus)
		return CELL_SLOW;
	if (*ten < '2' || all_same(ten))
		return CELL_SLOW;
	memset(block, 0, SHA256_BLOCK);
	memcpy(block, ten, 10);
	put_length(block, 10);
	return CELL_READY;
}

/*
 * One token: `kept` characters, lower to upper of them, and between them what the
 * rule leaves out.  What could be a hash (44 characters) is not for here.
 */
static size_t put_token(const char *s, size_t n, unsigned kept, uint8_t *block)
{
	size_t put = 0;

	memset(block, 0, SHA256_BLOCK);
	if (n >= IDENT_HASH_CHARS)
		return 0;
	for (size_t i = 0; i < n; i++) {
		unsigned c = class_of(s[i]);

		if (s[i] & 0x80 || (c & CELL_ALNUM && !(c & kept)))
			return 0;
		if (c & kept)
			block[put++] = lower(s[i]);
	}
	put_length(block, put);
	return put;
}

enum cell_class cell_maid_portable(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	static const char zeros[CELL_MAID + 1] =
		"00000000000000000000000000000000";

	if (!n)
		return CELL_EMPTY;
	return put_token(s, n, CELL_HEX, block) == CELL_MAID &&
			       memcmp(block, zeros, CELL_MAID)
		       ? CELL_READY
		       : CELL_SLOW;
}

enum cell_class cell_vin_portable(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	if (!n)
		return CELL_EMPTY;
	return put_token(s, n, CELL_ALNUM, block) == CELL_VIN ? CELL_READY
							      : CELL_SLOW;
}

enum cell_class cell_ctvid_portable(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	size_t put;

	if (!n)
		return CELL_EMPTY;
	put = put_token(s, n, CELL_ALNUM, block);
	return put >= CELL_CTVID_MIN && put <= CELL_CTVID_MAX ? CELL_READY
							      : CELL_SLOW;
}

static enum cell_class always_slow(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	(void)block;
	while (n > 0 && class_of(*s) & CELL_BLANK)
		s++, n--;
	return n ? CELL_SLOW : CELL_EMPTY;
}

static const struct way {
	cell_fn *portable;
	cell_fn *wide;
} ways[IDENT_KINDS] = {
#if defined(__x86_64__)
#	define CELL_WAY(name)                                       \
		{                                                    \
			cell_##name##_portable, cell_##name##_avx512 \
		}
#else
#	define CELL_WAY(name)                       \
		{                                    \
			cell_##name##_portable, NULL \
		}
#endif
	[IDENT_EMAIL] = CELL_WAY(email),
	[IDENT_PHONE] = CELL_WAY(phone),
	[IDENT_MAID] = CELL_WAY(maid),
	[IDENT_VIN] = CELL_WAY(vin),
	[IDENT_CTVID] = CELL_WAY(ctvid),
};

cell_fn *cell_way(enum cpu_path cpu, enum ident_kind kind)
{
	const struct way *w = &ways[kind];

	if (!w->portable)
		return always_slow;
	return cpu == CPU_AVX512 && w->wide ? w->wide : w->portable;
}
