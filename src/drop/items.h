#ifndef DROP_ITEMS_H
#define DROP_ITEMS_H

#include "drop/match.h"

/*
 * The look-up of digests among the items (match.h), many at a time.  Internal to
 * the match.
 */
#define ITEMS_NONE UINT32_MAX

enum { ITEMS_BATCH = 256 };

/*
 * first[i]: the item of that list with that digest, or ITEMS_NONE.  digest is n
 * times SHA256_SIZE bytes; n is at most ITEMS_BATCH.
 */
void items_find_batch(const struct drop_items *s, const uint8_t *digest,
	const uint8_t *list, size_t n, uint32_t *first);

/* Another item with the same list and digest, or ITEMS_NONE. */
uint32_t items_next(const struct drop_items *s, uint32_t item);

#endif
