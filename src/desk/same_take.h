#ifndef DESK_SAME_TAKE_H
#define DESK_SAME_TAKE_H

#include "desk/record.h"

/*
 * What a later request for the same gave better than the first one that it is joined
 * with: details where the first's are none, or match no record, the declaration, the
 * way in which the answer comes.  Inside of desk/ only.
 */

/* Would an answer that is being written already lack it?  Who only asks to know gets less
 * for want of proof, and nothing tells them more later. */
bool same_is_too_late(const struct record *first, const struct record *later);

/*
 * Takes it over into first, in the caller's transaction and after record_lock(), with an
 * entry that names the kinds of what was taken.  Systems that were searched are searched
 * again when a detail is another one.  Details are replaced LIMIT_RETYPED times in one
 * case: who guesses gets no further, and staff read of it.
 */
int same_take(struct desk *d, struct record *first, const struct record *later,
	struct err *e);

#endif
