#ifndef DESK_VERIFYING_H
#define DESK_VERIFYING_H

#include "desk/record.h"

/*
 * What is given, or found out, to verify who asks (tbl/verifying.h) is sealed apart from
 * the request, under another key, serves nothing else, and is destroyed when the case
 * closes, with an entry (11 CCR 7060(d)).  Inside of desk/ only.
 */

/* Takes it out of p, into *apart; how many fields of it there were. */
size_t verifying_split(struct person *p, struct person *apart);

/* Opens it into the person of the record. */
int verifying_open(struct desk *d, struct record *r, struct err *e);
/* In the caller's transaction; nothing is kept where there is nothing. */
int verifying_store(struct desk *d, const struct record *r,
	const struct person *apart, size_t n, struct err *e);
/* The same as closing does it: gone, with its entry when there was any. */
int verifying_destroy(struct desk *d, struct record *r, struct err *e);

#endif
