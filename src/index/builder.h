#ifndef INDEX_BUILDER_H
#define INDEX_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include "index/index.h"

/*
 * An index from keys that come as a stream, in any number, all for the same
 * reasons: 16 bytes of memory a key, no full keys kept (without_proof).  For
 * lists; what comes with reasons of its own goes through index_build().
 *
 * Threads add side by side, each in a lane of its own.
 */
struct index_builder;

enum { BUILDER_LANES_MAX = 64 };

struct index_builder *index_builder_new(size_t lanes);
void index_builder_free(struct index_builder *b);

/* n keys of IDENT_KEY_SIZE bytes; one thread at a time in a lane. */
void index_builder_add(
	struct index_builder *b, size_t lane, const uint8_t *key, size_t n);

/*
 * Writes and publishes the file as index_build() does; *keys is how many
 * different ones there are.  The builder is empty afterwards.
 */
int index_builder_finish(struct index_builder *b, const char *path,
	uint32_t reasons, const struct index_opts *opts, uint64_t *keys,
	struct err *e);

#endif
