#ifndef CONNECT_FILES_WALK_H
#define CONNECT_FILES_WALK_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * From the name of a table to its files.  The name is a path below the folder of
 * the system; each part of it may be a pattern of the shell (fnmatch(3): "*",
 * "?", "[a-c]", "\" before one of these for itself).  A "*" does not match a dot
 * at the start, so what is written beside a file is never taken for one.
 *
 * Nothing outside the folder is reached: no "..", and a symbolic link is an error
 * rather than something to follow or to pass over.
 */
struct walk_files {
	const char **at; /* paths below the folder, in order of bytes */
	size_t n;
};

enum { WALK_FILES_MAX = 100000, WALK_PATH_MAX = 1024 };

/* What is wrong with a table's name; NULL when it can be one. */
const char *walk_fault(str pattern);

/* ERR_INVALID when no file matches.  only: the one file there is; or empty. */
int walk(struct arena *a, int folder, str pattern, str only,
	struct walk_files *out, struct err *e);

/* Opens without following a link anywhere; -1 with errno. */
int walk_open(int folder, const char *path, int flags, unsigned mode);
/* The folder that holds the path; *name is the rest of it. */
int walk_open_parent(int folder, const char *path, const char **name);

#endif
