#ifndef DESK_RETURNED_OVER_H
#define DESK_RETURNED_OVER_H

#include "connect/connector.h"
#include "desk/keep.h"
#include "desk/returned.h"

/*
 * Rows that staff kept of people who were deleted, and keep no longer (desk/keep.h):
 * with a look at their system they come up to be erased, if they are still what was
 * kept.  A key may be given to somebody else's row meanwhile: one that leads to
 * identifiers of another person is left alone, and the case says so.
 */
struct over_row {
	str table;
	str row_key; /* keyed */
	str key;     /* the row's; empty: it is gone */
	bool is_changed;
	bool is_unknown; /* the data map has no such table any more */
	int64_t keep_id;
};
struct over_rows {
	struct over_row *at;
	size_t n;
};

/* In the desk's arena.  Not in a transaction: the system is asked. */
int returned_over(struct desk *d, const struct row_names *names, struct conn *c,
	struct over_rows *out, struct err *e);

/* Is there any in this system? */
int returned_any_over(struct desk *d, str system, bool *out, struct err *e);

#endif
