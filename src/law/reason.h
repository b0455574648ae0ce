#ifndef LAW_REASON_H
#define LAW_REASON_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "law/valid.h"

/*
 * Why a person is suppressed: one bit each, kept in the suppression log and in
 * the index.  The bits are a format on disk: a bit once given out keeps its
 * meaning for ever.
 */
enum reason {
#define REASON(bit, name, ...) REASON_##name = 1 << (bit),
#include "law/tbl/reasons.h"
};

/* Every bit that has a row.  A list of a later version may hold others. */
enum {
	REASONS_KNOWN = 0
#define REASON(bit, ...) | 1 << (bit)
#include "law/tbl/reasons.h"
};

/*
 * Purpose locks are alike but for the purpose: bits 16 and up.  And what may hold
 * until a day: being under 16, what the business decided, what is kept
 * for a time, a law-enforcement hold.
 * What a consumer has said has no end but the consumer's word (11 CCR 7028).
 */
enum {
	REASON_LOCKS_MAX = 8,
	REASON_LOCK_FIRST = 16,
	REASON_LOCKS = 0xff << REASON_LOCK_FIRST,
	REASONS_WITH_END =
		REASON_MINOR | REASON_MANUAL | REASON_HOLD | REASON_LOCKS,
};

/* What a reason forbids. */
enum {
	FORBIDS_SALE = 1,      /* selling, sharing */
	FORBIDS_SENSITIVE = 2, /* other than necessary use of sensitive data */
	FORBIDS_KEEPING = 4,   /* the data may not come back at all */
	FORBIDS_ADMT = 8,      /* automated decisions */
	FORBIDS_OTHER = 16, /* every other purpose but the one it is kept for */
};

struct reason_row {
	enum reason reason;
	const char *code;     /* "opt-out" */
	const char *title;    /* "Opted out of sale and sharing" */
	const char *sentence; /* what `toyon check` says about it */
	unsigned forbids;
	const char *citation;
	struct valid valid;
};

size_t reason_count(void);
const struct reason_row *reason_at(size_t i); /* in order of the bits */
uint32_t reason_of(str code); /* one bit, 0 when no reason has that code */
const struct reason_row *reason_row(enum reason reason);

unsigned reasons_forbid(uint32_t r);
/* "deleted,opt-out": the codes in order of the bits; "" for none. */
str reasons_list(struct arena *a, uint32_t r);
/* The bits of such a list; false when a code is unknown. */
bool reasons_parse(str list, uint32_t *out);

#endif
