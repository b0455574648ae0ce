#ifndef CONNECT_PROPOSE_H
#define CONNECT_PROPOSE_H

#include "connect/connector.h"
#include "connect/draft.h"

/*
 * Entries of the data map for a system that nobody has described yet: its tables
 * and columns as it lists them, what they seem to hold (detect.h), and what
 * belongs to what, by its foreign keys or by their names.  Read-only; of each
 * table rows_max rows are looked at.  The draft holds names, counts and reasons;
 * no value of any row.
 */
int propose(struct conn *c, struct arena *a, size_t rows_max, struct draft *out,
	struct err *e);

#endif
