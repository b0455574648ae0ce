#ifndef DESK_DENY_TELL_H
#define DESK_DENY_TELL_H

#include "desk/record.h"

/*
 * A deletion that is denied in whole on a ground that keeps the data for one purpose:
 * service providers and contractors are told to use what they hold for that purpose and for
 * nothing else, and to delete what it does not need (11 CCR 7022(f)(4)).  The rule names no third
 * party: what one bought is its own, and not kept for us.
 *
 * They are told when staff send the answer, so that a denial that is taken back before
 * was told to nobody.  One that was told to delete, by an approval before the denial, and has
 * not answered, is told anew.
 *
 * Inside of desk/ only.
 */

/* It was denied so, and a purpose was written down. */
bool deny_locks(const struct record *r);

/* In the transaction of the denial, after record_move(): whoever has not answered is to be
 * told. */
int deny_tell_plan(struct desk *d, const struct record *r, struct err *e);

/* In the transaction in which the answer is sent.  A second time it changes nothing. */
int deny_tell(struct desk *d, const struct record *r, struct err *e);

#endif
