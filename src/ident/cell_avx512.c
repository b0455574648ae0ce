/*
 * The fast ways with AVX-512: the whole cell is one register, a rule is a bit
 * mask of its characters.  Called only when cpu_path_runs(CPU_AVX512).
 */
#include "ident/cell_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>

#	define TARGET                                        \
		__attribute__((target(                        \
			"avx512f,avx512bw,avx512vl,avx512dq," \
			"avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,lzcnt")))
#	define INLINE inline __attribute__((always_inline))

enum { WIDTH = 64 };

/* load() reads whole cache lines, which the sanitizer cannot know to be safe. */
#	define LINES __attribute__((no_sanitize_address))

TARGET static INLINE uint64_t low_bits(size_t n)
{
	return _bzhi_u64(UINT64_MAX, (unsigned)n);
}

TARGET static INLINE uint64_t equal(__m512i v, char c)
{
	return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

/* The class bits of each character; bytes of 128 and more have none. */
TARGET static INLINE __m512i classes_of(__m512i v)
{
	__m512i low = _mm512_load_si512(cell_classes);
	__m512i high = _mm512_load_si512(cell_classes + 64);

	return _mm512_maskz_permutex2var_epi8(
		(__mmask64)~_mm512_movepi8_mask(v), low, v, high);
}

TARGET static INLINE uint64_t having(__m512i classes, char bits)
{
	return _mm512_test_epi8_mask(classes, _mm512_set1_epi8(bits));
}

static const uint8_t order[WIDTH] __attribute__((aligned(64))) = { 0, 1, 2, 3,
	4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
	23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58,
	59, 60, 61, 62, 63 };

/* Positions from, from + 1, ... */
TARGET static INLINE __m512i positions(size_t from)
{
	return _mm512_add_epi8(
		_mm512_load_si512(order), _mm512_set1_epi8((char)from));
}

/*
 * n bytes, 1 to 64, and zeros.  They are taken out of the one or two cache lines
 * that they stand in, so nothing else is waited for and no page is touched that
 * is not the text's; a masked load does wait, and is not read ahead of.
 */
LINES TARGET static INLINE __m512i load(const char *s, size_t n)
{
	size_t at = (uintptr_t)s % WIDTH;
	size_t last = (at + n - 1) / WIDTH * WIDTH;
	const char *line = s - at;

	return _mm512_maskz_permutex2var_epi8(low_bits(n),
		_mm512_load_si512(line), positions(at),
		_mm512_load_si512(line + last));
}

/*
 * The n characters of v, zeros behind them, with the padding of SHA-256; n is at
 * most 55.  Stored as a whole: who hashes a block alone reads it at once, and what
 * was stored in pieces is slow to read.
 */
TARGET static INLINE void put_block(uint8_t *block, __m512i v, size_t n)
{
	v = _mm512_mask_mov_epi8(
		v, (uint64_t)1 << n, _mm512_set1_epi8((char)0x80));
	v = _mm512_mask_mov_epi8(
		v, (uint64_t)1 << 62, _mm512_set1_epi8((char)(n >> 5)));
	v = _mm512_mask_mov_epi8(
		v, (uint64_t)1 << 63, _mm512_set1_epi8((char)(n << 3)));
	_mm512_storeu_si512(block, v);
}

TARGET static INLINE __m512i lower(__m512i v)
{
	__mmask64 upper = _mm512_cmplt_epu8_mask(
		_mm512_sub_epi8(v, _mm512_set1_epi8('A')),
		_mm512_set1_epi8(26));

	return _mm512_mask_add_epi8(v, upper, v, _mm512_set1_epi8(32));
}

/*
 * One @ between a mailbox and a domain of labels.  edges are the @, the dots of
 * the domain and the end: no two of them are neighbours (an empty label), and no
 * hyphen stands beside one.
 */
TARGET static INLINE bool is_address(__m512i v, __m512i classes, size_t n)
{
	uint64_t all = low_bits(n);
	uint64_t at = equal(v, '@') & all;
	uint64_t mailbox = at - 1;
	uint64_t domain = all & ~(at | mailbox);
	uint64_t dots = equal(v, '.') & domain;
	uint64_t hyphens = equal(v, '-') & domain;
	uint64_t edges = at | dots | (uint64_t)1 << n;
	uint64_t wrong =
		(mailbox & ~having(classes, CELL_MAILBOX)) |
		(domain & ~(having(classes, CELL_LABEL) | dots | hyphens)) |
		(edges & edges << 1) | (hyphens & (edges << 1 | edges >> 1));

	return at > 1 && !(at & mailbox) && dots && !wrong;
}

LINES TARGET enum cell_class cell_email_avx512(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	__m512i v, classes;
	uint64_t drawn;
	size_t from, given = n;

	if (n == 0 || n >= WIDTH)
		return n ? CELL_SLOW : CELL_EMPTY;
	v = load(s, n);
	classes = classes_of(v);
	drawn = low_bits(n) & ~having(classes, CELL_BLANK);
	if (!drawn)
		return CELL_EMPTY;
	from = _tzcnt_u64(drawn);
	n = WIDTH - _lzcnt_u64(drawn) - from;
	if (n > SHA256_SHORT_MAX)
		return CELL_SLOW;
	if (n < given) {
		v = _mm512_maskz_permutexvar_epi8(
			low_bits(n), positions(from), v);
		classes = classes_of(v);
	}
	if (!is_address(v, classes, n))
		return CELL_SLOW;
	put_block(block, lower(v), n);
	return CELL_READY;
}

LINES TARGET enum cell_class cell_phone_avx512(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	uint64_t all = low_bits(n), digits, plus, other;
	__m512i v, classes, ten;
	size_t count;

	if (n == 0 || n >= WIDTH)
		return n ? CELL_SLOW : CELL_EMPTY;
	v = load(s, n);
	classes = classes_of(v);
	if (!(all & ~having(classes, CELL_BLANK)))
		return CELL_EMPTY;
	digits = having(classes, CELL_DIGIT) & all;
	plus = equal(v, '+') & all;
	other = all & ~(having(classes, CELL_DIGIT | CELL_BETWEEN) | plus);
	count = (size_t)_mm_popcnt_u64(digits);
	/* One plus at most, with no digit before it. */
	if (other || (plus & (plus - 1)) || (plus && (digits & (plus - 1))))
		return CELL_SLOW;
	if (count == 11)
		digits = _blsr_u64(digits);
	else if (count != 10 || plus)
		return CELL_SLOW;
	if (count == 11 &&
		s[_tzcnt_u64(all & having(classes, CELL_DIGIT))] != '1')
		return CELL_SLOW;
	ten = _mm512_maskz_compress_epi8(digits, v);
	if (s[_tzcnt_u64(digits)] < '2' ||
		(equal(ten, s[_tzcnt_u64(digits)]) & low_bits(10)) ==
			low_bits(10))
		return CELL_SLOW;
	put_block(block, ten, 10);
	return CELL_READY;
}

/*
 * The characters of `kept` bits in lower case, in front of *out; how many, or 0
 * for what is not for here: another letter or digit, or a byte beyond ASCII.
 */
LINES TARGET static INLINE size_t take_token(
	const char *s, size_t n, char kept, __m512i *out)
{
	uint64_t all = low_bits(n), drawn, wrong;
	__m512i v = load(s, n), classes = classes_of(v);

	drawn = having(classes, kept) & all;
	wrong = (having(classes, CELL_ALNUM) & all & ~drawn) |
		_mm512_movepi8_mask(v);
	*out = lower(_mm512_maskz_compress_epi8(drawn, v));
	return wrong ? 0 : (size_t)_mm_popcnt_u64(drawn);
}

LINES TARGET enum cell_class cell_maid_avx512(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	__m512i v;

	if (n == 0 || n >= IDENT_HASH_CHARS)
		return n ? CELL_SLOW : CELL_EMPTY;
	if (take_token(s, n, CELL_HEX, &v) != CELL_MAID ||
		(equal(v, '0') & low_bits(CELL_MAID)) == low_bits(CELL_MAID))
		return CELL_SLOW;
	put_block(block, v, CELL_MAID);
	return CELL_READY;
}

LINES TARGET enum cell_class cell_vin_avx512(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	__m512i v;

	if (n == 0 || n >= IDENT_HASH_CHARS)
		return n ? CELL_SLOW : CELL_EMPTY;
	if (take_token(s, n, CELL_ALNUM, &v) != CELL_VIN)
		return CELL_SLOW;
	put_block(block, v, CELL_VIN);
	return CELL_READY;
}

LINES TARGET enum cell_class cell_ctvid_avx512(
	const char *s, size_t n, uint8_t block[SHA256_BLOCK])
{
	__m512i v;
	size_t put;

	if (n == 0 || n >= IDENT_HASH_CHARS)
		return n ? CELL_SLOW : CELL_EMPTY;
	put = take_token(s, n, CELL_ALNUM, &v);
	if (put < CELL_CTVID_MIN || put > CELL_CTVID_MAX)
		return CELL_SLOW;
	put_block(block, v, put);
	return CELL_READY;
}
#else
extern int cell_avx512_is_not_for_this_machine;
#endif
