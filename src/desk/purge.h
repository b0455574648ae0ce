#ifndef DESK_PURGE_H
#define DESK_PURGE_H

#include "desk/desk.h"

/*
 * Drops what has had its time: sessions nobody uses, drafts that were not sent,
 * counters of tries, jobs that are done.  Nothing of a request: that is
 * desk/retention.h.  Called by the worker every hour; needs nothing to be there.
 */
int purge_run(struct desk *d, struct err *e);

#endif
