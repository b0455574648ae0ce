#ifndef DESK_UNTOLD_H
#define DESK_UNTOLD_H

#include "desk/desk.h"
#include "law/kind.h"
#include "law/state.h"

struct record;
struct tally;

/*
 * What staff gave up (case_drop()): a company that no notice reached of a deletion or a
 * correction, a system that nobody looked in or where something stays.  Who claims that owes
 * the consumer a detailed explanation, with facts enough to understand it (11 CCR 7022(b)(3),
 * 7022(f)(1), 7023(f), 7024(e), (h)).  Staff write them, in words of their own beside the note
 * that stays with the case; the letter or the package gives them, and no answer leaves
 * without.  Where a law forbids to tell why, as with a hold, it says that, in the same words
 * for each of them.
 */
struct untold {
	int64_t task_id;
	str title;
	bool is_system;
	bool is_left; /* of a system: something was found, and stays */
	bool is_said; /* staff wrote it, or that they may not */
	bool is_silent;
	personal facts; /* none when it is silent */
};
struct untolds {
	struct untold *at;
	size_t n;
};
/* Companies first, each by their names. */
int untold_list(struct desk *d, const struct record *r, const struct tally *t,
	struct untolds *out, struct err *e);

/* The facts as the answer gives them; empty: a law forbids to tell, or that task is none of
 * them.  Before staff wrote them the answer is only looked at (untold_check()). */
str untold_words(struct desk *d, const struct untolds *all, int64_t task_id);

/*
 * How many wait for their facts before the answer may leave, or for the package be made.
 * None of a denial in whole, which lists none of them, and of an answer about automated
 * decisions no system.
 */
struct unsaid {
	int vendors, systems;
};
struct unsaid untold_owed(
	enum kind kind, enum outcome outcome, struct unsaid given_up);
struct unsaid untold_unsaid(const struct record *r, const struct tally *t);
/* ERR_CONFLICT while there are any. */
int untold_check(const struct record *r, const struct tally *t, struct err *e);

/*
 * PERM_DECIDE, until the answer is on its way; once more changes it.  Problems name the
 * field untold-ID, ID the number of the task.  ERR_CONFLICT: no such system or company was
 * given up, or it is too late.
 */
struct untold_why {
	int64_t task_id;
	str facts;
	bool is_silent;
};
int case_untold(struct desk *d, str reference, const struct untold_why *x,
	struct problems *ps, struct err *e);

#endif
