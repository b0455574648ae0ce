#ifndef DESK_OPTIN_H
#define DESK_OPTIN_H

#include "desk/intake.h"

/*
 * Opting in again to sale and sharing after an opt-out, in two separate acts (11 CCR
 * 7028(a)).  The first asks and changes nothing.  The second has a secret of its own: it
 * comes in a letter to the address that is to be released, so that nobody opts somebody
 * else in; without an address there is only this browser's choice, and the page goes on
 * to it.  Each releases what it is about alone: the opt-out, or the limit; what was
 * deleted, or the State's list says, stays.
 *
 * The same two acts take a limit back, so that sensitive information may be used for
 * something that needs it (11 CCR 7028(c)).  A limit is of an identifier, never of a
 * browser: there an address has to be given.
 *
 * Nobody is asked to do this: it is there for who looks for it (7026(k)).
 */

/* For the form of the first act; each is good for one. */
str optin_nonce(struct desk *d);

struct optin_in {
	enum kind kind; /* KIND_OPT_IN, or KIND_OPT_IN_SENSITIVE */
	personal
		email; /* empty: the choice of this browser, of an opt-out alone */
	str nonce;
	bool is_for_transaction; /* something they want needs it: 7028(b), (c) */
	enum channel channel;
	str peer;
};

struct optin_out {
	str reference;
	str token; /* of the second act; empty: it went by letter */
};

/* Problems: email.  ERR_CONFLICT when this nonce was used, ERR_INVALID without one. */
int optin_ask(struct desk *d, const struct optin_in *in, struct optin_out *out,
	struct problems *ps, struct err *e);

struct optin {
	int64_t request_id;
	str reference;
	enum kind kind; /* again, or a minor's (desk/optin_minor.h) */
	bool is_for_transaction;
	bool is_parent;     /* of a child under 13, found to be one */
	bool is_identified; /* an address was given */
	bool is_open;       /* it can still be decided */
	bool needs_parent;  /* who opts in again is known to be under 13: their
			    * yes is none, and a parent asks (11 CCR 7070(a)) */
};

/* By the secret of the second act: 1, or 0 when it opens nothing. */
int optin_open(struct desk *d, str token, struct optin *out, struct err *e);
/* The second act.  allows: releases the opt-out, or the limit; else it stays. */
int optin_decide(struct desk *d, str token, bool allows, struct err *e);

/* Ends what was never confirmed, a few at a time; *n says how many. */
int optin_lapse(struct desk *d, int64_t *n, struct err *e);

#endif
