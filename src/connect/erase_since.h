#ifndef CONNECT_ERASE_SINCE_H
#define CONNECT_ERASE_SINCE_H

#include "connect/erase.h"

/*
 * Between a search and its approval days pass, and rows come that point to one which is
 * about to go.  Deleted from under them, they would be the person's still and nobody
 * would find them again; or they are another person's, and so is the row now.
 *
 * has_news[i]: rows came for plan i that its search did not see, and nothing of it may be
 * erased before another search did.  One look-up for each link, whatever the number of
 * plans.
 */
int erase_since(struct conn *c, struct arena *a,
	const struct erase_plan *const *plans, size_t n, bool *has_news,
	struct err *e);

#endif
