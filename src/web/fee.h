#ifndef WEB_FEE_H
#define WEB_FEE_H

#include "desk/charge.h"
#include "web/desk_page.h"
#include "web/page.h"

/* "/desk/r/{ref}/fee": asking for a fee.  Fields: amount, why, proof. */
struct fee_view {
	struct desk_page page;
	const struct charge_page *x;
	str path; /* of the case */
	str due;
	str asked;
	str answered;
	struct charge_ask typed;
	int note_max;
	struct problems problems;
};

/* "/fee/{token}": the requester accepts it, or declines.  Field: choice, yes or no. */
struct fee_offer_view {
	struct page page;
	const struct charge_offer *x;
	str token;
	str due;
	struct problems problems;
};

#endif
