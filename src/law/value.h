#ifndef LAW_VALUE_H
#define LAW_VALUE_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/*
 * What a consumer's data is worth to the business, by one of the eight methods of 11
 * CCR 7081(a) (row F-02).  Whoever can't estimate it in good faith may offer no financial
 * incentive (7080).
 */
#define VALUE_UNIT        10000LL /* a value is in so many parts of a dollar */
#define VALUE_AMOUNT_MOST 1000000000000LL /* cents: 10 billion dollars */
#define VALUE_AMONG_MOST  1000000000LL    /* consumers */

struct value_method {
	const char *code; /* of LIST_VALUE: "marginal" */
	const char *counts;
	const char *taken_off; /* NULL: nothing is */
	const char *among;
};

size_t value_method_count(void);
const struct value_method *value_method_at(size_t i);
const struct value_method *value_method_of(str code); /* NULL: no such method */

/* Amounts in cents, 0 to VALUE_AMOUNT_MOST; among: 1 to VALUE_AMONG_MOST. */
struct value_in {
	const struct value_method *method;
	int64_t counts;
	int64_t taken_off; /* 0 where nothing is */
	int64_t among;
};

/*
 * What one consumer's data is worth, in VALUE_UNITs of a dollar, rounded half up.
 * ERR_INVALID for an amount that is out of bounds, one that the method does not take,
 * and a value below nothing, which no incentive can be related to.
 */
int value_of_data(const struct value_in *in, int64_t *out, struct err *e);

/* "$1,200.50", "1200.5", "1200": cents.  False for anything else, and what is more than
 * VALUE_AMOUNT_MOST. */
bool value_amount(str text, int64_t *cents);

#endif
