#ifndef DESK_CORRECT_PROPOSED_H
#define DESK_CORRECT_PROPOSED_H

#include "desk/correct.h"
#include "desk/second.h"

struct correcting;

/*
 * A correction that one of two people decided (desk/second.h): what they typed into which
 * cell, and all that they wrote and chose beside it, for the page on which the second one
 * decides.
 */
struct correct_proposed {
	struct second second;
	bool is;      /* one waits */
	bool is_same; /* of the rows that are there now: then the cells are known */
	struct correction words; /* without typed */
	struct correct_typed_cell {
		struct correct_place place;
		str value;
		bool is_emptied; /* a hidden one */
	} * at;
	size_t n;
};
/* seen: of the view.  PERM_REVEAL: values may identify somebody. */
int correct_proposed(struct desk *d, str reference, str seen,
	struct correct_proposed *out, struct err *e);

/* NULL: nothing was typed there. */
const struct correct_typed_cell *correct_proposed_at(
	const struct correct_proposed *p, const struct correct_place *at);

/* The same as text, to be sealed.  Inside of desk/correct*.c only. */
str correct_proposal(struct arena *a, const struct correcting *c);

#endif
