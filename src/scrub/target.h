#ifndef SCRUB_TARGET_H
#define SCRUB_TARGET_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "scrub/scrub.h"

/*
 * Where rows go: a path, standard output, a descriptor, or nowhere.  A path that
 * ends in .gz or .zst is packed.  A regular file appears under its name only
 * with target_commit(); the arena's end gives up what was not committed.
 */
struct target;

/* *out is NULL for an end that is not given (path NULL, fd 0). */
int target_open(struct arena *a, struct target **out,
	const struct scrub_end *end, const struct scrub_opts *opts,
	struct err *e);

/*
 * Packs, when the target is packed: the pieces become one frame of their own,
 * which any thread can make, so packing goes on beside everything else.  Else
 * returns false and the pieces are to be written as they are.
 */
struct packed {
	uint8_t *p; /* kept and grown from call to call; free it at the end */
	size_t n, size;
};
bool target_pack(
	const struct target *t, const str *piece, size_t n, struct packed *out);

/* Writes pieces that need no more packing, in order, one thread at a time. */
int target_write(struct target *t, const str *piece, size_t n, struct err *e);

int target_commit(struct target *t, struct err *e);
void target_sha256(struct target *t, uint8_t out[32]);

#endif
