#ifndef SCRUB_SOURCE_H
#define SCRUB_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "scrub/scrub.h"

/*
 * The bytes of a list: from a path, standard input or a descriptor, unpacked
 * when they are gzip or zstd (by their first bytes; several members or frames
 * after one another are one stream).  One thread at a time.
 */
struct source;

/* The source ends with the arena. */
int source_open(struct arena *a, struct source **out,
	const struct scrub_end *end, bool with_sha256, struct err *e);

/* As many as there are up to n; fewer only at the end.  -1: cannot be read, or
 * the packed stream is damaged or cut short. */
int64_t source_read(struct source *s, void *out, size_t n, struct err *e);

uint64_t source_bytes_read(const struct source *s);    /* as stored */
uint64_t source_bytes_total(const struct source *s);   /* 0: not known */
void source_sha256(struct source *s, uint8_t out[32]); /* of those, once */

#endif
