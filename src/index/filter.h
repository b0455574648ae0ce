#ifndef INDEX_FILTER_H
#define INDEX_FILTER_H

#include <stdbool.h>

#include "index/format.h"

enum { FILTER_LINES_MAX = 1 << 23 }; /* 32 MiB: what one core has of a cache */

/*
 * In front of the lines, for who asks one by one and waits for the memory of each
 * line: a word for each line, in which each key that belongs there has three
 * bits.  It is a sixteenth of the lines and so stays in the processor's cache where
 * they do not; of the people who are not in, it answers for nine of ten.
 */
static inline uint32_t filter_bits(uint64_t tag)
{
	return 1u << (tag & 31) | 1u << (tag >> 5 & 31) |
	       1u << (tag >> 10 & 31);
}

/* False: the key is not in. */
static inline bool filter_may_have(
	const uint32_t *filter, uint64_t home, const uint8_t *key)
{
	uint32_t bits = filter_bits(index_key_tag(key));

	return !(bits & ~filter[index_home_line(index_key_hi(key), home)]);
}

/* Of the `home` lines that a key can belong to, in a table whose last line is not
 * full.  In one pass; the caller frees it.  NULL where there is no memory for it: a
 * process of somebody else is not ended for what makes look-ups faster. */
uint32_t *filter_new(const uint64_t *line, uint64_t home);

#endif
