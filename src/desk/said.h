#ifndef DESK_SAID_H
#define DESK_SAID_H

#include "desk/suppress_log.h"

/*
 * What is said once more of somebody whom a request to stop has put on the list.  The log
 * takes down only what is new to it, so a signal of the same person that came later would
 * leave no trace, and would go with the request when that is refused as fraudulent (11
 * CCR 7026(e)).  It is written down once for each identifier, and only for those that a
 * request has given: all others cost a look into memory.
 *
 * And so of a deletion that was approved and may be denied still (desk/undelete.h).
 */
struct said;
struct said *said_new(enum cpu_path cpu);
void said_free(struct said *s);

/*
 * Of n keys, which of them a request has given, as far as requests are committed.  In a
 * transaction or not; from several threads.
 */
int said_asked(
	struct desk *d, const uint8_t *key, size_t n, bool *out, struct err *e);

/* Of one that said_asked() told of: has it been noted that something else than a request
 * said each of these reasons?  1, 0, -1. */
int said_is_noted(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	uint32_t reasons, struct err *e);

/* In the transaction of a change: notes what it says that held already.  was: what held
 * for each of its keys. */
int said_note(struct desk *d, const struct log_change *c, const uint32_t *was,
	struct err *e);

/* Who is released is not said to be deleted by anybody any more.  In a transaction. */
int said_forget_deleted(
	struct desk *d, const uint8_t key[IDENT_KEY_SIZE], struct err *e);

/* Did one identifier come onto the list for it by this request, or by another one that was
 * refused?  why: of that identifier, which is on it.  1, 0, -1. */
struct record;
struct suppress_why;
int said_first_by(struct desk *d, const struct record *r,
	const struct suppress_why *why, uint32_t reason, struct err *e);

/* Has anybody said it but requests that were refused, and this one?  It came before that
 * was taken down: 1 as well.  0, -1. */
int said_by_others(struct desk *d, const struct record *r,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t reason, struct err *e);

#endif
