#ifndef KNOW_ZIP_H
#define KNOW_ZIP_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * A ZIP in memory, and back: what a stock unzip opens.  Names are the caller's
 * to get right.
 */
struct zip_file {
	str name;
	str bytes;
};

int know_zip_put(struct arena *a, const struct zip_file *files, size_t n,
	str *out, struct err *e);
/* ERR_CORRUPT for what is no ZIP; ERR_LIMIT for more than files_max, or a file of
 * more than KNOW_FILE_MAX bytes. */
int know_zip_get(struct arena *a, str zip, struct zip_file *files,
	size_t files_max, size_t *n, struct err *e);

#endif
