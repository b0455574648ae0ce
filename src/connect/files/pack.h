#ifndef CONNECT_FILES_PACK_H
#define CONNECT_FILES_PACK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * Bytes to a descriptor: as they are, or as one gzip member or one Zstandard
 * frame.  What is read is unpacked by scrub/source.h.
 */
enum packing {
	PACK_PLAIN,
	PACK_GZIP,
	PACK_ZSTD,
};

/* By the first bytes of what is stored; the descriptor's place stays. */
enum packing packing_of_file(int fd);
/* By the end of a name: ".gz", ".zst". */
enum packing packing_of_name(str name);

struct packer;

/* fd stays the caller's; the rest ends with the arena. */
struct packer *packer_open(struct arena *a, int fd, enum packing how);
int packer_put(struct packer *p, str s, struct err *e);
/* Writes what is left; once. */
int packer_end(struct packer *p, struct err *e);

#endif
