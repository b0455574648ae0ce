/*
 * The scan in plain C, eight bytes in a word at a time, and the door to the
 * others.
 */
#include "scrub/scan.h"

#include "base/base.h"
#include "scrub/scan_impl.h"

#define ONES  0x0101010101010101u
#define HIGHS 0x8080808080808080u

/* A bit for each of the 8 bytes of v that is c; byte 0 is bit 0. */
static SCAN_INLINE uint64_t equal_bytes(uint64_t v, uint64_t c)
{
	uint64_t x = v ^ c * ONES;
	uint64_t zero = ~(((x & ~HIGHS) + ~HIGHS) | x) & HIGHS;

	return (zero >> 7) * 0x0102040810204080u >> 56;
}

static SCAN_INLINE uint64_t equal(const char *p, char c)
{
	uint64_t m = 0;

	for (int i = 0; i < 8; i++) {
		uint64_t v;

		memcpy(&v, p + 8 * i, 8);
		m |= equal_bytes(v, (uint8_t)c) << 8 * i;
	}
	return m;
}

static SCAN_INLINE void put_positions(
	uint32_t *at, uint32_t base, uint64_t cells, size_t count)
{
	for (size_t k = 0; k < count; k++, cells &= cells - 1)
		at[k] = base + (uint32_t)__builtin_ctzll(cells);
}

void scan_cells_portable(
	const char *p, size_t n, char sep, uint32_t *at, struct scan *out)
{
	struct scan_text t = { p, n, sep, at };

	scan_all(&t, out, equal, put_positions);
}

size_t scan_quotes_portable(const char *p, size_t n)
{
	return scan_count_quotes(p, n, equal);
}

static scan_cells_fn *cells_fn(enum cpu_path cpu)
{
#if defined(__x86_64__)
	if (cpu == CPU_AVX512)
		return scan_cells_avx512;
	if (cpu == CPU_SHANI || cpu == CPU_AVX2)
		return scan_cells_avx2;
#endif
	must(cpu != CPU_BEST);
	return scan_cells_portable;
}

static scan_quotes_fn *quotes_fn(enum cpu_path cpu)
{
#if defined(__x86_64__)
	if (cpu == CPU_AVX512)
		return scan_quotes_avx512;
	if (cpu == CPU_SHANI || cpu == CPU_AVX2)
		return scan_quotes_avx2;
#endif
	must(cpu != CPU_BEST);
	return scan_quotes_portable;
}

void scan_cells(enum cpu_path cpu, const char *p, size_t n, char sep,
	uint32_t *at, struct scan *out)
{
	must(n < UINT32_MAX);
	cells_fn(cpu)(p, n, sep, at, out);
}

int scan_check(const struct scan *s, const uint32_t *at, size_t *error_at,
	struct err *e)
{
	if (s->nul && (!s->stray || s->nul < s->stray)) {
		*error_at = s->nul - 1;
		return err_set(e, ERR_INVALID, "a NUL byte");
	}
	if (s->stray) {
		*error_at = s->stray - 1;
		err_set(e, ERR_INVALID,
			"a quote inside a cell, or something behind a closing "
			"one");
		return err_hint(e, "a cell with a quote in it is written "
				   "\"like \"\"this\"\"\"");
	}
	if (!s->is_quoted)
		return 0;
	*error_at = s->found ? at[s->found - 1] + 1u : 0;
	return err_set(e, ERR_INVALID, "a quote that never closes");
}

/* Inside or outside at the end is the parity of the quotes; then backwards. */
size_t scan_last_row(enum cpu_path cpu, const char *p, size_t n)
{
	bool is_quoted = quotes_fn(cpu)(p, n) & 1;

	for (; n > 0; n--) {
		if (p[n - 1] == '"')
			is_quoted = !is_quoted;
		else if (p[n - 1] == '\n' && !is_quoted)
			return n;
	}
	return 0;
}
