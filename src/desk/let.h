#ifndef DESK_LET_H
#define DESK_LET_H

#include "connect/find.h"
#include "desk/desk.h"

/*
 * Rows that are somebody else's too stay, unless staff let them go one by one, and write
 * why: a call of two people, a line of a table that ties people to something.  It stands
 * with the finding: what a new search brings is decided anew.
 *
 * What others point to by a `shared` link, as a household, can't be let go: their rows
 * would point nowhere, and are not the person's to change.
 */
struct let_choice {
	str seen; /* case_view.seen of the page that it was chosen on */
	str system;
	str table;
	bool is_all; /* every such row of the table, else: */
	struct {
		const size_t *at; /* their places in the preview's table */
		size_t n;
	} rows; /* none: all of them stay */
	str why;
};

/* In a case that waits for approval.  Problems: let_why.  PERM_DECIDE. */
int case_let(struct desk *d, str reference, const struct let_choice *c,
	struct problems *ps, struct err *e);

/* Is it somebody else's too, and may it go all the same? */
bool let_may(const struct map_system *s, const struct map_table *t,
	const struct found_row *r);

#endif
