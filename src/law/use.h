#ifndef LAW_USE_H
#define LAW_USE_H

#include "law/reason.h"

/*
 * May the data of a person be sold, shared, used for this?  One answer from every
 * reason that holds at once.
 */
enum use {
#define USE(name, ...) USE_##name,
#include "law/tbl/uses.h"
	USE_END,
};

struct use_row {
	const char *code; /* "sale" */
	unsigned forbidden_by;
	const char *title; /* "sell it" */
};

const struct use_row *use_row(enum use u);
/* In any case.  A name that is none of the law's is a purpose of the business:
 * USE_OTHER. */
enum use use_of(str code);

/* What is asked: a use, and for USE_OTHER the lock of that very purpose. */
struct use_asked {
	enum use use;
	uint32_t lock; /* one bit of REASON_LOCKS; 0: the purpose has none */
	/* USE_ADMT for which the law has no opt-out: 11 CCR 7221(b). */
	bool is_excepted;
	/* No notice in force says that it is used so: desk/notice_use.h. */
	bool is_undisclosed;
};

/*
 * The reasons in `reasons` that forbid it: 0 is a yes.  What is kept for one
 * purpose may be used for that purpose, though the rest was deleted; under a
 * hold, not even so.  A bit that is no reason here forbids everything: a newer
 * list may know more than this program.
 */
uint32_t use_forbidden_by(uint32_t reasons, const struct use_asked *q);

/* No reasons of the list, but more why it may not be used so: a new purpose takes
 * consent, and there is none that holds; nobody was told of it. */
struct use_refusal {
	const char *code;
	const char *sentence;
	const char *citation;
};
enum { USE_REFUSALS = 2 };
struct use_refusals {
	const struct use_refusal *at[USE_REFUSALS];
	size_t n;
};
struct use_refusals use_refusals(const struct use_asked *q, bool lacks_consent);

/* By which section `reason` forbids the use; NULL when it does not. */
const char *use_citation(enum reason reason, enum use u);

#endif
