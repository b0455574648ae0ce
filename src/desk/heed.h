#ifndef DESK_HEED_H
#define DESK_HEED_H

#include "desk/record.h"
#include "desk/signals.h"

/*
 * The opt-out preference signal of a browser, where it comes with something that says
 * whose browser it is: a form of ours with an address, a code that was right, an account
 * that was signed in to.  It is for the known consumer as much as for the browser (11 CCR
 * 7025(c)(1)), and asks for nothing beyond what they typed (7025(c)(2)).  Inside of desk/
 * only, in the caller's transaction; without a signal (d->has_signal) it does nothing.
 *
 * It is no request: a request that is refused later takes nothing of it back.  Forms on
 * which somebody opts in are not given here: who opts in says what holds beside the
 * signal (7025(c)(3)).
 */

/* Did one come, and from who made the request?  An authorized agent's browser, or a
 * parent's, says nothing of the person they ask for. */
bool heed_is_theirs(const struct desk *d, const struct record *r);

/* Of who made the request. */
int heed_signal(struct desk *d, const struct record *r, struct err *e);

/* Of a visitor whose identifiers the business has named; read (desk/signals.h). */
int heed_visitor(struct desk *d, const struct signals *s, struct err *e);

#endif
