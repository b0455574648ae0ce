#ifndef DESK_PROFILE_H
#define DESK_PROFILE_H

#include "desk/profile_own.h"

/*
 * What belongs to one person, as the business knows it: a browser, its
 * pseudonymous profile, the account that is logged in.  A signal of the browser is
 * for all of them (11 CCR 7025(c)(1)), and so is an opt-out that any of them made
 * before: who logs in on another device, or has deleted the cookies, is opted out
 * there, too.  A signal that is missing means nothing (7025(c)(5)).
 *
 * Who has opted in since, in two acts of their own (7028(a)), is not opted out again by
 * what was said before that: each identifier stays as it is then.  A signal of this visit
 * is newer, and counts; so does any opt-out that was said since, of whichever of them.
 *
 * A program that pays for the data does not stand against the signal.  Who takes
 * part in one may be asked, once, whether they want to stay in it (7025(c)(4)).  Their
 * yes stands against signals, not against a request to opt out that they make later;
 * nobody asks them again then (7026(k)).
 */
enum profile_choice { CHOICE_NONE, CHOICE_KEEP, CHOICE_LEAVE };

struct profile {
	struct signals
		of;      /* the identifiers; reasons and source are set here */
	bool has_signal; /* Sec-GPC: 1 came with this visit */
	str program;     /* they take part in; empty: in none */
	enum profile_choice choice; /* what they answered just now */

	struct own_word own; /* set here */
	bool is_opted_out;   /* out: all of them are, from now on or before */
	size_t added;        /* out: how many of them are so since this call */
	bool may_ask;        /* out: about the program; not a second time */
	str chosen;          /* out: "keep", "leave", or empty */
};

/* -1 with ERR_INVALID: of.at[i].fault says which value can't be read. */
int profile_seen(struct desk *d, struct profile *p, struct err *e);

#endif
