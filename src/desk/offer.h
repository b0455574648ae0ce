#ifndef DESK_OFFER_H
#define DESK_OFFER_H

#include "desk/desk.h"
#include "law/kind.h"

/*
 * Can a request of this kind be made here today: by the law, which has rights that
 * begin on a day, and by what the business says it does?  1, 0, or -1.
 */
int offer_is_made(struct desk *d, enum kind kind, struct err *e);
/*
 * Is one that comes by a program, by phone or from an agent taken?  What is offered, and
 * an opt-out of sale in any case, as its page takes it: who sells nothing today would
 * have to keep to it on the day they begin to (11 CCR 7026(f)).  Nobody has the other rights who is not
 * subject to what they are rights against: the use of ADMT for significant decisions
 * (7200, 7221), of sensitive information beyond 7027(m).  A confirmation would say that
 * something holds which is not there.
 */
int offer_is_taken(struct desk *d, enum kind kind, struct err *e);
/* On another day, if nothing but the day differs. */
int offer_is_made_on(
	struct desk *d, enum kind kind, struct date day, struct err *e);

#endif
