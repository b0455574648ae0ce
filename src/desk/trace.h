#ifndef DESK_TRACE_H
#define DESK_TRACE_H

#include "desk/desk.h"
#include "law/pattern.h"

/*
 * What a request that is verified shares with others, so that staff see a pattern of
 * fraud (11 CCR 7060(f), (g); law/tbl/patterns.h) at each request that is part of it,
 * the earlier ones as well.  Kept are keyed values, for LIMIT_TRACE_DAYS, and nothing
 * of it is in a log or decides anything.  Requests that staff, an authorized agent or a
 * parent enter for others leave no trace of a network, and those of agents and parents
 * none at all: many people with one mailbox is what they are.
 */
struct suspicion {
	int64_t n;
	const char *told; /* after the number */
	const char *citation;
};
struct suspicions {
	struct suspicion at[PATTERNS];
	size_t n;
};

/* The network of an address as text: "192.0.2" of 192.0.2.7; empty where it is none,
 * or one of the business's own, as behind a proxy. */
str trace_network(struct arena *a, str peer);
/* The mailbox that an email address is delivered to at the large providers, which drop
 * dots and what follows a "+"; empty when it is none. */
str trace_mailbox(struct arena *a, str email);

struct record;
/* In the transaction that receives the request.  peer: empty when nobody knows. */
int trace_keep(struct desk *d, const struct record *r, str peer, struct err *e);
/* When a search compared what was typed, in its transaction. */
int trace_compared(struct desk *d, const struct record *r, struct err *e);

/* For the case. */
int trace_suspicions(struct desk *d, int64_t request_id, struct suspicions *out,
	struct err *e);

#endif
