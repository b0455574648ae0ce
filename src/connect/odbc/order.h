#ifndef CONNECT_ODBC_ORDER_H
#define CONNECT_ODBC_ORDER_H

#include "connect/odbc/place.h"

/*
 * More rows go than one statement names, and rows of the table refer to others of it:
 * whoever refers to a row goes before it, in this statement or an earlier one, since
 * most databases look at references at the end of each.
 *
 * Puts `all` in that order, by the links of the map.  Rows that refer to one another in
 * a circle, and what they refer to, come last, as they were: *circle of them.
 */
int odbc_order(struct odbc_conn *c, const struct erase_step *step,
	const struct odbc_place *key, struct odbc_wanted *all, size_t *circle,
	struct err *e);

#endif
