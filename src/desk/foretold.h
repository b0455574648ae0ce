#ifndef DESK_FORETOLD_H
#define DESK_FORETOLD_H

#include "desk/desk.h"

struct record;
struct tally;

/*
 * In a transaction: ERR_CONFLICT where the search foretold that a system would refuse what
 * is about to be approved: rows that stay, and can't be unlinked from what goes; columns
 * that can't be emptied.  Before the approval there is a way out of either; after it the
 * system is stuck in the middle of the work.
 *
 * What can't be read here speaks for nothing: the erasure says why.
 */
int foretold_refuse(struct desk *d, const struct record *r,
	const struct tally *t, struct err *e);

#endif
