#ifndef DESK_CALL_BACK_H
#define DESK_CALL_BACK_H

#include "desk/record.h"

/*
 * Who gave, or of whom an authorized agent gave, neither an email address nor a phone that gets text messages is called back
 * by staff: whoever answers that phone and says that the request is theirs has it, as
 * whoever types a code back has theirs.  The search starts from that number, and from
 * none before (11 CCR 7060(c), 7062).
 */

/* Says on the queue that staff have to call; within the caller's transaction. */
int call_back_ask(struct desk *d, const struct record *r, struct err *e);

/* Is it what the case waits for? */
bool call_back_can(const struct record *r);

/* As the page shows it; PERM_INTAKE.  1, or 0 when there is no such request. */
struct call_back_page {
	str reference;
	bool can;
	personal name;
	personal phone; /* empty: none was given yet */
	str agent;      /* who asks for them; empty: they do */
	str what;       /* "delete the personal information we hold ..." */
};
int call_back_page(struct desk *d, str reference, struct call_back_page *out,
	struct err *e);

/*
 * They answered and confirmed it: kept with the case, and the search begins.  phone:
 * the number that was called, which takes the place of the one given.  PERM_INTAKE;
 * problems of the fields phone and note.
 */
struct call_back {
	personal phone;
	str note; /* who answered, and what they said */
};
int case_call_back(struct desk *d, str reference, const struct call_back *in,
	struct problems *ps, struct err *e);

#endif
