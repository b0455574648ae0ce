#ifndef STORE_POOL_H
#define STORE_POOL_H

#include <stdbool.h>

#include "base/err.h"
#include "store/db.h"

/*
 * A fixed number of connections shared by the threads of one process.  All are
 * opened by pool_open(), so that the process can give up the right to open more
 * afterwards.
 */
struct pool;

enum { POOL_MAX = 64 };

int pool_open(struct pool **out, const char *url, const struct db_opts *, int n,
	struct err *);
void pool_close(
	struct pool *); /* NULL is fine; all must have been given back */

/*
 * A connection of one's own, without a transaction, until pool_give().  Waits
 * at most timeout_ms, then NULL and ERR_UNAVAILABLE.
 */
struct db *pool_take(struct pool *, int timeout_ms, struct err *);
void pool_give(struct pool *, struct db *); /* without an open transaction */

/*
 * A connection was lost.  Nothing is opened again here: the process should
 * finish what it answers, end, and be started anew.
 */
bool pool_is_lost(struct pool *);

#endif
