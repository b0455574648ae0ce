#ifndef CONNECT_ERASE_STUCK_H
#define CONNECT_ERASE_STUCK_H

#include "connect/erase.h"

/*
 * Rows that stay, as somebody else's too or as exceptions, and point to one that goes by
 * a column that may not be empty: a row of a join table.  They can't be unlinked, so the
 * system would refuse the whole deletion; a preview says so before.
 */

/* Which links of the system's tables may not be emptied: one array a table, NULL where
 * there is none.  NULL altogether where this kind of system can't tell. */
int erase_stuck_learn(struct conn *c, struct arena *a, const bool *const **out,
	struct err *e);

/* Says it of the finding, which is kept with it. */
void erase_stuck_note(const struct finding *f, const bool *const *full);

/* How many rows of a table of the finding are stuck. */
int64_t erase_stuck_in(struct arena *a, const struct finding *f, size_t table);

#endif
