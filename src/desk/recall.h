#ifndef DESK_RECALL_H
#define DESK_RECALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * What a connection has read a moment ago and need not read again, since nobody
 * has committed anything in between (db_stamp()).  So it is never older than a
 * look at the database would be: a key that was revoked, by whatever process, is
 * forgotten before the next request.  Where the engine has no stamps
 * (PostgreSQL) nothing is remembered.
 *
 * One for each connection, used by whoever has that.  Bounded.
 */
struct db;
struct recall;

/* The arena needs 8 KiB for it. */
struct recall *recall_new(struct arena *a);

/*
 * Asked before anything else, each time: forgets everything when somebody has
 * committed since.  False: nothing is remembered, and nothing can be.  What is
 * read after it and given to the functions below counts as read now.  Not in a
 * transaction.  recall may be NULL.
 */
bool recall_holds(struct recall *r, struct db *db);

/* API keys that are in force.  Of the secret only a hash under a key of this
 * process is kept.  A name that is too long is not remembered. */
struct recall_key {
	int64_t id;
	int64_t used_at;
	unsigned scopes;
	str name; /* found: until the next call */
};
bool recall_find_key(
	const struct recall *r, str secret, struct recall_key *out);
void recall_keep_key(
	struct recall *r, str secret, const struct recall_key *key);

/* The suppression log was read to its end. */
bool recall_is_followed(const struct recall *r);
void recall_followed(struct recall *r);

#endif
