#ifndef DESK_LATE_H
#define DESK_LATE_H

#include "desk/desk.h"

/*
 * Dates that passed, once for each case and each company that was told: an entry
 * in the audit trail, so that the timeline says it.  Changes nothing else; the
 * clock runs on.  Called by the worker every hour.
 *
 * *n says how many were noted.  A few at a time: called again until there is
 * nothing left.
 */
int late_run(struct desk *d, int64_t *n, struct err *e);

#endif
