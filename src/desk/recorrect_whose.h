#ifndef DESK_RECORRECT_WHOSE_H
#define DESK_RECORRECT_WHOSE_H

#include "connect/find.h"
#include "desk/recorrect.h"
#include "desk/recorrect_cells.h"

/*
 * Whose a row is that was corrected once: its key may be somebody else's by now, and
 * who it was is held for law enforcement maybe.  Internal to desk/recorrect*.c.
 */
enum recorrect_whose {
	RECORRECT_THEIRS, /* of who was corrected; or no address leads to anybody */
	RECORRECT_SHARED, /* somebody else's too */
	RECORRECT_OTHERS, /* another person's, or gone */
};

/* The cells of one row, and what a search from it found. */
struct recorrect_row {
	const struct recorrecting *of;
	struct arena *page;
	const struct recorrect_cell *at;
	size_t n;
	struct finding found; /* system NULL: not searched for yet */
};

/* Of one of its cells: others may have been corrected for somebody else, who had the key
 * before or after.  Searches from the row, once. */
int recorrect_whose_of(struct desk *d, struct recorrect_row *row,
	const struct recorrect_cell *c, enum recorrect_whose *out,
	struct err *e);

/* The rows of all whose data is held, as keyed values. */
struct recorrect_held {
	str *at; /* sorted */
	size_t n;
};
int recorrect_held_load(struct desk *d, const struct recorrecting *x,
	struct arena *a, struct recorrect_held *out, struct err *e);
bool recorrect_is_held(const struct recorrecting *x,
	const struct recorrect_held *h, struct arena *page,
	const struct recorrect_cell *c);

#endif
