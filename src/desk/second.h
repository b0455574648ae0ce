#ifndef DESK_SECOND_H
#define DESK_SECOND_H

#include "desk/desk.h"

struct record;

/*
 * Four eyes, where the business wants them (setting four_eyes): a deletion and a
 * denial, in whole or in part, are carried out when a second member of staff decides the
 * very same.  The first decision is kept as a proposal; a second one that differs takes
 * its place, and waits in turn.
 */
#define SECOND_APPROVE "approve"
#define SECOND_DENY    "deny"

/* 1, 0 or -1.  Commands have no second person to ask. */
int second_is_wanted(struct desk *d, struct err *e);

/*
 * 0: decided, go on; 1: it waits for somebody else.  what: everything that was
 * decided, as text; only a keyed value of it is kept.  In the caller's
 * transaction, when nothing else speaks against it.
 */
int second_ask(struct desk *d, const struct record *r, const char *act,
	str what, struct err *e);

/* It is decided in a way that takes one person: what waited does so no more. */
int second_drop(struct desk *d, int64_t request_id, struct err *e);

struct second {
	bool is_waiting;
	bool is_own; /* who looks decided it: somebody else has to */
	bool is_denial;
	str who; /* name of the first */
};
int second_look(
	struct desk *d, int64_t request_id, struct second *out, struct err *e);

/* Neither is carried out: the case is as it was before; a stop that was to be refused
 * for want of a permission stays in force, and goes on.  PERM_DECIDE. */
int case_send_back(struct desk *d, str reference, struct err *e);

#endif
