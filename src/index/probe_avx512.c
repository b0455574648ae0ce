/* Compiled with AVX-512 F; called only when cpu_path_runs(CPU_AVX512). */
#include "index/probe.h"

#if defined(__x86_64__)
#	include <immintrin.h>

static PROBE_INLINE uint8_t match(const uint64_t *line, uint64_t tag)
{
	return _mm512_cmpeq_epi64_mask(
		_mm512_load_si512(line), _mm512_set1_epi64((long long)tag));
}

void probe_batch_avx512(const struct probe_table *t, const uint8_t *key,
	size_t n, uint64_t *slot)
{
	probe_many(t, key, n, slot, match);
}
#else
extern int probe_avx512_is_not_for_this_machine;
#endif
