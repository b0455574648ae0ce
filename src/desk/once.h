#ifndef DESK_ONCE_H
#define DESK_ONCE_H

#include "desk/desk.h"

/*
 * A use case that a program may ask for twice when it did not hear the answer
 * (Idempotency-Key): done once, answered the same way each time.  The answer is
 * stored in the transaction of what it answers, so that there is never one
 * without the other; a call with the same key that comes meanwhile waits for it.
 *
 * Only what went well is remembered, for LIMIT_ONCE_HOURS: what failed has done
 * nothing and may be tried again with the same key.
 */
struct once {
	str key;     /* the caller's; empty: fn just runs */
	str request; /* what is asked, byte for byte; compared, not stored */
	/* Within the transaction when there is a key; leaves what it answers,
	 * nothing personal. */
	int (*fn)(struct desk *d, void *ctx, str *answer, struct err *e);
	void *ctx;
	str answer;       /* out */
	bool is_replayed; /* out: fn did not run */
};

/* ERR_INVALID when this actor has used the key for something else. */
int once_run(struct desk *d, struct once *o, struct err *e);

#endif
