#ifndef WEB_FRAUD_H
#define WEB_FRAUD_H

#include "web/desk_page.h"
#include "web/second.h"

#include "desk/fraud.h"

/*
 * "/desk/r/{ref}/fraud": an opt-out or limit that is refused, with the two things that
 * this takes.  Fields: why, evidence.
 */
struct fraud_view {
	struct desk_page page;
	const struct fraud_page *x;
	str path; /* of the case */
	int note_max;
	struct fraud typed;
	struct problems problems;
};

#endif
