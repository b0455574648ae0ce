#ifndef DESK_EXPIRY_NEEDED_H
#define DESK_EXPIRY_NEEDED_H

#include "connect/connector.h"
#include "desk/desk.h"
#include "desk/held_led.h"

/*
 * Rows of a system that stay though their time is up: of people who are held for law
 * enforcement (Civ. Code 1798.145(a)), kept by staff on an exception, or needed to answer a
 * request that is open.  Asked of the system itself and of those whose keys lead there
 * (held_led.h), and of what a search found.  One that can't be asked: nobody can tell.
 * Inside of desk/expiry*.c only.
 */
struct expiry_needed;

/* Lives in the desk's arena until expiry_needed_free(); the way is only looked at during
 * the call. */
int expiry_needed_load(struct desk *d, const struct held_led_way *w,
	struct expiry_needed **out, struct err *e);
void expiry_needed_free(struct expiry_needed *n);

const struct row_exceptions *expiry_needed_rows(const struct expiry_needed *n);

/* ERR_CONFLICT when somebody was held, or asked, since it was loaded, when staff keep more
 * rows there, or a search for an open request found others. */
int expiry_needed_same(
	struct desk *d, const struct expiry_needed *n, struct err *e);

#endif
