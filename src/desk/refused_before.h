#ifndef DESK_REFUSED_BEFORE_H
#define DESK_REFUSED_BEFORE_H

#include "desk/desk.h"
#include "law/deny.h"

struct record;

/*
 * What the same person asked to correct before and did not get: the same alleged
 * inaccuracy may be refused again for six months, unless new documents came with it (11
 * CCR 7023(g)); and a correction that was refused as fraudulent or abusive is evidence
 * when it comes again (7023(h)).
 *
 * Whether two requests are about the same is compared by the words in which the
 * consumer said what is wrong, and by what it should say.  Whoever says it in other
 * words is heard again: the business then weighs it as any other.
 */
enum likeness { LIKE_OTHER, LIKE_MOSTLY, LIKE_SAME };

/* LIKE_SAME: the same words, in any order and case; LIKE_MOSTLY: of all words that
 * occur, half occur in both. */
enum likeness likeness_of(struct arena *a, str one, str other);

struct refused_one {
	str reference;
	struct date on;
	struct date until;           /* a request that comes up to this day */
	const struct ground *ground; /* NULL: the rest was corrected */
	enum likeness like;          /* LIKE_SAME: and it should say the same */
};
struct refused_before {
	struct refused_one *at; /* the newest first; none that is LIKE_OTHER */
	size_t n;
	/* Came with the request, discarded since or not: it is not refused as the same. */
	bool has_documents;
};

/* In the desk's arena; of a request that is none to correct: nothing. */
int refused_before(struct desk *d, const struct record *r,
	struct refused_before *out, struct err *e);
/* For the pages of the case: 1, or 0 when there is no such request. */
int refused_before_of(struct desk *d, str reference, struct refused_before *out,
	struct err *e);

/* May it be refused as the same?  One that is LIKE_MOSTLY is a hint to staff alone: "my
 * date of birth" is not "my place of birth". */
bool refused_before_is_ground(const struct refused_before *b);

#endif
