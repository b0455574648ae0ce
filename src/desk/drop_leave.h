#ifndef DESK_DROP_LEAVE_H
#define DESK_DROP_LEAVE_H

#include "desk/desk.h"

/*
 * Somebody whom only the State's lists ask to delete and who can't be deleted: their row is
 * kept on an exception of the law (Civ. Code 1798.105(d)), as staff keep rows in a case
 * (keep.h), so that the session is carried out and answered for everybody else.
 *
 * What must stay true:
 * - Only who was matched alone and is open; the next drop_act() finds the row kept, and
 *   everything that leads from it, and reports them exempt, or deleted when a part of it
 *   went before.
 * - It ends on its day: whoever is still asked for is matched again then, as a new row is.
 */
struct drop_open {
	int64_t match_id; /* the first of the row's */
	str item_id;      /* the State's */
	str system;
	str title; /* "Accounts in CRM" */
	str table;
};
struct drop_opens {
	struct drop_open *at;
	size_t n;
};

enum { DROP_LEAVE_MAX = 100 };

/* Of the open look, by number; first DROP_LEAVE_MAX after `after`.  PERM_SEE_DROP. */
int drop_opens(
	struct desk *d, int64_t after, struct drop_opens *out, struct err *e);

struct drop_leaving {
	struct {
		const int64_t *at; /* of `match_id` */
		size_t n;
	} matches;
	str ground;  /* id of a ground on which a deletion is refused in part */
	str purpose; /* what the rows are kept for, and nothing else */
	str until;   /* ISO date, the last day */
	bool is_preview; /* all is checked, and nothing is kept */
};

/* All of them or none.  Problems: matches, exception, reason, until.  PERM_DROP.
 * ERR_NOT_FOUND: no such match is open; ERR_CONFLICT: no look is, or it is too old. */
int drop_leave(struct desk *d, const struct drop_leaving *w,
	struct drop_opens *out, struct problems *ps, struct err *e);

#endif
