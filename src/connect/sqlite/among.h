#ifndef CONNECT_SQLITE_AMONG_H
#define CONNECT_SQLITE_AMONG_H

#include "connect/sqlite/link.h"

/* Where values are looked for: in a column, or tuples of several. */
struct sqlite_place {
	str table;
	struct map_names columns;
};

/* The rows that hold one of some values: the condition, and what its question marks stand
 * for. */
struct sqlite_among {
	str text;
	const struct cell *cells;
	size_t n;
	size_t taken; /* of the values, from the first on: all, but of tuples */
};

/* What is no tuple is left out: no row holds it. */
struct sqlite_among sqlite_among_of(struct arena *a, sqlite3 *db,
	const struct sqlite_place *p, const struct cell *values, size_t n);
/* The same of all values, where other columns are what an index serves. */
struct sqlite_among sqlite_besides(struct arena *a, sqlite3 *db,
	const struct sqlite_place *p, const struct cell *values, size_t n);

#endif
