/* Hex to bytes with AVX2: called only when cpu_path_runs(CPU_AVX2). */
#include "scrub/hash_cell_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>

#	define TARGET __attribute__((target("avx2")))

TARGET static inline __m256i between(__m256i v, char low, char high)
{
	return _mm256_and_si256(
		_mm256_cmpgt_epi8(v, _mm256_set1_epi8((char)(low - 1))),
		_mm256_cmpgt_epi8(_mm256_set1_epi8((char)(high + 1)), v));
}

/* 32 characters to 16 bytes.  A letter's low bits are 1 to 6: 9 more. */
TARGET static inline bool half(const char *s, uint8_t *out)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)s);
	__m256i digits = between(v, '0', '9');
	__m256i letters =
		between(_mm256_or_si256(v, _mm256_set1_epi8(0x20)), 'a', 'f');
	__m256i nibbles =
		_mm256_add_epi8(_mm256_and_si256(v, _mm256_set1_epi8(15)),
			_mm256_and_si256(letters, _mm256_set1_epi8(9)));
	__m256i pairs =
		_mm256_maddubs_epi16(nibbles, _mm256_set1_epi16(0x0110));
	__m256i bytes = _mm256_permute4x64_epi64(
		_mm256_packus_epi16(pairs, pairs), 0x08);

	_mm_storeu_si128((__m128i *)(void *)out, _mm256_castsi256_si128(bytes));
	return _mm256_movemask_epi8(_mm256_or_si256(digits, letters)) == -1;
}

TARGET bool hash_cell_avx2(const char *s, uint8_t digest[32])
{
	bool is_first_half_hex = half(s, digest);

	return half(s + 32, digest + 16) && is_first_half_hex;
}
#else
extern int hash_cell_avx2_is_not_for_this_machine;
#endif
