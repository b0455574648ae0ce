#ifndef DESK_DENY_H
#define DESK_DENY_H

#include "desk/answer.h"
#include "desk/circumstances.h"
#include "desk/desk.h"
#include "desk/refused_before.h"
#include "desk/second.h"
#include "desk/statement.h"
#include "law/deny.h"

struct person;
struct record;

/*
 * A request denied in whole, on a ground of the law (law/deny.h).  The letter is
 * written from what is given here and nothing else; staff read it before it goes.
 */
struct denial {
	str ground;  /* id of a ground */
	str why;     /* the facts, for the consumer; 11 CCR 7022(f)(1) */
	str purpose; /* what is kept serves; with ground_locks() */
	struct health_stays health;   /* of a correction, 11 CCR 7023(f) */
	struct circumstances weighed; /* with ground_weighs() */
	str evidence; /* with ground_needs_evidence(): kept with the case */
	bool is_all;  /* everything found falls under it; with ground_locks() */
	bool is_untold; /* with ground_may_be_silent(): a law forbids to tell */
};

/* A ground of the law for this kind on the day of the decision: what replaces another one
 * is offered alone, whenever the request came. */
bool case_may_deny_on(
	const struct ground *g, enum kind kind, struct date decided_on);
/* Who could not be verified is told no facts: no answer says which detail failed
 * (11 CCR 7060). */
bool ground_wants_why(const struct ground *g);
/* What is contested is found to be right: 11 CCR 7023(b). */
bool ground_weighs(const struct ground *g);

/* Of a denial that was taken back, or proposed and not carried out, nothing is known. */
void denial_forget(struct person *p);

/* 1: it waits for a second person. */
int case_deny(struct desk *d, str reference, const struct denial *denial,
	struct problems *ps, struct err *e);

struct denial_page {
	str reference;
	enum kind kind;
	struct date decided_on; /* today */
	bool can;
	bool is_found; /* records were found: then some may be kept */
	unsigned met;  /* 1u << enum ground_need: what is so (deny_facts.h) */
	struct refused_before before; /* of a correction */
	struct second second;
	struct denial proposed;     /* what waits for a second person */
	struct letter_ahead letter; /* of it */
};
/* 1, or 0 when there is no such request. */
int case_denial(
	struct desk *d, str reference, struct denial_page *out, struct err *e);

#endif
