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
 * value_max bytes.
 */
bool find_is_cut(const struct finding *f);
int find_whole(struct conn *c, struct arena *a, struct finding *f,
	size_t value_max, struct err *e);

#endif
