#ifndef LAW_DUTY_H
#define LAW_DUTY_H

#include <stddef.h>

#include "law/kind.h"

/*
 * Whom a business has to tell of a request, so that it is carried out downstream
 * as well.
 */
enum recipient {
	RECIPIENT_SERVICE_PROVIDER,
	RECIPIENT_CONTRACTOR,
	RECIPIENT_THIRD_PARTY,
};

enum duty_reach { REACHES_ALL, REACHES_SOLD, REACHES_GAP, REACHES_USES };

struct duty {
	const char *id;
	unsigned kinds;      /* KIND_BIT()s */
	unsigned recipients; /* 1u << RECIPIENT_* */
	enum duty_reach reach;
	const char *title; /* what they are told to do */
	const char *citation;
	struct valid valid;
};

/* What is known of a company and this person.  Who is not known to have nothing
 * is told: `is_without` has to be said. */
struct duty_facts {
	bool is_without;     /* it never got data of this person */
	bool is_gap_known;   /* it is known when it got it, and that ... */
	bool is_before_only; /* ... all of it was before the request */
	bool is_other_use;   /* it uses it for nothing that is stopped */
};

size_t duty_count(void);
const struct duty *duty_at(size_t i);
/* The duty to tell such a company of a request received on `day`; NULL: none. */
const struct duty *duty_of(enum kind kind, enum recipient r, struct date day);
bool duty_reaches(const struct duty *d, const struct duty_facts *f);

#endif
