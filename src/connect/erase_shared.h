#ifndef CONNECT_ERASE_SHARED_H
#define CONNECT_ERASE_SHARED_H

#include "connect/erase.h"

/*
 * A row that stays because it is somebody else's too is unlinked from the person's.  Days
 * pass between the search and that, and the other one may have been deleted meanwhile, with
 * the same row left to this person: unlinked a second time it would be nobody's, with all
 * that it says, and found by nobody.  So whether it is still somebody else's is asked again,
 * in the transaction where there is one.
 */
struct erase_shared {
	struct conn *conn;
	struct arena *arena;
	const struct erase_request *q;
	bool has_news; /* one of them is the person's alone now: nothing went */
	struct erase_guard guard;
};

/* Does the plan leave such rows?  Not asked of rows known by their keys, nor of those that
 * another system led to. */
bool erase_shared_is_due(const struct erase_request *q);
void erase_shared_set(struct erase_shared *s, struct conn *c, struct arena *a,
	const struct erase_request *q);

#endif
