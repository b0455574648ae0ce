#ifndef DESK_PARENT_POST_H
#define DESK_PARENT_POST_H

#include "desk/post.h"

/*
 * Letters about a request for a child under 13 go to the parent or guardian who made it,
 * and none to the child.  Inside of desk/ only.
 *
 * A letter goes under its own kind, so that what hangs on it (receipt confirmed, case
 * closed) happens as for anybody, and says at its top whom it calls "you".
 */
int post_parent(struct desk *d, const struct record *r, enum letter_kind kind,
	const struct letter_words *words, struct err *e);

/* Does somebody ask for a child here? */
bool is_for_child(const struct record *r);

#endif
