#ifndef CONNECT_ERASE_CIRCLE_H
#define CONNECT_ERASE_CIRCLE_H

#include "connect/find.h"

/*
 * Tables that refer to each other in a circle: a customer to one of their addresses, and
 * each address to its customer.  Most databases look at references with each statement, so
 * no row of them can be the first to go.  Where a link of the circle may be empty, it is
 * emptied in the rows that go, and the rest has an order.
 */

/* Says of each table of the finding which of its links are such (found_table.is_loose). */
int erase_circle_learn(
	struct conn *c, struct arena *a, struct finding *f, struct err *e);

#endif
