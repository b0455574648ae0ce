#ifndef DESK_OPTIN_MINOR_H
#define DESK_OPTIN_MINOR_H

#include "desk/born.h"
#include "desk/intake.h"
#include "law/minor.h"
#include "law/parent.h"

/*
 * Opting a minor in to sale and sharing (Civ. Code 1798.120(c)).  From 13 on it is their
 * own choice, in the same two acts as everybody's (11 CCR 7071).  Under 13 a parent or
 * guardian asks, staff write down how they found out that it is one (desk/parent.h),
 * and only then the parent gets the link of the second act (7070).  The second act is
 * optin_decide() (desk/optin.h).
 */
struct optin_minor_in {
	bool is_parent; /* else a minor of 13 to 15 for themselves */
	personal id;    /* of the minor: email or phone; their own: email */
	struct born_typed born; /* the minor */
	personal name;          /* the parent's */
	personal email;         /* the parent's: the letter goes there */
	str check;              /* how they want to be checked: law/parent.h */
	str nonce;              /* optin_nonce() */
	enum channel channel;
	str peer;
};

struct optin_minor_out {
	str reference; /* empty: nothing was asked */
	enum minor age;
};

/*
 * The age is known from then on: nothing is sold before the second act.
 *
 * Problems: id, month, name, email, check.  Nothing is asked when the choice is not that
 * of who asks: age says whose it is.  A minor who says an age under 13 is one from then
 * on (child_told()).  ERR_CONFLICT when this nonce was used, ERR_INVALID without one.
 */
int optin_minor_ask(struct desk *d, const struct optin_minor_in *in,
	struct optin_minor_out *out, struct problems *ps, struct err *e);

/* --- inside of desk/ only, in the caller's transaction --- */

struct record;
struct state_facts;

/* A secret for the second act, in a letter to who may make it. */
int optin_minor_letter(struct desk *d, const struct record *r, struct err *e);
/* Whose choice it is, as it is known by now. */
int optin_minor_facts(struct desk *d, const struct record *r,
	struct state_facts *out, struct err *e);
/* Releases what the age alone forbids, and keeps that it was allowed. */
int optin_minor_allow(struct desk *d, const struct record *r, struct err *e);
/* The same by the ordinary opt-in: is it theirs?  Under 13 it is a parent's, also after
 * an opt-out (11 CCR 7070(a)). */
int optin_minor_is_own(
	struct desk *d, const struct record *r, bool *out, struct err *e);
/* The two acts of somebody who is known to be 13 to 15 are those of 11 CCR 7071: keeps
 * that they have allowed it.  1: then what the age alone forbids is released, too; 0; -1. */
int optin_minor_note_own(struct desk *d, const struct record *r, struct err *e);
/* Keeps until when nobody may be asked again (Civ. Code 1798.135(c)(5)). */
int optin_minor_refuse(struct desk *d, const struct record *r, struct err *e);

#endif
