#ifndef CONNECT_MATCHER_H
#define CONNECT_MATCHER_H

#include "connect/connector.h"
#include "connect/keys.h"

/*
 * What a system found, looked at exactly: for systems whose own search may bring
 * rows too many.  So whatever they take for alike, all connectors answer the
 * same, and nobody else's row is taken for the person's.
 */
struct matcher {
	const struct row_query *query;
	struct key_set keys;
};

/* Borrows the query and its values. */
struct matcher matcher_of(struct arena *a, const struct row_query *q);
/* The value of the query's `where` is one of those looked for: by its text, or
 * standardized with MATCH_IDENT.  Always so when all rows are. */
bool matcher_takes(const struct matcher *m, const struct cell *where);

#endif
