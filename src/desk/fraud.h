#ifndef DESK_FRAUD_H
#define DESK_FRAUD_H

#include "desk/answer.h"
#include "desk/second.h"

struct record;

/*
 * An opt-out, limit or opt-out of ADMT that staff refuse: only in the good-faith,
 * reasonable and documented belief that it is fraudulent, and the requester is told
 * why (11 CCR 7026(e), 7027(f)).  It was in force since it came; what it alone put on
 * the list is released when it is refused, and not before.  What another request of the
 * same person asks for, or somebody else had said before or has said since
 * (desk/said.h), stays, whenever it is refused.
 */
struct fraud {
	str why;      /* told to the requester */
	str evidence; /* what the belief rests on; kept with the case */
};

struct fraud_page {
	str reference;
	const char *phrase; /* "opt out of sale and sharing" */
	const char *citation;
	bool can;
	bool has_address;      /* a letter can go out */
	bool stays;            /* on the list: others said the same */
	struct fraud proposed; /* that a second person is waited for with */
	struct letter_ahead letter; /* of it */
	struct second second;
};
/* 1, or 0 when there is no such request.  PERM_DECIDE. */
int case_fraud(
	struct desk *d, str reference, struct fraud_page *out, struct err *e);

/* May one of this request be refused so?  For the case's page. */
bool fraud_can(const struct record *r);

/* PERM_DECIDE.  1: it waits for a second person (desk/second.h). */
int case_refuse_fraud(struct desk *d, str reference, const struct fraud *x,
	struct problems *ps, struct err *e);

#endif
