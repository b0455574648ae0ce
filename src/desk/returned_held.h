#ifndef DESK_RETURNED_HELD_H
#define DESK_RETURNED_HELD_H

#include "connect/connector.h"
#include "desk/row_name.h"

/*
 * Forgets what a look left open of people whose data is held for law enforcement
 * (Civ. Code 1798.145(a)), by whatever identifier the hold knows them: they did
 * not come back to be deleted, and a look after the hold finds them anew.
 *
 * conn: open for reading.  Not in a transaction.
 */
struct returned_holding {
	const struct row_names *names;
	const struct map_system *system;
	struct conn *conn;
};
int returned_leave_held(
	struct desk *d, const struct returned_holding *h, struct err *e);

#endif
