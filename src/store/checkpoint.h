#ifndef STORE_CHECKPOINT_H
#define STORE_CHECKPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/*
 * SQLite's write-ahead log, moved into the database file.  SQLite before 3.51.3
 * can damage the file when a checkpoint and a commit of another connection
 * meet.  So its own checkpoints are off, and what checkpoints here holds the
 * same lock that every writer holds (sqlite/writelock.h).
 *
 * The worker calls CHECKPOINT_DUE every second or so, on a connection that has
 * no transaction: cheap when nothing was written since.  CHECKPOINT_ALL is for
 * the end of a long import, a back-up and the end of the service: it waits for
 * readers and leaves an empty log.  PostgreSQL does this itself: nothing to do.
 */
enum checkpoint_mode { CHECKPOINT_DUE, CHECKPOINT_ALL };

struct checkpoint {
	int64_t pages_in_log;
	int64_t pages_moved; /* of these, now or earlier */
	bool is_whole;       /* no reader held a page back */
};

/* out may be NULL.  ERR_UNAVAILABLE when a writer holds on for too long. */
int checkpoint_run(struct db *, enum checkpoint_mode, struct checkpoint *out,
	struct err *);

#endif
