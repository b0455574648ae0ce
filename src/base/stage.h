#ifndef BASE_STAGE_H
#define BASE_STAGE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"

/*
 * A large file that appears whole or not at all: written without a name, or to
 * "PATH.xxxxxx" beside it where the file system has no such files, then flushed to
 * the disk and named.  Small ones, whose content is
 * in memory, go through file_replace().
 *
 * A path that names something else than a regular file (/dev/null, a pipe) is
 * written directly: there is nothing to rename.
 */
struct stage {
	int fd; /* write here; owned; -1 when there is nothing open */
	bool is_direct;
	bool is_unnamed; /* has no name yet */
	/* The caller's to set: leave the flushing to the kernel.  Then a power
	 * cut may leave an empty file; a killed process still cannot. */
	bool without_flush;
	char path[PATH_MAX];
	char temp[PATH_MAX];
};

/* mode is what the umask leaves of it. */
int stage_open(struct stage *s, const char *path, mode_t mode, struct err *e);

/* Publishes it.  When it fails, path is as it was and the temporary is gone. */
int stage_commit(struct stage *s, struct err *e);

/* Gives it up; nothing after stage_commit(). */
void stage_drop(struct stage *s);

#endif
