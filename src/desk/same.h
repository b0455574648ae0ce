#ifndef DESK_SAME_H
#define DESK_SAME_H

#include "desk/record.h"

/*
 * Requests of one person, by the address they have just confirmed with a code: before
 * that nobody learns that there is another one.  Inside of desk/ only, in the caller's
 * transaction and after record_lock().
 */

/*
 * Joins r with an earlier open request for the same: r closes, the earlier one keeps its
 * day of receipt and goes on, confirmed if it was not, with what r gave better
 * (desk/same_take.h).  is_joined false: there is none.
 * A correction of something else and other dates to know are not the same.
 */
int same_join(struct desk *d, struct record *r, bool *is_joined, struct err *e);

/*
 * The third request to know in 12 months is denied by the rule, with the days of the two
 * answers and the day from which the next one is owed (Civ. Code 1798.130(b)).  r is
 * confirmed, or staff have written how they know who asks.
 */
int same_refuse_know(
	struct desk *d, struct record *r, bool *is_refused, struct err *e);

/* Would it be such a third one today?  1, 0, -1. */
int same_know_is_used_up(struct desk *d, const struct record *r, struct err *e);

#endif
