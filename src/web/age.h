#ifndef WEB_AGE_H
#define WEB_AGE_H

#include "desk/age_gate.h"
#include "web/page.h"

/*
 * "/age": the age gate.  Neutral: no age is named, no date is filled in, nobody learns
 * from the page what an answer leads to, and who goes back finds no fields.  Fields: t,
 * month, day, year.
 */
struct age_view {
	struct page page;
	str token;
	bool is_answered; /* by this browser */
	struct born_typed typed;
	struct problems problems;
};

struct age_done_view {
	struct page page;
	str return_to;
};

#endif
