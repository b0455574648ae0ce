/* The scan with AVX-512: called only when cpu_path_runs(CPU_AVX512). */
#include "scrub/scan_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>

#	define TARGET                                               \
		__attribute__((                                      \
			target("avx512f,avx512bw,avx512vl,avx512dq," \
			       "avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

TARGET static SCAN_INLINE uint64_t equal(const char *p, char c)
{
	return _mm512_cmpeq_epi8_mask(
		_mm512_loadu_si512(p), _mm512_set1_epi8(c));
}

TARGET static SCAN_INLINE void put_16(uint32_t *at, __m512i base, __m128i some)
{
	_mm512_storeu_si512(
		at, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(some)));
}

/* The positions of the bits, packed by vpcompressb, 16 of them a store. */
TARGET static SCAN_INLINE void put_positions(
	uint32_t *at, uint32_t from, uint64_t cells, size_t count)
{
	static const uint8_t order[64] __attribute__((aligned(64))) = { 0, 1, 2,
		3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
		21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
		37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
		53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63 };
	__m512i packed =
		_mm512_maskz_compress_epi8(cells, _mm512_load_si512(order));
	__m512i base = _mm512_set1_epi32((int)from);

	put_16(at, base, _mm512_castsi512_si128(packed));
	if (count <= 16)
		return;
	put_16(at + 16, base, _mm512_extracti32x4_epi32(packed, 1));
	if (count <= 32)
		return;
	put_16(at + 32, base, _mm512_extracti32x4_epi32(packed, 2));
	put_16(at + 48, base, _mm512_extracti32x4_epi32(packed, 3));
}

TARGET void scan_cells_avx512(
	const char *p, size_t n, char sep, uint32_t *at, struct scan *out)
{
	struct scan_text t = { p, n, sep, at };

	scan_all(&t, out, equal, put_positions);
}

TARGET size_t scan_quotes_avx512(const char *p, size_t n)
{
	return scan_count_quotes(p, n, equal);
}
#else
extern int scan_avx512_is_not_for_this_machine;
#endif
