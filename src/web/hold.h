#ifndef WEB_HOLD_H
#define WEB_HOLD_H

#include "web/desk_page.h"

#include "desk/hold.h"

/*
 * "/desk/r/{ref}/hold": a law-enforcement hold on the data of who asked.  Fields:
 * act (place, renew, lift), order.
 */
struct hold_view {
	struct desk_page page;
	const struct hold_page *x;
	str path; /* of the case */
	str placed;
	str until;
	str place_until;
	str renew_until;
	int order_max;
	struct problems problems;
	str order; /* as typed */
};

/* The one field, to place or to renew. */
struct hold_form {
	const struct hold_view *view;
	const char *act;
	const char *button;
};

#endif
