#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * Whole small files.  Paths are C strings; errors name the path.  More than
 * size_max bytes is ERR_LIMIT.
 */
int file_read(struct arena *a, const char *path, size_t size_max, str *out,
	struct err *e);
/* The same of a descriptor, up to its end; it stays open.  Standard input may
 * be a socket, which /dev/stdin can't open. */
struct file_source {
	int fd;
	const char *name; /* for errors */
};
int file_read_fd(struct arena *a, const struct file_source *s, size_t size_max,
	str *out, struct err *e);

/*
 * Replaces path as a whole: written beside it, flushed to the disk, renamed,
 * the folder flushed.  After a crash there is the old file or the new one
 * (and perhaps a "PATH.xxxxxx" beside it).  The file has exactly `mode`, whatever
 * the umask.
 */
int file_replace(const char *path, str content, mode_t mode, struct err *e);

/* One folder, not those above it; fine if it is there. */
int dir_make(const char *path, mode_t mode, struct err *e);
bool file_exists(const char *path);
/* Do both name the same place of the same folder, so that what is written to one
 * replaces the other?  Not for devices, nor where a folder is missing. */
bool file_is_same(const char *a, const char *b);
/* There, and neither a file nor a folder: a device, a pipe. */
bool file_is_special(const char *path);
/* "dir/name"; an absolute name stands alone. */
const char *path_join(struct arena *a, const char *dir, const char *name);

/* All of n bytes, over short writes and EINTR; -1 with errno. */
int write_all(int fd, const void *p, size_t n);

#endif
