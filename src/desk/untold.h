#ifndef DESK_UNTOLD_H
#define DESK_UNTOLD_H

#include "desk/desk.h"

struct record;
struct tally;

/*
 * A company that could not be told of a deletion or a correction: staff gave it up before a
 * notice reached it (case_drop()).  Who claims that owes the consumer a detailed explanation,
 * with facts enough to understand it (11 CCR 7022(b)(3)).  Staff write them, in words of their
 * own beside the note that stays with the case; the letter gives them, and no answer leaves
 * without.  Where a law forbids to tell why, as with a hold, the letter says that, in the same
 * words for each of them.
 */
struct untold {
	int64_t task_id;
	str title;
	bool is_said; /* staff wrote it, or that they may not */
	bool is_silent;
	personal facts; /* none when it is silent */
};
struct untolds {
	struct untold *at;
	size_t n;
};
/* By their names. */
int untold_list(struct desk *d, const struct record *r, const struct tally *t,
	struct untolds *out, struct err *e);

/* NULL: that task is none of them. */
const struct untold *untold_of(const struct untolds *all, int64_t task_id);

/* ERR_CONFLICT while one of them waits for its facts. */
int untold_check(const struct tally *t, struct err *e);

/*
 * PERM_DECIDE, until the answer is on its way; once more changes it.  Problems name the
 * field untold-ID, ID the number of the task.  ERR_CONFLICT: no such company was given up
 * untold, or it is too late.
 */
struct untold_why {
	int64_t task_id;
	str facts;
	bool is_silent;
};
int case_untold(struct desk *d, str reference, const struct untold_why *x,
	struct problems *ps, struct err *e);

#endif
