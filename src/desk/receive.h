#ifndef DESK_RECEIVE_H
#define DESK_RECEIVE_H

#include "desk/intake.h"
#include "desk/parent_ask.h"
#include "desk/permission.h"
#include "desk/record.h"
#include "ident/key.h"

/*
 * What each new request goes through, whatever its kind: a reference, the clock, the
 * person sealed, what they gave as keys.  Inside of desk/ only, in the caller's
 * transaction.
 */
struct newcomer {
	enum kind kind;
	enum channel channel;
	struct date received_on; /* earlier than today; none: now */
	const struct person *person;
	const struct by_agent *by;      /* NULL: they ask for themselves */
	const struct by_parent *parent; /* NULL: not for a child */
	bool is_undecided; /* no permission came, and a second person decides */
	struct state_facts facts; /* of its first move */
	struct record record;     /* out */
};

int receive_store(struct desk *d, struct newcomer *n, struct err *e);

/* What the person gave, as keys: to know them again, and to suppress. */
struct identifier {
	enum ident_kind kind;
	uint8_t key[IDENT_KEY_SIZE];
};

enum { RECEIVE_IDENTIFIERS = 3 };

/* How many can be read as one. */
size_t receive_identifiers(struct desk *d, const struct person *p,
	struct identifier out[RECEIVE_IDENTIFIERS]);
int receive_store_identifiers(struct desk *d, const struct record *r,
	const struct identifier *id, size_t n, struct err *e);

/* An hour's bound for one address.  API keys have a bucket of their own, and all that
 * a business sends comes from few addresses: an opt-out refused there would be lost. */
int receive_limit(
	struct desk *d, const char *what, str peer, int most, struct err *e);

#endif
