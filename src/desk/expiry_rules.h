#ifndef DESK_EXPIRY_RULES_H
#define DESK_EXPIRY_RULES_H

#include "connect/map.h"
#include "desk/desk.h"

/*
 * What somebody looked at before rows are erased for their age: all that the data map says of
 * the system, and of those from which keys lead there, over as many as it takes, since these
 * tell whose rows are needed (desk/held_led.h).
 */

/* The data map, each system with that as its `said`. */
int expiry_map(struct desk *d, struct map *out, struct err *e);

#endif
