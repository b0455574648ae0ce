#ifndef CONNECT_FILES_REWRITE_H
#define CONNECT_FILES_REWRITE_H

#include <sys/stat.h>

#include "base/arena.h"
#include "base/err.h"
#include "connect/files/pack.h"

/*
 * Files that are replaced together.  Each is written beside the old one
 * (".NAME.toyon") and flushed to the disk; when all are, they are renamed one
 * after the other and their folders flushed.
 *
 * So whatever fails before the first rename leaves everything as it was, and a
 * kill at any time leaves each file old or new, and whole.  Between two renames
 * there is no way back: some files are new then, and running again does the
 * others.  What a killed run left beside a file is taken away by the next one
 * that writes that file.
 *
 * One run at a time holds the lock of the folder (".toyon.lock"); others wait.
 * Programs that know no lock are noticed: a file whose inode, size or time of
 * change is not what it was when it was opened is ERR_CONFLICT.
 */
struct rewrite {
	struct arena *arena;
	int folder;
	int lock;
	struct staged **at;
	size_t n;
	size_t cap;
	struct files_conn *conn; /* of a store: place.h */
	void *own;               /* the store's */
};

/* One file on its way.  Write to `out`. */
struct staged {
	const char *path;
	const char *temp; /* below the folder */
	bool is_new;      /* there is no old one */
	struct stat old;
	int fd;
	struct packer *out;
	str version; /* of a store: the object that is replaced */
};

/* One more; for the place's stage(). */
void rewrite_add(struct rewrite *w, struct staged *s);

/* Waits up to timeout_ms for the lock: then ERR_UNAVAILABLE.  What was begun and
 * not committed is undone, and the lock given back, by rewrite_end(). */
int rewrite_begin(struct arena *a, int folder, int timeout_ms,
	struct rewrite *out, struct err *e);
void rewrite_end(struct rewrite *w);

/* Opens a file that is to be read and perhaps replaced, and remembers what it
 * was.  A file with a second name would keep its rows there: ERR_CONFLICT. */
int rewrite_open(
	struct rewrite *w, const char *path, struct stat *old, struct err *e);
/* Begins to write the path anew, packed as the open file `from`; with from -1
 * as its name says.  The arena's life is that of the writing. */
int rewrite_stage(struct rewrite *w, struct arena *a, const char *path,
	int from, const struct stat *old, struct staged **out, struct err *e);
/* All of it is written: to the disk, with the old one's owner and mode. */
int rewrite_close(struct staged *s, struct err *e);
int rewrite_commit(struct rewrite *w, struct err *e);

#endif
