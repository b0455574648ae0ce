#ifndef CONNECT_FILES_PLACE_H
#define CONNECT_FILES_PLACE_H

#include "connect/files/files.h"
#include "connect/files/rewrite.h"
#include "connect/files/walk.h"

/*
 * Where the files are: in a folder (walk.h, rewrite.h, whose promises these are),
 * or in a store of objects (connect/s3).  Descriptors can be read from anywhere
 * in them, more than once.
 */
struct file_place {
	/* The files that a table's name means; ERR_INVALID when there is none. */
	int (*walk)(struct files_conn *c, struct arena *a, str table,
		struct walk_files *out, struct err *e);
	/* To read; the caller closes it.  -1 with *e set. */
	int (*open)(struct files_conn *c, const char *path, struct err *e);
	int (*begin)(struct files_conn *c, struct arena *a, struct rewrite *out,
		struct err *e);
	void (*end)(struct rewrite *w); /* after a begin() that failed, too */
	/* To read what may be replaced: what it was is remembered. */
	int (*reopen)(struct rewrite *w, const char *path, struct stat *old,
		struct err *e);
	int (*stage)(struct rewrite *w, struct arena *a, const char *path,
		int from, const struct stat *old, struct staged **out,
		struct err *e);
	int (*finish)(struct staged *s, struct err *e);
	int (*commit)(struct rewrite *w, struct err *e);
};

extern const struct file_place file_place_folder;

#endif
