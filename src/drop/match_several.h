#ifndef DROP_MATCH_SEVERAL_H
#define DROP_MATCH_SEVERAL_H

#include <stdbool.h>

#include "base/arena.h"
#include "drop/people.h"

/*
 * Who was seen, and who more than once: a bit each at a place of the hash, in
 * memory of fixed size.  Somebody with one row may be taken for one with several,
 * never the other way.  Threads note side by side.
 */
struct several {
	uint64_t *once;
	uint64_t *more;
	uint64_t bits; /* a power of two */
};

/* For about so many rows. */
void several_open(struct several *s, struct arena *a, uint64_t rows);

void several_note(struct several *s, struct who w);
bool several_has(const struct several *s, struct who w);

#endif
