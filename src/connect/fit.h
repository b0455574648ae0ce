#ifndef CONNECT_FIT_H
#define CONNECT_FIT_H

#include "connect/connector.h"

/*
 * Whether a system has what the data map says of it: tables and columns that are
 * missing, or not to be read, keys that are not unique, and ways of erasing that a
 * column does not take, found before somebody's request finds them.  A row of each table,
 * or a sample, is asked for and forgotten; a service only by a GET for all rows.
 */
struct fit {
	struct err *mistakes; /* a search, or a deletion, would end with them */
	size_t mistakes_n;
	struct err *doubts; /* for people to look at */
	size_t doubts_n;
};

/* Programs and people are not asked: nothing is said of them.  -1 when the system can't be reached. */
int fit_of(struct conn *c, struct arena *a, struct fit *out, struct err *e);

#endif
