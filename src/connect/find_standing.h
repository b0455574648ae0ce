#ifndef CONNECT_FIND_STANDING_H
#define CONNECT_FIND_STANDING_H

#include "connect/find_rows.h"

/*
 * Which values stand in a column of a system, as the system compares: one may take '077' for
 * 77, and 'ab' for 'AB'.  What comes back is then not what was asked for, and what did not
 * come back by its bytes is asked again without the rest, down to one by one.
 */
struct find_standing {
	struct conn *conn;
	struct arena *arena;
	const struct map_table *table;
	size_t column;
	bool is_typed; /* the values are of the same system, which knows them as they are */
	/* The value that stands there is the person's own; none that is asked for is. */
	bool (*is_known)(void *ctx, const struct cell *there);
	void *ctx;
	struct values *known; /* gets those that stand there and are; or NULL */
};

/* Adds to `there` those that stand there and are not known. */
int find_standing(const struct find_standing *x, const struct values *asked,
	struct values *there, struct err *e);

#endif
