#ifndef API_REQUEST_H
#define API_REQUEST_H

#include "api/call.h"

/* Where a new request stands, as it is answered to who made it; kept as the answer of an
 * Idempotency-Key, so in its transaction. */
int request_answer(struct call *c, struct desk *d, str reference, str *answer,
	struct err *e);

/* The language of the letters to whoever asks (11 CCR 7003(b)); English when it is empty.
 * One that the business does not offer is a problem of "language". */
int request_language(struct call *c, str code, struct err *e);
/* The same of another member, into *out, which else stays. */
int request_spoken(struct call *c, const char *member, str code, enum lang *out,
	struct err *e);

/* Header Location, read back out of the answer, which may be one that was given before. */
int request_locate(struct call *c, struct err *e);

#endif
