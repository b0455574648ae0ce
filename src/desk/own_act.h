#ifndef DESK_OWN_ACT_H
#define DESK_OWN_ACT_H

#include "desk/suppress_log.h"

/* What the log calls the second act of an opt-in to sale and sharing. */
#define OPTED_IN_BY "opt-in"

/*
 * What a person says of the sale of their information though it holds already: an opt-out
 * of who is on the list, an opt-in of who is not.  It changes nothing, and says whose word
 * is the newest (11 CCR 7025(c), 7028(a)), so it gets an entry of its own in the
 * suppression log, with its day, its source and its request: alone in its row, and `act`
 * says AGAIN.
 *
 * A request, and the second act of an opt-in, always leave one.  A signal comes with every
 * page: it leaves one when anybody has opted in since the last that is known of its key,
 * because nothing else can be newer than what stands there.  So does an opt-out that is
 * entered alone, by staff or by a program: somebody said it.  Of a list nobody did.
 */
#define OWN_ACT_AGAIN "again"

/* Is it an act, what a program says of n people?  source: who saw it. */
bool own_act_is_one(uint32_t reasons, str source, size_t n);

/* Which keys of a change that is an act of the person get one; was: what held for each.
 * In the change's transaction. */
int own_act_due(struct desk *d, const struct log_change *c, const uint32_t *was,
	bool *due, struct err *e);

/* Which of n keys, of whom `was` holds, an opt-out that is no request leaves one for.  In a
 * transaction or not. */
int own_act_signals_due(struct desk *d, const uint8_t *key, size_t n,
	const uint32_t *was, bool *due, struct err *e);

/* The newest of each direction that the rows of one key tell, 0: none.  What a request
 * said that was refused counts for nothing (7026(e)). */
struct own_acts {
	int64_t in_at;    /* opted in, and not opted out since */
	int64_t again_at; /* opted out once more */
	int64_t asked_at; /* by a request of theirs, first or once more */
};
int own_acts_of(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	struct own_acts *out, struct err *e);

/*
 * "api:1:visit:2026-11-21T18:00:00.000Z": what one identifier of a visit is, another one
 * becomes.  Nobody said it at that moment: it is as old as what the person had said.
 */
str own_act_passed_on(struct arena *a, str actor, int64_t said_at);
/* When an entry of the log was said. */
int64_t own_act_said_at(str source, int64_t at);

#endif
