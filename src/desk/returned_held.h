#ifndef DESK_RETURNED_HELD_H
#define DESK_RETURNED_HELD_H

#include "connect/connector.h"
#include "desk/row_name.h"

/*
 * Forgets what a look left open of people whose data is held for law enforcement
 * (Civ. Code 1798.145(a)), by whatever identifier the hold knows them, and by the keys
 * that other systems tell of them: they did not come back to be deleted, and a look
 * after the hold finds them anew.
 *
 * conn: open for reading.  Not in a transaction.
 */
struct returned_holding {
	const struct row_names *names;
	const struct map *map;
	const struct map_system *system;
	struct conn *conn;
	const char *credentials; /* the folder with secrets of systems */
};
int returned_leave_held(
	struct desk *d, const struct returned_holding *h, struct err *e);

#endif
