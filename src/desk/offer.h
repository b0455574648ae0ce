#ifndef DESK_OFFER_H
#define DESK_OFFER_H

#include "desk/desk.h"
#include "law/kind.h"

/*
 * Can a request of this kind be made here today: by the law, which has rights that
 * begin on a day, and by what the business says it does?  1, 0, or -1.
 */
int offer_is_made(struct desk *d, enum kind kind, struct err *e);
/* On another day, if nothing but the day differs. */
int offer_is_made_on(
	struct desk *d, enum kind kind, struct date day, struct err *e);

#endif
