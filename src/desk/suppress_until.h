#ifndef DESK_SUPPRESS_UNTIL_H
#define DESK_SUPPRESS_UNTIL_H

#include "desk/suppress_log.h"

/*
 * When reasons end.  Inside of desk/suppress*.c only.
 *
 * What must stay true: an end stands in the record for as long as its reason
 * holds, and goes with it; what holds without an end is never given one; and
 * nothing ends before its instant.  The list itself knows of no ends: the worker
 * releases what is due (suppress_lapse()), so a late worker keeps people on the
 * list too long, never too short.
 */

/* Brings the ends up to date with a change, before it is written; was: what holds
 * for each of its keys. */
int suppress_until_keep(struct desk *d, const struct log_change *c,
	const uint32_t *was, struct err *e);

#endif
