#ifndef DESK_UNSTOP_H
#define DESK_UNSTOP_H

#include "desk/record.h"

/*
 * A stop that is refused after it was in force, as fraudulent or for want of a
 * permission: what it alone had stopped comes off the list.  What another request, a
 * signal, a list or staff said of the person stays.  Inside of desk/ only.
 */

/* Had nobody else said it before?  Reads the log, so before the transaction. */
int unstop_look(
	struct desk *d, const struct record *r, bool *is_own, struct err *e);

/* In the caller's transaction.  is_own: as unstop_look() found it; what was said since
 * (desk/said.h) is looked for here.  event says that it was released, when it was:
 * *is_released. */
struct unstop {
	bool is_own;
	enum audit_event event;
	bool is_released; /* out */
};
int unstop(struct desk *d, const struct record *r, struct unstop *u,
	struct err *e);

/* Would all of it stay on the list?  For pages; not in a transaction. */
int unstop_stays(
	struct desk *d, const struct record *r, bool *out, struct err *e);

#endif
