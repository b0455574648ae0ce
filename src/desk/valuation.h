#ifndef DESK_VALUATION_H
#define DESK_VALUATION_H

#include "desk/desk.h"
#include "law/value.h"

/*
 * What a consumer's data was estimated to be worth: by which method of 11 CCR 7081, from
 * which figures, and why those (row F-02).  The notice of a financial incentive says the
 * last one; each stays in the record.
 */
struct valuation {
	struct value_in in;
	/* Of all people in the United States, not of Californians alone (7081(b)). */
	bool is_country;
	int64_t value; /* VALUE_UNITs of a dollar for one consumer */
	str how;    /* one line: where the figures are from, why this method */
	str how_es; /* the same in Spanish; empty: nobody wrote it */
	int64_t at;
	str by;
};

struct valuations {
	struct valuation *at; /* newest first */
	size_t n;
};
int valuation_list(struct desk *d, struct valuations *out, struct err *e);

/* Counts v->value and keeps v.  ERR_INVALID for figures that value_of_data() does not
 * take, and when `how` is empty, or longer than LIMIT_NOTE_BYTES in either language. */
int valuation_note(struct desk *d, struct valuation *v, struct err *e);

/* "$12.34"; "$0.0042" where cents do not say it. */
str valuation_words(struct arena *a, int64_t value);

#endif
