#ifndef WEB_DECLARE_H
#define WEB_DECLARE_H

#include "desk/declare.h"
#include "web/page.h"

/*
 * "/s/{ref}/declare": the declaration that staff asked for, behind a fresh code.
 * Fields: send; or code, declared and signed_by.
 */
struct declare_view {
	struct page page;
	const struct declare_page *x;
	str due;
	str signed_on;
	bool is_sent; /* a code is on its way */
	int minutes;  /* it is good for */
	struct declare_in typed;
	struct problems problems;
};

#endif
