#ifndef CONNECT_EXPIRE_AGAIN_H
#define CONNECT_EXPIRE_AGAIN_H

#include "connect/expire_rows.h"

/*
 * A batch is read again right before it goes, in the transaction that erases it where there
 * is one: all of it has to be as it was, the same rows and no others, or nothing goes.
 * Internal to expire*.c.
 */
struct expire_again {
	struct erase_guard guard; /* for struct conn */
	struct conn *conn;
	struct arena *arena;
	const struct expire_batch_rows *was;
	bool has_changed;
	bool has_failed;
	struct err failure; /* of the reading */
};

/* a: of the second reading; it is cleared with each. */
void expire_again_set(struct expire_again *x, struct conn *c, struct arena *a,
	const struct expire_batch_rows *was);

#endif
