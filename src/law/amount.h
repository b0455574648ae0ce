#ifndef LAW_AMOUNT_H
#define LAW_AMOUNT_H

#include <stddef.h>
#include <stdint.h>

#include "law/kind.h"

/*
 * Figures of the law that are no period of time (those are in deadline.h), and
 * what a consumer may be asked to pay.
 */
enum amount_unit {
	AMOUNT_DOLLARS,
	AMOUNT_PEOPLE,
	AMOUNT_PERCENT,
	AMOUNT_TIMES,
	AMOUNT_WORDS,
	AMOUNT_FEET,
};

enum amount_what {
#define AMOUNT_WHAT(name, ...) AMOUNT_##name,
#include "law/tbl/amount_names.h"
	AMOUNT_END,
};

struct amount {
	const char *id;
	enum amount_what what;
	int64_t count;
	enum amount_unit unit;
	const char *title;
	const char *citation;
	struct valid valid;
};

size_t amount_count(void);
const struct amount *amount_at(size_t i);
const char *amount_code(enum amount_what what); /* "fine" */

/*
 * The figure that holds on `day`, or NULL: before the first row, and after the
 * last one of a sum that follows the prices, whose next is not published yet.
 */
const struct amount *amount_on(enum amount_what what, struct date day);

/* How many ways to ask to know, delete or correct a business owes: online only, and with
 * its consumers directly, an email address; else more, one of them a toll-free number. */
const struct amount *request_ways_on(bool is_online_only, struct date day);

/*
 * The last day for which the sums that follow the prices are known; afterwards
 * `toyon doctor` asks for a newer version.
 */
struct date amounts_known_until(void);

/* What a consumer may be asked to pay for a request. */
struct fee {
	const char *id;
	unsigned kinds; /* KIND_BIT()s */
	bool is_unfounded;
	bool is_allowed;
	const char *title;
	const char *citation;
	struct valid valid;
};

size_t fee_count(void);
const struct fee *fee_at(size_t i);
/* Never NULL.  is_unfounded: manifestly unfounded or excessive, with proof. */
const struct fee *fee_of(enum kind kind, bool is_unfounded);

#endif
