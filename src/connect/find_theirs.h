#ifndef CONNECT_FIND_THEIRS_H
#define CONNECT_FIND_THEIRS_H

#include "connect/find_cross.h"

/* Whether a key that one person's rows tell of another system is theirs alone. */
struct find_theirs {
	struct arena *arena;
	const struct map *map;
	struct conn *conn; /* of the system that they are in */
	const struct finding *found;
};

/* Not when the value stands in a row of that table which is not the person's, or was never
 * given to anybody: "0", "-1", "9999",
 * "n/a" (tbl/placeholders.h). */
int find_is_theirs(const struct find_theirs *x, const struct find_key *key,
	bool *out, struct err *e);

#endif
