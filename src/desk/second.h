#ifndef DESK_SECOND_H
#define DESK_SECOND_H

#include "desk/desk.h"

struct record;

/*
 * Four eyes, where the business wants them (setting four_eyes): a deletion and a
 * denial, in whole or in part, are carried out when a second member of staff decides the
 * very same.  The first decision is kept as a proposal; a second one that differs takes
 * its place, and waits in turn.  Nobody decides the same of what they do not see: all that
 * the first typed and chose stands with the case (a denial, rows that are kept), or with the
 * proposal, sealed, and the page on which the second decides shows it.
 */
#define SECOND_APPROVE "approve"
#define SECOND_DENY    "deny"

/* 1, 0 or -1.  Commands have no second person to ask. */
int second_is_wanted(struct desk *d, struct err *e);

struct second_decision {
	const char *act;
	str what; /* everything that was decided, as text: a keyed value of it is
		      * kept */
	str details; /* to be read by the second person; empty: it stands with the
		      * case */
};

/*
 * 0: decided, go on; 1: it waits for somebody else.  In the caller's transaction, when
 * nothing else speaks against it.
 */
int second_ask(struct desk *d, const struct record *r,
	const struct second_decision *x, struct err *e);

/* It is decided in a way that takes one person: what waited does so no more. */
int second_drop(struct desk *d, int64_t request_id, struct err *e);

/* The case has ended in another way (taken back, joined with an earlier one): what waited
 * and its words go.  Before it is closed, with its key. */
int second_end(struct desk *d, struct record *r, struct err *e);

struct second {
	bool is_waiting;
	bool is_own; /* who looks decided it: somebody else has to */
	bool is_denial;
	bool is_same; /* of what there is now: second_compare() */
	str who;      /* name of the first */
};
int second_look(
	struct desk *d, int64_t request_id, struct second *out, struct err *e);

/* The details of what waits, as they were given; empty when there are none. */
int second_details(
	struct desk *d, const struct record *r, str *out, struct err *e);
/* Whether what waits is this: sets is_same. */
int second_compare(struct desk *d, const struct record *r,
	const struct second_decision *x, struct second *out, struct err *e);

/* Neither is carried out: the case is as it was before; a stop that was to be refused
 * for want of a permission stays in force, and goes on.  PERM_DECIDE. */
int case_send_back(struct desk *d, str reference, struct err *e);

#endif
