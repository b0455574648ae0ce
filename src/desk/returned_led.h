#ifndef DESK_RETURNED_LED_H
#define DESK_RETURNED_LED_H

#include "connect/erase_rows.h"
#include "desk/led.h"
#include "desk/returned.h"

/*
 * What the rows of who came back lead to in other systems, by keys: it goes before the
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
	struct arena *page;
	str row; /* the one that was found, keyed */
	int (*may_go)(struct desk *d, const struct screening *s, struct err *e);
};

/* In the plan of a group that is one row.  Is a row that leads there held for law
 * enforcement, ERR_CONFLICT: the row is left alone, and the next run goes on. */
int returned_erase_led(const struct returned_leading *l,
	const struct row_group *g, struct err *e);

#endif
