#ifndef DESK_DOUBT_H
#define DESK_DOUBT_H

#include "desk/desk.h"
#include "desk/person.h"

/*
 * Addresses in the rows that a search found, of which the data map does not say that they
 * are the person's own (connect/find.h): a friend's, a recipient's, or a second one
 * of theirs.  Nothing is searched for by them until somebody who may see them says
 * whose they are.
 */

/* A further address that is the person's: true when the systems were not asked about
 * it yet. */
bool doubt_learn(struct desk *d, struct person *p, str address);
/* One that may be somebody else's, unless it is known whose it is. */
void doubt_keep(struct desk *d, struct person *p, str address);

/* While the case is searched for, reviewed or carried out.  Theirs: every system is
 * searched by it, too.  ERR_CONFLICT: nobody is in doubt about this one. */
int case_doubt(struct desk *d, str reference, str address, bool is_theirs,
	struct err *e);

#endif
