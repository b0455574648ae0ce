#ifndef DESK_FOLLOW_PART_H
#define DESK_FOLLOW_PART_H

#include <stdbool.h>

#include "desk/follow_snapshot.h"

/*
 * A snapshot on its way into a copy: snapshot.part of the folder, a manifest and
 * the blocks after it, each with its length (4 bytes, big-endian) before it.
 * Only what fits the signed manifest gets in, and all of it is looked at again
 * when the file is opened: what a kill left half, or a disk changed, is cut off
 * and asked for again; the last block always, as taking it is what makes the
 * copy.  Inside of desk/follow_*.c only.
 */
struct follow_part {
	struct arena *arena; /* of the manifest */
	const char *path;    /* borrowed */
	int fd;              /* -1: none under way */
	struct follow_manifest m;
	uint32_t n;   /* blocks that are in */
	uint64_t end; /* bytes of the file that count */
};

/* Goes on with the file at path, if there is one that this key signed. */
int follow_part_open(struct follow_part *p, const char *path,
	const uint8_t public_key[KEY_SIZE], struct err *e);
void follow_part_close(struct follow_part *p);

/* Begins a new one; the manifest was verified. */
int follow_part_begin(struct follow_part *p, str manifest, struct err *e);
/* The next block.  ERR_CORRUPT when it is not the one that was signed. */
int follow_part_put(struct follow_part *p, str block, struct err *e);
bool follow_part_is_whole(const struct follow_part *p);

uint64_t follow_part_size(const struct follow_part *p); /* of its blocks */

/* All of it, keys ascending; fn as in follow_block_read(). */
int follow_part_each(
	struct follow_part *p, follow_held_fn *fn, void *ctx, struct err *e);

/* Throws it away. */
void follow_part_drop(struct follow_part *p);

#endif
