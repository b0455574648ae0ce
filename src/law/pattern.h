#ifndef LAW_PATTERN_H
#define LAW_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "law/valid.h"

/*
 * Patterns of fraud among requests that are verified (11 CCR 7060(f), (g)).  One that
 * holds is a reason to look twice and nothing more: no pattern refuses a request, and
 * what is stopped at once (opt-out, limit, ADMT) is not looked at.
 */
enum pattern_by { PATTERN_BY_NETWORK, PATTERN_BY_MAILBOX };

enum pattern_counted {
	PATTERN_REQUESTS,
	PATTERN_ADDRESSES,
	PATTERN_NAMES,
	PATTERN_MISMATCHES,
	PATTERN_COUNTED,
};

enum pattern {
#define PATTERN(NAME, ...) PATTERN_IS_##NAME,
#include "law/tbl/patterns.h"
	PATTERNS,
};

struct pattern_row {
	const char *code; /* "names" */
	enum pattern_by by;
	enum pattern_counted counted;
	int from; /* so many, or more */
	int hours;
	const char *told; /* after the number */
	const char *citation;
	struct valid valid;
};

const struct pattern_row *pattern_row(enum pattern p);
/* n: of what the row counts, among the requests that share what it is by. */
bool pattern_holds(enum pattern p, int64_t n);
/* The longest of them: what is older says nothing any more. */
int pattern_hours_most(void);

#endif
