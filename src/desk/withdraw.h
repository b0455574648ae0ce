#ifndef DESK_WITHDRAW_H
#define DESK_WITHDRAW_H

#include "desk/desk.h"

/*
 * A requester takes a request back, by its reference and a code that goes to the address
 * they gave: from the status page, while nothing has been carried out.  What was opted
 * out with it stays opted out.
 */
struct record;
bool withdraw_can(const struct record *r);

/* Who can be sent no code says it by phone or letter, and staff write it down. */
bool withdraw_is_told(const struct record *r);

/*
 * They took it back: PERM_DECIDE.  note: who said so, and how they were known; kept
 * with the case.  Problems: taken_back.  ERR_CONFLICT when it is too late, or a code
 * can be sent.
 */
int case_taken_back(struct desk *d, str reference, str note,
	struct problems *ps, struct err *e);

/* Sends a code for this and nothing else; too soon after another: a problem. */
int withdraw_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e);

/* Ends the request.  Problems: code.  ERR_CONFLICT when it is too late. */
int withdraw_confirm(struct desk *d, str reference, str code,
	struct problems *ps, struct err *e);

#endif
