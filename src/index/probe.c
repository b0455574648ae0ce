/* The look-up in plain C: eight compares that a compiler may join. */
#include "index/probe.h"

static PROBE_INLINE uint8_t match(const uint64_t *line, uint64_t tag)
{
	uint8_t m = 0;

	for (unsigned i = 0; i < INDEX_LINE_SLOTS; i++)
		m |= (uint8_t)((line[i] == tag) << i);
	return m;
}

void probe_batch_portable(const struct probe_table *t, const uint8_t *key,
	size_t n, uint64_t *slot)
{
	probe_many(t, key, n, slot, match);
}
