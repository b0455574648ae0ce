#ifndef CONNECT_ERASE_MANY_H
#define CONNECT_ERASE_MANY_H

#include "connect/erase.h"

/*
 * Erasing what was found of many people of one system together: one transaction,
 * or one rewriting of the files, whatever their number; each person with a result
 * and an evidence of their own, as erase_run() gives them.
 *
 * What must stay true:
 * - Exactly the rows of the plans go, each person's as it was approved: who is
 *   erased beside whom makes no row theirs.  Who leaves a row that is somebody else's
 *   too is not among them: whether it is still is asked of one at a time
 *   (erase_shared.h).
 * - Somebody is proven only by a search that led to nothing of theirs.  People
 *   are searched for together; when such a search leads to something, in halves,
 *   down to the one whose it is.
 * - It is repeated like erase_run(): a row is gone, whoever's run it was.
 */
enum { ERASE_MANY_KEYS = CONNECT_VALUES_MAX }; /* of all plans, together */

struct erase_one {
	struct erase_request q; /* without keys; nothing shared is allowed */
	struct erase_result result;
	/* erase_run_many() refused all for this one: rows came since it was found
	 * (erase_since.h).  Alone, it is told of them. */
	bool has_news;
};

/* Rows that the plan names: at most ERASE_MANY_KEYS for all. */
size_t erase_plan_keys(const struct erase_plan *p);

/* -1: what the transaction did is open, for all of them; run again, or one by
 * one, when somebody's rows can't go (ERR_CONFLICT). */
int erase_run_many(struct conn *c, struct arena *a, struct erase_one *of,
	size_t n, struct err *e);

#endif
