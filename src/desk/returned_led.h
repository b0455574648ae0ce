#ifndef DESK_RETURNED_LED_H
#define DESK_RETURNED_LED_H

#include "connect/erase_rows.h"
#include "desk/led.h"
#include "desk/returned.h"

/*
 * What belongs to the rows of who came back in other systems, by keys: it goes before the
 * rows that tell the key (connect/erase_led.h).  Inside desk/returned*.c only.
 *
 * may_go: in the transaction that plans: -1 when nothing of the look may be carried out
 * any more.
 */
struct returned_leading {
	struct desk *desk;
	const struct screening *look;
	struct led *led;
	struct conn *conn; /* of the look's system */
	str row;           /* the one that was found, keyed */
	int (*may_go)(struct desk *d, const struct screening *s, struct err *e);
};

/* Of one row: why not. */
struct returned_led {
	bool is_held; /* for law enforcement, as a row there says: it is left alone */
	bool is_over; /* nobody else may be erased either */
	int64_t unfollowed;
	int64_t standing;
};
/* In the plan of a group that is one row.  -1: nothing of it may be erased. */
int returned_erase_led(const struct returned_leading *l, struct row_group *g,
	struct returned_led *out, struct err *e);

#endif
