#ifndef CONNECT_DECIMAL_H
#define CONNECT_DECIMAL_H

#include "connect/connector.h"

/*
 * Numbers as keys.  A column of decimals writes 7 as 7.00, and what belongs to it may stand as
 * 7 elsewhere; so such a value is looked for as it stands, and in one form that all systems
 * share: plainly, without zeros at the end of its digits after the point, nor the point where
 * none is left.  It is made of numbers only (cell.is_decimal), never of a text: 7.00 and 7 may
 * be two people's codes there, as 007 and 7 are.
 */

/* "7" of "7.00", "-0.5" of "-0.50"; as it is, when it is no digits with a point. */
str decimal_plain(struct arena *a, str s);
/* Digits, with a sign or a point, that fit into `whole` digits before it: what any database
 * reads as a decimal. */
bool decimal_fits(str s, size_t whole);
/* Whether the plain form is another value to ask for; it is in *out then, a number where it is
 * whole. */
bool decimal_form(struct arena *a, const struct cell *c, struct cell *out);

#endif
