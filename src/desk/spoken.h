#ifndef DESK_SPOKEN_H
#define DESK_SPOKEN_H

#include "desk/desk.h"

struct record;

/*
 * In which language a consumer is written to (11 CCR 7003(b)): one of those that the
 * business offers.  A request has that of the page on which it was made, or what was said
 * when it was entered; while it is open it can be changed, and every letter from then on,
 * and what it leads to, is in the new one.
 */

/* What a form, a file or a program names in `field`: *out stays as it is when code is
 * empty, and when it is none that is offered, which is a problem ("unknown"). */
int spoken_read(struct desk *d, const char *field, str code, enum lang *out,
	struct problems *ps, struct err *e);

/* Of the case with that reference, while there is somebody to write to; English also when
 * there is no such case. */
int spoken_of(struct desk *d, str reference, enum lang *out, struct err *e);

/* More than one is offered, and letters of this case are still to come. */
int spoken_can(
	struct desk *d, const struct record *r, bool *out, struct err *e);

/* By staff: PERM_INTAKE.  Field language, which must be there.  ERR_CONFLICT: it is over.
 * Nothing is written when it is the one they have. */
int case_speak(struct desk *d, str reference, str code, struct problems *ps,
	struct err *e);

/* By whoever has the number of the request, on its page: from `peer` at most
 * LIMIT_MESSAGES_PEER an hour, as with messages. */
int spoken_choose(
	struct desk *d, str reference, enum lang l, str peer, struct err *e);

#endif
