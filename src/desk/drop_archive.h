#ifndef DESK_DROP_ARCHIVE_H
#define DESK_DROP_ARCHIVE_H

#include "base/err.h"
#include "desk/keys.h"

/*
 * Files of the State's platform as they were received, sealed: it does not serve
 * them twice.  Under a key of the installation ("drop archive"), as libsodium's
 * secretstream:
 *
 *	"toyon drop archive 1\n" | header (24) | blocks: 64 KiB + 17, the last
 *	one shorter and tagged as the last
 *
 * so that a file that was cut, or changed anywhere, does not open.
 */
struct archived {
	int64_t size; /* of the bytes themselves */
	uint8_t sha256[32];
};

/* Written beside `to`, flushed, renamed. */
int archive_seal(const struct keys *k, const char *from, const char *to,
	struct archived *out, struct err *e);
/* to NULL: read to the end, for its checksum.  ERR_CORRUPT. */
int archive_open(const struct keys *k, const char *from, const char *to,
	struct archived *out, struct err *e);
/* Size and checksum of a plain file. */
int archive_sum(const char *path, struct archived *out, struct err *e);
/* A plain copy, flushed. */
int archive_copy(const char *from, const char *to, struct err *e);

#endif
