/* The scan with AVX2: called only when cpu_path_runs(CPU_AVX2). */
#include "scrub/scan_impl.h"

#if defined(__x86_64__)
#	include <immintrin.h>

#	define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))

struct bytes {
	__m256i low, high;
};

TARGET static SCAN_INLINE uint64_t equal(struct bytes b, char c)
{
	__m256i v = _mm256_set1_epi8(c);
	int low = _mm256_movemask_epi8(_mm256_cmpeq_epi8(b.low, v));
	int high = _mm256_movemask_epi8(_mm256_cmpeq_epi8(b.high, v));

	return (uint32_t)low | (uint64_t)(uint32_t)high << 32;
}

TARGET static SCAN_INLINE struct bytes load(const char *p)
{
	const __m256i *v = (const __m256i *)(const void *)p;

	return (struct bytes){ _mm256_loadu_si256(v),
		_mm256_loadu_si256(v + 1) };
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
	struct scan_carry c = { .may_open = 1 };
	size_t found = 0, rows = 0, lines = 0;

	*out = (struct scan){ 0 };
	for (size_t i = 0; i < n; i += 64) {
		struct bytes b = load(p + i);
		struct scan_masks m = { equal(b, sep), equal(b, '\n'),
			equal(b, '"'), equal(b, 0), 0 };
		size_t count;

		if (n - i < 64)
			scan_clip(&m, n - i);
		if (m.nul)
			scan_note(&out->nul, m.nul, i);
		lines += (size_t)_mm_popcnt_u64(m.line);
		if (m.quote | c.quoted | c.closed)
			m.cr = equal(b, '\r');
		scan_quoting(&m, &c, out, i);
		rows += (size_t)_mm_popcnt_u64(m.line);
		count = (size_t)_mm_popcnt_u64(m.sep | m.line);
		put_positions(at + found, (uint32_t)i, m.sep | m.line, count);
		found += count;
	}
	out->found = found;
	out->rows = rows;
	out->lines = lines;
	out->is_quoted = c.quoted != 0;
}

TARGET size_t scan_quotes_avx2(const char *p, size_t n)
{
	size_t quotes = 0;

	for (size_t i = 0; i < n; i += 64) {
		struct scan_masks m = { .quote = equal(load(p + i), '"') };

		scan_clip(&m, n - i);
		quotes += (size_t)_mm_popcnt_u64(m.quote);
	}
	return quotes;
}
#else
extern int scan_avx2_is_not_for_this_machine;
#endif
