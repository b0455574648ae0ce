#ifndef DESK_INSTEAD_H
#define DESK_INSTEAD_H

#include "desk/desk.h"

struct record;
struct tally;

/*
 * A deletion of parts that would empty a column which the database lets nobody empty
 * (desk/parts.h): staff decide, before they approve, what becomes of it.  Nothing is
 * approved until then, as the system would refuse it in the middle of the work.
 *
 * - Something in its place that tells nothing: `***`, or 0, or a code in place of an
 *   identifier, which may have to differ from all others (11 CCR 7022(b)(1)).
 * - The whole row, which the consumer did not ask for: only when they agreed to lose the
 *   rest of it, and staff write down how (7022(h)).
 */
struct instead_choice {
	str what; /* "mask" or "row" */
	str why;  /* with "row" */
};

/* PERM_DECIDE.  Problems: instead, instead_why.  ERR_CONFLICT when nothing takes it. */
int case_instead(struct desk *d, str reference, const struct instead_choice *c,
	struct problems *ps, struct err *e);

/* In a transaction: is there a column that takes the decision still?  Then ERR_CONFLICT. */
int instead_refuse(struct desk *d, const struct record *r,
	const struct tally *t, struct err *e);

#endif
