#ifndef DESK_UNSTOP_H
#define DESK_UNSTOP_H

#include "desk/record.h"

/*
 * A stop that is refused after it was in force, as fraudulent or for want of a
 * permission: what it alone had stopped comes off the list.  What another request, a
 * signal, a list or staff said of the person stays.  Inside of desk/ only.
 */

/* Of a stop that came before today nothing comes off: the list takes down only what is
 * new to it, and somebody else may have said the same since. */
bool unstop_stays(struct desk *d, const struct record *r);

/* Did nobody else say it?  Reads the log, so before the transaction. */
int unstop_look(
	struct desk *d, const struct record *r, bool *is_own, struct err *e);

/* In the caller's transaction; event says that it was released, when it was. */
int unstop(struct desk *d, const struct record *r, bool is_own,
	enum audit_event event, struct err *e);

#endif
