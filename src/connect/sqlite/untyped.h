#ifndef CONNECT_SQLITE_UNTYPED_H
#define CONNECT_SQLITE_UNTYPED_H

#include <sqlite3.h>

#include "connect/connector.h"

/*
 * Columns without a type, and those of views, compare what they hold as it came: there 1 is
 * not '1', whatever the column of the other end of a link makes of it.  So they are asked for
 * both.
 */
bool sqlite_is_untyped(struct arena *a, sqlite3 *db, str table, str column);

/* The values, and those that are written like one but are of the other type, each once: at
 * most twice as many. */
const struct cell *sqlite_forms(
	struct arena *a, const struct cell *values, size_t n, size_t *out_n);

#endif
