#ifndef DESK_ROW_OWNER_H
#define DESK_ROW_OWNER_H

#include "connect/find.h"
#include "desk/row_name.h"

/*
 * Whose a row is, by all of its identifiers, of whatever kind: a keyed value each.  An
 * account number says nothing of who has it, but another one says that the row is about
 * somebody else by now.  Empty: nothing in it identifies anybody.
 */
str row_owner(struct arena *a, const struct row_names *names,
	const struct map_table *t, const struct found_row *row);

/* Nothing identifies somebody now that did not then; what went says nothing. */
bool row_owner_is(str then, str now);

#endif
