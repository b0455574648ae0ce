#ifndef DESK_PROFILE_OWN_H
#define DESK_PROFILE_OWN_H

#include "desk/signals.h"

/* What the person of a visit has said, whichever of their identifiers it was said of. */
struct own_word {
	/* Opted in, by an identifier that still stands so, after all that of theirs is opted
	 * out: then an older signal of a browser does not opt them out again (11 CCR
	 * 7028(a)). */
	bool has_opted_in;
	int64_t out_at;   /* opted out last; 0: nobody asked, see below */
	int64_t asked_at; /* the same by a request, which is no signal */
};

/*
 * Inside of desk/ only, after signals_read(), not in a transaction.  out_at is looked for
 * where some of the identifiers are opted out and some are not.
 */
int profile_own(struct desk *d, const struct signals *s, struct own_word *out,
	struct err *e);

#endif
