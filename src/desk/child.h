#ifndef DESK_CHILD_H
#define DESK_CHILD_H

#include "desk/signals.h"
#include "law/minor.h"

/*
 * The business has learned that somebody it holds data of is under 16: by an age that
 * was told, by a parent, by what it saw.  From then on it knows (Civ. Code 1798.120(c)
 * makes shutting one's eyes to it knowledge): nothing is sold or shared until the 16th
 * birthday without an opt-in, and what was collected is looked for, so that staff decide
 * about deleting it.  Nobody has to ask for that, and nobody is verified for it.
 */
struct child {
	struct signals
		of; /* the identifiers; reasons and source are set here */
	struct date born_on; /* none: only the age is known */
	enum minor age;      /* when born_on is none; else it is set here */
	str by; /* what heard of it, of [a-z0-9-]; empty: who acts */

	struct date until; /* out: the 16th birthday; none: not known */
	struct date
		ask_from; /* out: they refused, and are not asked before this
			       * day; none: nobody did */
	bool *is_allowed; /* out: of each, the sale was opted in to */
	str reference;    /* out: of the case; empty: nothing to search by */
	bool is_new;      /* out: the case was opened now */
};

/*
 * ERR_INVALID: of.at[i].fault says which value can't be read, or the day of birth lies
 * ahead.  Who is 16 is nobody of this: age says so, and nothing is written.  A second
 * call for the same person opens no second case while the first is open.  What a
 * parent, or the minor from 13 on, has allowed stays allowed: of that identifier nothing
 * is written but the age, and it opens no case.
 */
int child_found(struct desk *d, struct child *c, struct err *e);

/* The same by what somebody said of themselves, on a page: everybody may.  The caller
 * bounds how often. */
int child_told(struct desk *d, struct child *c, struct err *e);

/*
 * The same by a day of birth that a search found in the person's own rows, of the address
 * that led there, in the caller's transaction.  A deletion of theirs that is open is the
 * case.  Inside of desk/ only.
 */
struct record;
int child_seen(struct desk *d, const struct record *r, struct date born_on,
	struct err *e);

/*
 * The case opened itself: nobody asked for anything, so that nobody gets a letter, is asked
 * for a fee or told of more time, and it is no request of the numbers of 11 CCR 7102.  It
 * ends with the record of what was deleted.
 */
bool child_opened(const struct record *r);

/*
 * The same of identifiers that are keys already, in the caller's transaction: not sold
 * until the 16th birthday, and no case is opened.  Inside of desk/ only.
 */
struct identifier;
int child_known(struct desk *d, const struct identifier *id, size_t n,
	struct date born_on, struct err *e);

#endif
