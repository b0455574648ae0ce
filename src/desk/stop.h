#ifndef DESK_STOP_H
#define DESK_STOP_H

#include "desk/intake.h"

/*
 * Requests to stop something: opt out of sale and sharing (11 CCR 7026, 7025), limit
 * the use of sensitive information (7027), opt out of ADMT (7221).  In force when
 * stop_receive() returns; one identifier at most, and nobody is verified.
 */
struct stop_row {
	enum kind kind;
	uint32_t reason; /* enum reason */
	/* In the browser alone there is something to stop without knowing who
	 * it is: only selling and sharing. */
	bool needs_identifier;
};

/* NULL for a kind that stops nothing. */
const struct stop_row *stop_row(enum kind kind);

/* Is it offered: by the law on this day, and by what the business says it does?
 * 1, 0, or -1. */
int stop_is_offered(struct desk *d, enum kind kind, struct err *e);
int stop_is_offered_on(
	struct desk *d, enum kind kind, struct date day, struct err *e);

/*
 * identifier may be empty for an opt-out of sale: then it is the browser's, which
 * the page remembers; or when `at` has name and street address, which together are
 * one as well.  Who has an address for letters is told on paper that it is in force.  One that is neither an email address nor a US phone
 * number, or is missing, comes back in ps (field "id") and nothing is stored.
 */
struct stop_in {
	enum kind kind;
	personal identifier;
	const struct person *at; /* what desk/postal.h took; NULL: nothing */
	bool has_signal;         /* Sec-GPC: 1 came with it */
	enum channel channel;
	struct date received_on;   /* earlier than today; none: now */
	const struct by_agent *by; /* NULL: they ask for themselves */
	str peer;                  /* the client's address, for the limit */
};

struct stop_out {
	str reference; /* eight characters */
	int64_t at;
	bool is_identified; /* an identifier was given */
};

int stop_receive(struct desk *d, const struct stop_in *in, struct stop_out *out,
	struct problems *ps, struct err *e);

/* Stops it for what the person of a request gave: an opt-out that was asked for with
 * another request.  In the caller's transaction. */
struct identifier;
struct record;
int stop_now(struct desk *d, const struct stop_row *row, const struct record *r,
	const struct identifier *id, size_t n, struct err *e);

/* It is in force: who is to be told of it is found out, or it is closed.  In the
 * caller's transaction. */
int stop_settle(struct desk *d, struct record *r, struct date in_force_on,
	struct err *e);

/* One field takes either; it is an address when there is an @ in it. */
struct person;
void stop_read_identifier(
	struct desk *d, personal typed, struct person *p, struct problems *ps);

#endif
