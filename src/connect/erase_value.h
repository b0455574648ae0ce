#ifndef CONNECT_ERASE_VALUE_H
#define CONNECT_ERASE_VALUE_H

#include "base/arena.h"
#include "base/str.h"
#include "connect/connector.h"

/*
 * A value that stands where a person's stood: one that the column takes, as the same
 * text that comes back when it is read again, since that is the proof.  A number is no
 * longer than the old one, a text no longer in letters than it was, bytes are as many.
 *
 *	WAY_HASH	the same for the same old value and the same secret
 *	WAY_MASK	the same for all
 *	WAY_RENEW	at random
 *
 * Any old value will do, an empty one and the beginning of one too.  What is null, and
 * WAY_EMPTY, give null.
 */
struct cell value_instead(struct arena *a, enum column_way way,
	enum cell_form form, const struct cell *old, str secret);

/* Is it what the column was given?  Databases write some values otherwise: 0.5 as 0.50,
 * a time with its zone, a text with blanks after it. */
bool value_is_back(const struct step_set *s, const struct cell *now);

#endif
