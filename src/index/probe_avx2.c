/* Compiled with AVX2; called only when cpu_path_runs(CPU_AVX2). */
#include "index/probe.h"

#if defined(__x86_64__)
#	include <immintrin.h>

static PROBE_INLINE uint8_t match(const uint64_t *line, uint64_t tag)
{
	const __m256i *half = (const __m256i *)(const void *)line;
	__m256i t = _mm256_set1_epi64x((long long)tag);
	__m256i low = _mm256_cmpeq_epi64(_mm256_load_si256(half), t);
	__m256i high = _mm256_cmpeq_epi64(_mm256_load_si256(half + 1), t);

	return (uint8_t)(_mm256_movemask_pd(_mm256_castsi256_pd(low)) |
			 _mm256_movemask_pd(_mm256_castsi256_pd(high)) << 4);
}

void probe_batch_avx2(const struct probe_table *t, const uint8_t *key, size_t n,
	uint64_t *slot)
{
	probe_many(t, key, n, slot, match);
}
#else
extern int probe_avx2_is_not_for_this_machine;
#endif
