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

/* Decided in one go; the next are shown then.  Each is two fields of a form of 64. */
enum { DOUBTS_AT_ONCE = 30 };

size_t doubt_count(const struct person *p);

/* ERR_CONFLICT while there are any: nobody approves what a search found that they may
 * still add to. */
int doubt_refuse(const struct person *p, struct err *e);

struct doubt_said {
	str address;
	bool is_theirs;
};

/* While the case is searched for, reviewed or carried out.  Theirs: every system is
 * searched by it, too.  All or none: ERR_CONFLICT when nobody is in doubt about one of
 * them. */
int case_doubts(struct desk *d, str reference, const struct doubt_said *said,
	size_t n, struct err *e);

#endif
