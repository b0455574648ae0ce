#ifndef DESK_PURPOSE_H
#define DESK_PURPOSE_H

#include "desk/desk.h"
#include "law/use.h"

/*
 * What data that stays under an exception may be used for, and nothing else (11 CCR
 * 7022(f)): each purpose that a data map has named gets a lock (REASON_LOCKS) of the
 * suppression list, for ever.
 */
struct purposes {
	str of[REASON_LOCKS_MAX]; /* empty: not given out */
};
int purposes_load(struct desk *d, struct purposes *out, struct err *e);

/* The purpose of a lock's bit; empty when it is none. */
str purpose_of(const struct purposes *p, uint32_t reason);

/*
 * The lock of a purpose, given out now when it is new, in the caller's
 * transaction.  The last lock is shared by all purposes for which none is left:
 * "other purposes".
 */
int purpose_lock(struct desk *d, str purpose, uint32_t *reason, struct err *e);

/*
 * "May I use it for this?": a use of the law (sale, share, sensitive, ...), a use of
 * ADMT by its name in the data map, "vendor:" and the name of a company in it
 * (contracts.h), or a purpose in the business's own words, with its lock when it has one;
 * and whether the notices in force at that instant (0: now) say so (notice_use.h).
 *
 * ERR_NOT_FOUND for a purpose that nothing here has: no data map, no text of a consent, no
 * lock, and no policy that would have to say it.  A yes to a word that nobody knows would
 * be one to "selling" as well.
 */
int purpose_asked(struct desk *d, str name, int64_t at, struct use_asked *out,
	struct err *e);

#endif
