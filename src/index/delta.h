#ifndef INDEX_DELTA_H
#define INDEX_DELTA_H

#include <stddef.h>
#include <stdint.h>

#include "ident/key.h"

/*
 * What the suppression log says after the base was built, in memory.  One
 * thread writes; any number read at the same time without a lock and see each
 * put whole or not at all.  An entry replaces what the base says of its key:
 * with reasons 0 it is a release and hides the base's entry.
 *
 * Grows by doubling; tables that readers may still be in are kept until the
 * delta is freed.  Meant for up to some million keys: past that, look-ups pay
 * for its size, so the base should be rebuilt (index_delta_count()).
 */
struct index_delta;

struct index_delta *index_delta_new(enum cpu_path cpu);
void index_delta_free(struct index_delta *d); /* no reader may be left */

/* Writer only.  seq is the log entry this comes from and must not go back. */
void index_delta_put(struct index_delta *d, uint64_t seq,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t reasons);

/* The key will be put soon: what that touches is fetched meanwhile. */
void index_delta_expect(
	const struct index_delta *d, const uint8_t key[IDENT_KEY_SIZE]);

size_t index_delta_count(const struct index_delta *d);
uint64_t index_delta_seq(const struct index_delta *d); /* 0 when empty */

/* True, and the reasons (0: released), when the delta knows the key. */
bool index_delta_find(const struct index_delta *d,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t *reasons);

/* The same for n keys of 32 bytes, one after the other: reasons[i] is written
 * where the delta knows key i, and left alone elsewhere. */
void index_delta_find_batch(const struct index_delta *d, const uint8_t *key,
	size_t n, uint32_t *reasons);

#endif
