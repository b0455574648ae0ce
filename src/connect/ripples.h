#ifndef CONNECT_RIPPLES_H
#define CONNECT_RIPPLES_H

#include "connect/connector.h"

/*
 * What the system itself deletes or changes when rows go: by a foreign key (on delete
 * cascade, set null, set default) that is no link of the data map.  Nobody looked at such
 * rows, and they may be anybody's.  Internal to expire*.c and erase.c.
 */

/* Are there any, when rows of this table, or what belongs to them, go? */
int ripples_reach(struct conn *c, struct arena *a, const struct map_table *t,
	bool *out, struct err *e);

/*
 * ERR_CONFLICT, which names the key and the link that is missing, when a step deletes rows
 * of a table that another table of the map, or the same, refers to by such a key.  What a
 * table that is not in the map refers to goes with its owner: nothing leads to anybody from
 * there.
 */
int ripples_refuse(struct conn *c, struct arena *a,
	const struct erase_step *steps, size_t n, struct err *e);

#endif
