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

/* A name below the folder, or behind the prefix: 0, 1 it is enough, -1. */
typedef int file_name_fn(void *ctx, str name, struct err *e);

/* For who needs the beginning of a file only, of any size. */
struct file_part {
	uint64_t enough;
	bool is_cut; /* there was more, which the descriptor does not have */
};

struct file_place {
	/* The files that a table's name means; ERR_INVALID when there is none. */
	int (*walk)(struct files_conn *c, struct arena *a, str table,
		struct walk_files *out, struct err *e);
	/* Every file there is, in no order; those that begin with a dot, and
	 * links, are passed over. */
	int (*list)(struct files_conn *c, file_name_fn *fn, void *ctx,
		struct err *e);
	/* To read; the caller closes it.  -1 with *e set.  part: what is
	 * enough; NULL: all of it. */
	int (*open)(struct files_conn *c, const char *path,
		struct file_part *part, struct err *e);
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
