#ifndef LAW_REFERENCE_H
#define LAW_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * A request's reference number: 7 random characters of Crockford's base 32 and
 * one check character, read over the phone as K7QF 2M9X.  The check finds every
 * single wrong character and every swap of two neighbours, so that a mistyped
 * reference is never someone else's.
 *
 * Stored and compared as the eight characters without the dash.
 */
enum { REFERENCE_LENGTH = 8, REFERENCE_RANDOM = 5 };

struct reference {
	char c[REFERENCE_LENGTH + 1]; /* "K7QF2M9X", NUL-terminated */
};

/* From 5 random bytes of the caller's (35 of the 40 bits are used). */
struct reference reference_make(const uint8_t random[REFERENCE_RANDOM]);

/*
 * What a person typed: case, dashes and spaces do not matter, O is 0, I and L
 * are 1.  False for a U, a wrong length, or a check character that is not right.
 */
bool reference_parse(str typed, struct reference *out);

str reference_str(const struct reference *r);       /* a view of the eight */
str reference_show(struct arena *a, str reference); /* "K7QF-2M9X" */

#endif
