/*
 * The delta over the base.  What the delta knows of a key replaces the base's
 * answer, also when it says "released".
 */
#include "index/suppress_set.h"

uint64_t suppress_set_seq(const struct suppress_set *s)
{
	struct index_info info = { 0 };
	uint64_t delta = s->delta ? index_delta_seq(s->delta) : 0;

	if (s->base)
		index_info(s->base, &info);
	return delta > info.seq ? delta : info.seq;
}

uint32_t suppress_set_find(
	const struct suppress_set *s, const uint8_t key[IDENT_KEY_SIZE])
{
	uint32_t reasons;

	suppress_set_find_batch(s, key, 1, &reasons);
	return reasons;
}

/* The delta's filter is small and in cache, so only the base is prefetched. */
void suppress_set_find_batch(const struct suppress_set *s, const uint8_t *key,
	size_t n, uint32_t *reasons)
{
	if (s->base)
		index_find_batch(s->base, key, n, reasons);
	for (size_t i = 0; !s->base && i < n; i++)
		reasons[i] = 0;
	if (!s->delta || !index_delta_count(s->delta))
		return;
	index_delta_find_batch(s->delta, key, n, reasons);
}
