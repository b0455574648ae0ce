#ifndef DESK_RECORRECT_H
#define DESK_RECORRECT_H

#include "connect/connector.h"
#include "desk/returned.h"
#include "desk/row_name.h"

/*
 * Corrections that a backup took back (11 CCR 7023(c)).  A look at a system that was
 * put back reads each cell that was ever corrected there, by the key of its row, and
 * tells what it holds:
 *
 *	the corrected value	nothing is to be done
 *	an old one		it is put in again, when what was found is carried out
 *	another one		it is news, and waits for a person
 *	no such row		nothing is to be done
 *
 * What must stay true:
 * - A row is written only while it holds the old value, or what a person saw in it who
 *   said to write, and only while it leads to who was corrected: a key may be
 *   somebody else's by now.
 * - Nothing of whom is held for law enforcement is written; such cells are looked at
 *   again by every look, until the hold is over.
 * - Run again after any interruption it goes on with what still holds the old value.
 */
struct recorrecting {
	const struct map *map;
	const struct map_system *system;
	struct conn *conn;
	const struct row_names *names;
	const char *credentials; /* the folder with secrets of systems */
	bool is_closed; /* it was put back, and not replayed: every cell is looked at;
			 * else what was held */
};

/* Is there anything to look at?  is_closed: as above. */
int recorrect_any(
	struct desk *d, str system, bool is_closed, bool *out, struct err *e);

/* Keeps what each cell is to become.  Not in a transaction. */
int recorrect_look(struct desk *d, const struct recorrecting *x, struct err *e);

/* What a look found is put in again, a row at a time, and read again, with evidence.
 * may_go: as in returned_led.h. */
struct recorrect_act {
	const struct recorrecting *of; /* open for writing */
	const struct screening *look;
	int (*may_go)(struct desk *d, const struct screening *s, struct err *e);
};
int recorrect_act(
	struct desk *d, const struct recorrect_act *act, struct err *e);

/* How it stands, for struct screening. */
int recorrect_read(struct desk *d, struct screening *s, struct err *e);

/* For people: why it is asked about. */
str recorrect_why(str code);

#endif
