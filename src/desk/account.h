#ifndef DESK_ACCOUNT_H
#define DESK_ACCOUNT_H

#include "desk/assertion.h"
#include "desk/desk.h"

/*
 * Who has an account with the business signs in to it again, on the business's
 * own site (11 CCR 7061).  That verifies them: no code, and no details.
 *
 * The way there carries a nonce, which only we can make, for this request and for
 * LIMIT_CODE_MINUTES; the assertion brings it back.  So none serves another request,
 * and none serves twice: a request that is confirmed takes no other.
 */
struct account_way {
	str reference;    /* "K7QF-2M9X" */
	const char *what; /* "delete the personal information we ..." */
	str url;          /* of the business's site, with nonce and return */
};

/* Does the business have such a site? */
bool account_is_offered(const struct desk *d);

/* Has a draft come from the portal (desk/portal.h), where they are signed in, and does
 * that still hold?  They are found and verified by it. */
struct person;
bool account_is_fresh(const struct desk *d, const struct person *p);
/* What does not hold any more is taken off: the request goes on by the code. */
void account_settle(const struct desk *d, struct person *p);

/* Is it one mailbox, however it is written? */
bool account_is_same_address(str a, str b);

/* 1, or 0 when there is no such request, or it waits for nobody to confirm. */
int account_way(struct desk *d, str typed, str peer, struct account_way *out,
	struct err *e);

/*
 * Takes an assertion for the request.  *is_taken false: not, and the entry of the
 * audit trail says why; whoever sent it is not told.
 */
int account_confirm(struct desk *d, str reference,
	const struct assertion_key *key, str token, bool *is_taken,
	struct err *e);

#endif
