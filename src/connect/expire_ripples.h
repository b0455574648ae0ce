#ifndef CONNECT_EXPIRE_RIPPLES_H
#define CONNECT_EXPIRE_RIPPLES_H

#include "connect/connector.h"

/*
 * Does the system itself delete or change rows that nobody looked at, when rows of this
 * table, or what belongs to them, go?  So it is with a foreign key (on delete cascade, set
 * null, set default) that is no link of the data map.  Internal to expire*.c.
 */
int expire_ripples(struct conn *c, struct arena *a, const struct map_table *t,
	bool *out, struct err *e);

#endif
