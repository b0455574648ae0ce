#ifndef DESK_CORRECT_SEAL_H
#define DESK_CORRECT_SEAL_H

#include "connect/change.h"
#include "desk/desk.h"

/*
 * The row, the old value and the new one of a correction, under a key of the
 * installation's own: it has to outlive the case.  Internal to desk/correct*.c.
 */
str correct_seal(struct desk *d, const struct change *c);
/* Fills key, was, value and own_form; table and column are the caller's. */
int correct_open(struct desk *d, str sealed, struct change *out, struct err *e);

#endif
