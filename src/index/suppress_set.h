#ifndef INDEX_SUPPRESS_SET_H
#define INDEX_SUPPRESS_SET_H

#include <stddef.h>
#include <stdint.h>

#include "index/delta.h"
#include "index/index.h"

/*
 * Who is suppressed now: the base file and, over it, the delta.  Either may be
 * NULL.  Borrows both; copy it freely.
 */
struct suppress_set {
	const struct index *base;
	const struct index_delta *delta;
};

/* The last log entry the set contains. */
uint64_t suppress_set_seq(const struct suppress_set *s);

/* The reasons of a key; 0 when it is clear. */
uint32_t suppress_set_find(
	const struct suppress_set *s, const uint8_t key[IDENT_KEY_SIZE]);

/* n keys of 32 bytes, one after the other; each cache line is fetched before it
 * is needed. */
void suppress_set_find_batch(const struct suppress_set *s, const uint8_t *key,
	size_t n, uint32_t *reasons);

#endif
