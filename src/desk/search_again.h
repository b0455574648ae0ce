#ifndef DESK_SEARCH_AGAIN_H
#define DESK_SEARCH_AGAIN_H

#include "desk/desk.h"

struct record;
struct tally;

/*
 * The systems of a case searched anew, by the data map as it is now: somebody changed
 * the map, a system, or what it lets be done, and what was found before can't be shown,
 * approved or carried out any more.
 *
 * - What waits for a decision: all of it, and systems that the map has since.  What a
 *   person looked through stays as they said it.
 * - What was approved and a system refused: what it holds is decided about once more.
 *
 * What is done stays done.  Nothing that somebody is at work on is taken from under them.
 */
bool search_again_can(const struct record *r, const struct tally *t);

/* PERM_RETRY.  ERR_CONFLICT: there is nothing to search, or it is being tried right now. */
int case_search_again(struct desk *d, str reference, struct err *e);

#endif
