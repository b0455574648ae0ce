#ifndef DESK_RESTORED_H
#define DESK_RESTORED_H

#include "desk/desk.h"

/*
 * Systems that were put back from a backup (11 CCR 7022(d)): people who were
 * deleted since the backup stand in them again.  Until such a system was replayed
 * (desk/returned.h), nothing that it holds is handed out, and nothing is said of
 * it: whoever does so asks restored_need() first.
 */
struct restored {
	str system;
	int64_t restored_at;
	str restored_by;
	int64_t replayed_at;  /* 0: it is closed */
	int64_t screening_id; /* that opened it */
};
struct restored_all {
	struct restored *at;
	size_t n;
};

/* By system.  PERM_SEE_QUEUE. */
int restored_list(struct desk *d, struct restored_all *out, struct err *e);

/* Says that it was put back, now; again when it was again.  ERR_NOT_FOUND when the
 * data map has no such system.  PERM_DECIDE, audited; asks for a screening. */
int restored_mark(struct desk *d, str system, struct err *e);

/* ERR_CONFLICT, with what to do, while this system is closed; empty: any. */
int restored_need(struct desk *d, str system, struct err *e);

#endif
