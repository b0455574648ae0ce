#ifndef DESK_UNDELETE_H
#define DESK_UNDELETE_H

#include "desk/record.h"

/*
 * A deletion that is denied after it was approved: the case went back to review, since
 * other rows came to light.  The approval has put the person on the list as deleted, and
 * there every look at a system would find the rows that the denial keeps, and offer them
 * to be erased.  So the word comes off with the denial, and what is not carried out yet
 * in a system is left alone.
 *
 * - What somebody else said stays, by identifier: another deletion that was approved, a
 *   list, staff.  What DROP said is a reason of its own and is not touched.
 * - Rows that were erased under the approval stay gone.  The list knows people and not
 *   rows, so it can't forbid those alone: the record that keeps them away is for a
 *   request that is complied with (Civ. Code 1798.105(c)(2)), and one that is denied
 *   leaves no duty to delete but of what its exception does not cover (11 CCR 7022(f)).
 *   Denied in whole, all of it is covered, or nobody was verified (7022(a)): rows that an
 *   import brings again are used for the purpose of the lock and for nothing else.
 * - The opt-out that came with the approval stays: it ends with two acts of the person
 *   (11 CCR 7028(a)), and no decision about a deletion is one.
 *
 * A correction is denied so as well, while one system has taken it and another waits: what
 * waits is not written any more (11 CCR 7023(f)).
 *
 * Inside of desk/ only.
 */
struct undelete {
	struct record_keys keys; /* as they were when the log was read */
	bool *is_own;            /* of each: nobody else had said it before */
};

/* Reads the log, so before the transaction. */
int undelete_look(struct desk *d, const struct record *r, struct undelete *out,
	struct err *e);

/* In the transaction of the denial, r locked.  ERR_CONFLICT: more is known of the person
 * by now than was looked at.  Nothing to do for what was never approved. */
int undelete(struct desk *d, const struct record *r, const struct undelete *u,
	struct err *e);

#endif
