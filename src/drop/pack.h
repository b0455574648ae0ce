#ifndef DROP_PACK_H
#define DROP_PACK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * The other side of batch.h, for the simulator: files into a ZIP as the platform
 * makes it.  The ZIP appears whole or not at all; names are the caller's to get
 * right.
 */
struct drop_pack {
	str name;
	const char *path;
};

int drop_pack_write(struct arena *a, const char *zip_path,
	const struct drop_pack *file, size_t n, struct err *e);

#endif
