#ifndef CONNECT_DETECT_H
#define CONNECT_DETECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "connect/map.h"

/*
 * What a column seems to hold, by its name and by values of it (rows of
 * tbl/detectors.h).  Values are counted and forgotten: nothing here gives one
 * back.
 */
enum detector {
#define DETECT(NAME, test, is_sure, of, category, names, title) DETECT_##NAME,
#include "connect/tbl/detectors.h"
	DETECTORS,
};

struct detect_counts {
	size_t values; /* that are there, and not blank */
	size_t passed[DETECTORS];
};

/* Takes one value of the column of that name into account. */
void detect_value(struct detect_counts *n, str column, str value);

/*
 * Fills what the map should say of the column: kind, verifies, category, never.
 * Returns the reasons, one line; empty when there is nothing to say.  A few
 * values that look so in a column of others are said there, and marked nothing.
 */
str detect_column(struct arena *a, const struct detect_counts *n, str column,
	struct map_column *out);

/* A name that is somebody's address or number itself, and not to be shown. */
bool detect_is_personal(str name);

#endif
