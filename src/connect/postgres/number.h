#ifndef CONNECT_POSTGRES_NUMBER_H
#define CONNECT_POSTGRES_NUMBER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * Which texts PostgreSQL reads as a number of a type.  It refuses a whole question for one
 * text that it can't read, so each is looked at here first.
 */

/* The whole number that it is, in plain digits: "7" of "7.00", "077" and "7e0".  False: it is
 * none of 64 bits. */
bool pg_whole(struct arena *a, str text, str *out);
bool pg_is_numeric(str text);
/* Of double precision, or of real. */
bool pg_is_float(struct arena *a, str text, bool is_real);

#endif
