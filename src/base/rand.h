#ifndef BASE_RAND_H
#define BASE_RAND_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* From the kernel; a kernel without randomness stops the process. */
void rand_bytes(void *out, size_t n);
uint64_t rand_below(uint64_t bound); /* uniform, bound > 0 */

/* A secret for a link or a session: n random bytes, at most 128, in URL-safe
 * Base64. */
str rand_token(struct arena *a, size_t n);

/* For made-up data and tests only: the same seed gives the same numbers. */
struct rng {
	uint64_t state;
};
uint64_t rng_next(struct rng *r);
uint64_t rng_below(struct rng *r, uint64_t bound);

#endif
