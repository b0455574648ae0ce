#ifndef API_IDEMPOTENT_H
#define API_IDEMPOTENT_H

#include "api/call.h"
#include "desk/once.h"

/*
 * Runs a change and answers with what it left, once for each Idempotency-Key of
 * an API key.  Without the header it just runs.  A replayed answer carries
 * "Idempotent-Replayed: true"; the same key with another body is 422, a key that
 * cannot be one 400.
 */
int idempotent_answer(struct call *c,
	int (*fn)(struct desk *, void *, str *answer, struct err *), void *ctx,
	struct err *e);

/* The call carries the header, well formed or not. */
bool idempotent_is_asked(const struct call *c);

#endif
