#ifndef DESK_POSTAL_H
#define DESK_POSTAL_H

#include "base/arena.h"
#include "base/err.h"
#include "desk/person.h"

/*
 * A postal address as staff write it down: where letters on paper go, and, with the
 * name, what finds a person who gave neither email nor phone.  Street, ZIP code and
 * name are fields of the person, the city is needed for the envelope alone.
 */
struct postal {
	personal city; /* "Oakland, CA" */
};

/* Something of an address was written down. */
bool postal_is_begun(const struct person *p, const struct postal *x);
/* Whether a letter would arrive: problems by field (street, city, zip). */
void postal_check(
	const struct person *p, const struct postal *x, struct problems *ps);
/* The address as consumers type it, all of it in one field: its lines without blanks
 * around them, and without empty ones. */
str postal_lines(struct arena *a, str typed);
/* Would a letter arrive?  Two lines or more, of which the last ones have a ZIP code. */
bool postal_is_whole(str lines);

/* The lines of the envelope, into p->postal: letters go there on paper from now on. */
void postal_take(struct arena *a, struct person *p, const struct postal *x);

#endif
