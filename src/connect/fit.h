#ifndef CONNECT_FIT_H
#define CONNECT_FIT_H

#include "connect/connector.h"

/*
 * Whether a system has what the data map says of it: tables and columns that are
 * missing, or not to be read, and keys that are not the table's own, found before
 * somebody's request finds them.  A row of each table is asked for and forgotten.
 */
struct fit {
	struct err *mistakes; /* a search would end with them */
	size_t mistakes_n;
	struct err *doubts; /* for people to look at */
	size_t doubts_n;
};

/* Systems that have no tables of their own, or where a row costs a call, are not
 * asked: nothing is said of them.  -1 when the system can't be reached. */
int fit_of(struct conn *c, struct arena *a, struct fit *out, struct err *e);

#endif
