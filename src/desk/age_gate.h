#ifndef DESK_AGE_GATE_H
#define DESK_AGE_GATE_H

#include "desk/born.h"
#include "desk/suppress.h"

/*
 * A neutral age gate (Civ. Code 1798.120(c); law_list "age-gate"): a page that asks
 * everybody for the same day of birth, says of no age that it gets more, and takes the
 * answer as it comes.  A program of the business asks for an address that stands for one
 * visitor, by the identifiers it knows them by, and links to it; who turns out to be
 * under 16 is a minor from then on, as by child_found().
 *
 * The address is sealed: nobody reads who it stands for, and nobody makes one of their
 * own.  What was answered is remembered sealed in the browser, so that going back does
 * not help; of two answers the younger counts.
 */
enum { AGE_GATE_ITEMS = 5, AGE_GATE_URL_MAX = 500 };

struct age_gate {
	struct suppress_query *at; /* of one visitor */
	size_t n;
	str return_to; /* where everybody goes on */
};

/*
 * The address of a gate.  PERM_SUPPRESS; ERR_CONFLICT while the setting age_gate is off;
 * ERR_INVALID: at[i].fault says which value can't be read; problems: return_to (not
 * under one of the setting age_gate_returns), items.  Good for LIMIT_AGE_GATE_MINUTES.
 */
int age_gate_make(struct desk *d, struct age_gate *in, str *url,
	struct problems *ps, struct err *e);

/* By the secret of its address: 1, or 0 when it opens nothing, any more, or now. */
int age_gate_open(
	struct desk *d, str token, struct age_gate *out, struct err *e);

/*
 * The answer.  remembered: what the browser kept, sealed, or empty; *keep is what it is to
 * keep now.  Problems as born_read(): none when something is remembered.
 */
struct age_gate_answer {
	struct born_typed typed;
	str remembered;
	str peer;
	str keep; /* out */
};
int age_gate_take(struct desk *d, struct age_gate *gate,
	struct age_gate_answer *a, struct problems *ps, struct err *e);
/* Has this browser answered, with the same program, not too long ago? */
bool age_gate_is_remembered(struct desk *d, str remembered);

/* Is url under one of the origins, which are separated by blanks? */
bool age_gate_may_return(str origins, str url);

#endif
