#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/* Whole small files.  Paths are C strings; errors name the path. */
int file_read(struct arena *a, const char *path, size_t size_max, str *out,
	struct err *e);

/*
 * Replaces path as a whole: written beside it, flushed to the disk, renamed,
 * the folder flushed.  After a crash there is the old file or the new one.
 */
int file_replace(const char *path, str content, mode_t mode, struct err *e);

int dir_make(const char *path, mode_t mode, struct err *e); /* fine if there */
bool file_exists(const char *path);
const char *path_join(struct arena *a, const char *dir, const char *name);

/* All of n bytes, over short writes and EINTR; -1 with errno. */
int write_all(int fd, const void *p, size_t n);

#endif
