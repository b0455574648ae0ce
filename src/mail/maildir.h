#ifndef MAIL_MAILDIR_H
#define MAIL_MAILDIR_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * A Maildir, as mail servers and fetchers deliver to: a folder with new/, cur/ and tmp/.
 * What came is a file of new/, whole as soon as it is there; who has read it renames it
 * into cur/.  Nothing is deleted: the letters stay the business's own.
 */
struct maildir;

/* Closed when the arena ends.  Errors name the folder and what is missing. */
int maildir_open(
	struct arena *a, const char *path, struct maildir **out, struct err *e);

struct maildir_file {
	const char *name;
	int64_t at; /* when it was delivered: the file's own time */
	str bytes;  /* its first size_max bytes */
};
/* The next file of new/, in memory of `a`: 1, 0 at the end.  Links, folders and what
 * can't be read are passed over. */
int maildir_next(struct maildir *m, struct arena *a, size_t size_max,
	struct maildir_file *out, struct err *e);
/* How many were passed over since it was opened. */
int maildir_passed(const struct maildir *m);

/* It was read: into cur/, with the flag for it.  Fine when it is gone. */
int maildir_seen(
	struct maildir *m, const struct maildir_file *f, struct err *e);

#endif
