#ifndef DESK_RETENTION_H
#define DESK_RETENTION_H

#include "desk/desk.h"

/*
 * The end of a record: 24 months after a case was closed (11 CCR 7101(a)) the
 * key of its sealed data is destroyed, and with it who asked.  What stays is the
 * skeleton that counts need (11 CCR 7102): kind, days, outcome, and the audit
 * trail, which never said who.  The suppression list stays as it is, or the
 * person would come back (Civ. Code 1798.105(c)(2)).
 *
 * Forgets what is due; *n says how many.  A few at a time: called again by the
 * worker until there is nothing left.
 */
int retention_run(struct desk *d, int64_t *n, struct err *e);

#endif
