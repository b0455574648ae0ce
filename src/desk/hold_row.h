#ifndef DESK_HOLD_ROW_H
#define DESK_HOLD_ROW_H

#include "desk/hold.h"
#include "ident/ident.h"

/*
 * What holds with a case and holds that stand alone share: whom one knows, when it
 * ends, what its end sets free.  Inside desk/hold*.c and desk/held.c only.
 */
struct hold_ref {
	int64_t id;
	int64_t request_id; /* 0: it stands alone */
};

/* By which identifiers it knows its person; none when those were forgotten. */
struct hold_idents {
	const struct ident *at;
	size_t n;
};
int hold_idents(struct desk *d, const struct hold_ref *h,
	struct hold_idents *out, struct err *e);

/* The last day of a hold that begins, or goes on, after `day`. */
struct date hold_last_day(struct date day);

/* In a transaction: their data is not usable (law/tbl/verdicts.h). */
int hold_say(struct desk *d, const struct hold_ref *h, struct err *e);

/*
 * In a transaction: 1, or 0 when somebody else was faster.  What it said of its
 * person goes, but for what another hold says, and what waited for it is asked
 * for again.
 */
int hold_end(struct desk *d, const struct hold_ref *h, const char *how,
	struct err *e);

/* The key of what a hold that stands alone keeps sealed. */
struct seal *hold_seal(struct desk *d);

#endif
