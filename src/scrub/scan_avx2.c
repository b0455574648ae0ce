/* The scan with AVX2: called only when cpu_path_runs(CPU_AVX2). */
#include "scrub/scan_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>

#	define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))

TARGET static SCAN_INLINE uint64_t equal(const char *p, char c)
{
	const __m256i *half = (const __m256i *)(const void *)p;
	__m256i v = _mm256_set1_epi8(c);
	int low = _mm256_movemask_epi8(
		_mm256_cmpeq_epi8(_mm256_loadu_si256(half), v));
	int high = _mm256_movemask_epi8(
		_mm256_cmpeq_epi8(_mm256_loadu_si256(half + 1), v));

	return (uint32_t)low | (uint64_t)(uint32_t)high << 32;
}

/* Eight at a time without asking: cheaper than a branch a position. */
TARGET static SCAN_INLINE void put_positions(
	uint32_t *at, uint32_t base, uint64_t cells, size_t count)
{
	for (size_t done = 0; done < count; done += 8)
		for (size_t k = 0; k < 8; k++) {
			at[done + k] = base + (uint32_t)_tzcnt_u64(cells);
			cells = _blsr_u64(cells);
		}
}

TARGET void scan_cells_avx2(
	const char *p, size_t n, char sep, uint32_t *at, struct scan *out)
{
	struct scan_text t = { p, n, sep, at };

	scan_all(&t, out, equal, put_positions);
}

TARGET size_t scan_quotes_avx2(const char *p, size_t n)
{
	return scan_count_quotes(p, n, equal);
}
#else
extern int scan_avx2_is_not_for_this_machine;
#endif
