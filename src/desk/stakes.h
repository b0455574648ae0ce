#ifndef DESK_STAKES_H
#define DESK_STAKES_H

#include "desk/desk.h"

/*
 * How sure to be who asks: the six things that the law wants weighed (11 CCR 7060(c);
 * LIST_WEIGHED of law/listed.h).  What the data says is sensitive decides by itself
 * (law/grade.h); staff weigh the rest, and what they weigh is kept with the case, sealed,
 * a row each.  It can raise the grade of a deletion or correction (7062(d)) and never
 * lower it, once raised it stays so, and the other kinds have one grade.
 */
enum { STAKES = 6 };

struct stake {
	const char *code; /* field of the form: "harm" */
	const char *title;
	const char *citation;
	personal text;
};

struct stakes_page {
	str reference;
	const char *phrase; /* "delete" */
	bool can;           /* weighed now, or again */
	bool can_raise;     /* of a kind with two grades, and not raised yet */
	bool is_raised;
	bool is_sensitive; /* what was found, so that the grade is high already */
	bool is_weighed;
	struct stake
		at[STAKES]; /* without their texts: looking leaves no entry */
};
/* 1, or 0 when there is no such request.  PERM_DECIDE. */
int case_stakes(
	struct desk *d, str reference, struct stakes_page *out, struct err *e);

/* For the case's page: is there anything to weigh in it? */
struct record;
bool stakes_can(const struct record *r);
/* What was written, for who may see who asks; the number of rows. */
size_t stakes_of(const struct record *r, struct stake out[STAKES]);

/* text: in the law's order, all six; one that is empty stays as it was weighed before.
 * PERM_DECIDE. */
struct stakes {
	personal text[STAKES];
	bool raises;
};
int case_weigh(struct desk *d, str reference, const struct stakes *in,
	struct problems *ps, struct err *e);

#endif
