#ifndef WEB_BINDER_H
#define WEB_BINDER_H

#include "web/desk_page.h"

#include "desk/binder.h"

/*
 * "/desk/r/{ref}/evidence": the evidence file of a case: that the worker makes it, and
 * then its download.  While it is made the page loads itself again.
 */
struct binder_view {
	struct desk_page page;
	const struct binder_row *x;
	str path; /* of the case */
	str made; /* "November 21, 2026, 1:04 p.m." */
	str size; /* "41 KB" */
};

#endif
