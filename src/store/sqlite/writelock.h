#ifndef STORE_SQLITE_WRITELOCK_H
#define STORE_SQLITE_WRITELOCK_H

#include <stdbool.h>

#include "base/err.h"

/*
 * One lock for everything that changes a SQLite database: whoever writes, from
 * begin to commit, and whoever checkpoints.  So a checkpoint and a commit never
 * meet (see store/checkpoint.h).  Writers hold it exclusively too: SQLite has
 * one writer at a time anyway, and waiting here is shorter than its busy loop.
 *
 * It is a flock() on a file beside the database ("-lock"), a lock per
 * connection: good between the threads of a process as between processes, and
 * let go by the kernel when its holder dies.
 */
struct writelock {
	int fd;
	bool is_held;
};

/* The file takes owner and mode of the database file. */
int writelock_open(struct writelock *, const char *db_path, struct err *);
void writelock_close(struct writelock *);

/* ERR_UNAVAILABLE after wait_ms. */
int writelock_take(struct writelock *, int wait_ms, struct err *);
void writelock_drop(struct writelock *);

#endif
