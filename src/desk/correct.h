#ifndef DESK_CORRECT_H
#define DESK_CORRECT_H

#include "desk/desk.h"

/*
 * A correction that staff made in the systems by hand, after looking at what was asked and
 * what is held (11 CCR 7023(b), (c)).  What is given here goes into the answer, which
 * staff read before it goes.
 */
struct correction {
	str done;      /* what was corrected where, for the consumer */
	str source;    /* where the wrong information came from: 7023(i) */
	bool is_part;  /* something stays as it was; done says what and why */
	bool has_told; /* those who got it from us were instructed, too */
};

/* Needs PERM_DECIDE.  Problems: done, source, has_told. */
int case_correct(struct desk *d, str reference, const struct correction *c,
	struct problems *ps, struct err *e);

/* Is this a case on which that can be said now? */
struct record;
bool correct_can(const struct record *r);

#endif
