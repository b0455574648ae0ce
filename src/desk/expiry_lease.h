#ifndef DESK_EXPIRY_LEASE_H
#define DESK_EXPIRY_LEASE_H

#include "desk/desk.h"

/*
 * One run erases in a system at a time, on whichever node.  A run that was away for longer
 * than 15 minutes finds another one in its place, and ends before its next batch; so does
 * the place of one that was killed get free.  Inside of desk/expiry*.c only.
 */
str expiry_lease_name(struct desk *d); /* that no other run has */

/* Takes it, or goes on holding it.  ERR_CONFLICT: somebody else has it. */
int expiry_lease_hold(struct desk *d, str system, str name, struct err *e);
void expiry_lease_give(struct desk *d, str system, str name);

#endif
