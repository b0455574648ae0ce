#ifndef CONNECT_NEVER_EMPTY_H
#define CONNECT_NEVER_EMPTY_H

#include "connect/find.h"

/*
 * Which columns the data map has emptied in rows that stay though the system says that they
 * hold something always (`not null`): no row would be erased so, the system refuses.  It is
 * found out with the search, so that staff know before they approve.
 */
struct never_empty;

/* Knows nothing yet.  In the arena; s: the system as the map has it. */
struct never_empty *never_empty_new(
	struct arena *a, const struct map_system *s);

/* Asks the system, each column once, of those that `as` empties: the same tables, some of
 * them to be erased in another way (desk/parts.h). */
int never_empty_ask(struct never_empty *n, struct conn *c,
	const struct map_system *as, struct err *e);

/* The finding with what was found out in found_table.never_empty; in the arena. */
struct finding never_empty_mark(const struct never_empty *n, struct arena *a,
	const struct map_system *as, const struct finding *f);

#endif
