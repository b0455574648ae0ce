#ifndef CONNECT_FIND_WHOLE_H
#define CONNECT_FIND_WHOLE_H

#include "connect/find.h"

/*
 * A finding keeps the beginning of long values, for people to read (find.h).
 * This reads them whole, from the same rows, for who gives them away: one look-up
 * for each table that has any.
 *
 * ERR_CONFLICT when a row is gone or a value begins otherwise than was found: what
 * was looked at is not what would be given.  ERR_LIMIT for a value longer than
 * room->value_max bytes.
 */
bool find_is_cut(const struct finding *f);

/* room: bytes that all values that were cut may take; what they take is subtracted.  A
 * table that needs more is marked is_apart, and some of its values stay cut. */
struct find_room {
	size_t value_max;
	size_t left;
};
int find_whole(struct conn *c, struct arena *a, struct finding *f,
	struct find_room *room, struct err *e);

#endif
