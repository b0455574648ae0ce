#ifndef DESK_NOTE_H
#define DESK_NOTE_H

#include "base/arena.h"
#include "base/err.h"

/*
 * What staff write with a decision: a reason, the number of an order.  It is kept
 * sealed with the case, since it may name the person.
 */

/* Adds a problem of `field` when the note is too long or no text, and with the
 * text `missing` when it is empty; missing: NULL when it may be.  The note is
 * trimmed already. */
void note_check(
	str note, const char *field, const char *missing, struct problems *ps);

/* On one line, for a list with one entry a line or a paragraph of a letter. */
str note_line(struct arena *a, str note);

#endif
