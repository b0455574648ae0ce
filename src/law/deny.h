#ifndef LAW_DENY_H
#define LAW_DENY_H

#include <stddef.h>

#include "law/kind.h"

/*
 * On what grounds a request may be refused, or data kept when the rest is
 * deleted.  A denial without a row of these tables cannot be made; each says
 * what the consumer is told and what still has to be done.
 */
enum denial_bucket { /* how 11 CCR 7102(a)(2) lets denials be counted */
	DENIED_UNVERIFIED,
	DENIED_NOT_A_CONSUMER,
	DENIED_EXEMPT,
	DENIED_OTHER,
};

/* What is not deleted may be used for. */
enum ground_stay { GROUND_FREE, GROUND_ONE_PURPOSE };

/* What a ground says that the record can be asked about. */
enum ground_need {
	GROUND_NEEDS_NOTHING,
	GROUND_NEEDS_DOUBT,       /* it is not established who asks */
	GROUND_NEEDS_AGENT,       /* one asks, and no permission is confirmed */
	GROUND_NEEDS_TWO_ANSWERS, /* in 12 months, to requests to know */
	GROUND_NEEDS_REFUSAL_BEFORE, /* of the same, in six months */
	GROUND_NEEDS_HOLD,
	GROUND_NEEDS_END
};

struct ground {
	const char *id;    /* "DX8", "EX_ORDER", "UNVERIFIED" */
	const char *title; /* for staff, in a list */
	const char *told;  /* for the consumer, in the letter; "" when the law
			     * may forbid to tell */
	const char *still; /* what must be done all the same */
	unsigned kinds;    /* KIND_BIT()s */
	enum denial_bucket bucket;
	enum ground_stay stay;
	enum ground_need needs;
	const char *citation;
	struct valid valid;
};

size_t ground_count(void);
const struct ground *ground_at(size_t i);
const struct ground *ground_of(str id); /* NULL: unknown */
/* May a request of `kind` received on `day` be refused on this ground? */
bool ground_applies(const struct ground *g, enum kind kind, struct date day);
/* What of a deletion stays on this ground serves one purpose and no other (11 CCR
 * 7022(f)(3)). */
bool ground_locks(const struct ground *g, enum kind kind);
/* What is contested was looked at, so the same may be refused again for a time (11 CCR
 * 7023(g)); not where nobody knew who asked, nor where it was refused as the same, nor
 * where a hold kept it as it is. */
bool ground_settles(const struct ground *g);
/* A good-faith belief that has to be documented (11 CCR 7023(h)). */
bool ground_needs_evidence(const struct ground *g);
/* Nothing of it is told to anybody, or a law may forbid to (11 CCR 7022(f)(1)): then the letter
 * says the same whichever ground it is, so that no letter tells of a hold. */
bool ground_is_silent(const struct ground *g);
bool ground_may_be_silent(const struct ground *g);
const char *denial_bucket_code(enum denial_bucket b);

#endif
