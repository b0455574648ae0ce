#ifndef DESK_RETURNED_PENDING_H
#define DESK_RETURNED_PENDING_H

#include "desk/desk.h"
#include "ident/key.h"

/*
 * Whose rows a system holds still, because their deletion is under way: they are
 * suppressed as deleted from its approval on, and have not come back.
 */
struct returned_pending {
	uint8_t (*key)[IDENT_KEY_SIZE]; /* ascending */
	size_t n;
};

/* In the desk's arena. */
int returned_pending(struct desk *d, str system, struct returned_pending *out,
	struct err *e);
bool returned_is_pending(
	const struct returned_pending *p, const uint8_t key[IDENT_KEY_SIZE]);

#endif
