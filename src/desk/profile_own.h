#ifndef DESK_PROFILE_OWN_H
#define DESK_PROFILE_OWN_H

#include "desk/signals.h"

/* What the log calls the second act of an opt-in to sale and sharing. */
#define OPTED_IN_BY "opt-in"

/*
 * Has the person of a visit opted in, by an identifier that still stands so, after all that
 * of theirs is opted out?  Then an older signal of a browser does not opt them out again
 * (11 CCR 7028(a)).  Inside of desk/ only, after signals_read(), not in a transaction.
 */
int profile_own(
	struct desk *d, const struct signals *s, bool *opted_in, struct err *e);

#endif
