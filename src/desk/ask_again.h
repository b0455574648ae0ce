#ifndef DESK_ASK_AGAIN_H
#define DESK_ASK_AGAIN_H

#include "desk/desk.h"

struct record;

/*
 * Who refused that a minor's information is sold may not be asked again for 12 months, or
 * until the 16th birthday (Civ. Code 1798.135(c)(5)).  Nothing here asks; people and
 * programs of the business might, so they are told from which day on they may.
 */

/* By what the person of a request gave: the latest day, while it lies ahead; none: nobody
 * refused.  PERM_SEE_QUEUE. */
int case_ask_again(
	struct desk *d, str reference, struct date *out, struct err *e);

/* The same, inside of desk/ only. */
int ask_again_of(struct desk *d, const struct record *r, struct date *out,
	struct err *e);

#endif
