#ifndef DESK_RESUME_H
#define DESK_RESUME_H

#include "desk/desk.h"

struct record;

/*
 * A deletion that was denied for a law-enforcement hold and nothing else, or answered in part
 * since systems and companies waited for its end until the answer was due, when no hold is on
 * its person any more: what stood against it is gone, and nobody but staff knows that it
 * stood there.  They are reminded (the page of holds, the next step of the case) and take it
 * up again in a case of its own, with a clock of its own: closed is closed, and what was
 * answered was answered.
 *
 * - The new case knows the old one, and its letter says when the person asked.
 * - Nobody asked twice: it is not counted as received (11 CCR 7102(a)).
 * - What was collected to verify went with the old case.  That the address was confirmed
 *   still counts; the rest is looked at anew.  Who never confirmed one is sent the code
 *   and the receipt, or called back, as with every request.
 * - Who asked for somebody else asks for them still, and letters go where they went.  What
 *   showed that they may is destroyed (7060(d)), and that it was shown is known: an agent's
 *   permission counts until it is withdrawn (7063(a); of a power of attorney Prob. Code 4121
 *   to 4130), and a parent stays one (7070(c)).  Not when the agent never showed one, or is
 *   suspended: it has to be shown anew.  Nor when the child is 13 by now, and asks for
 *   themselves (7071).
 * - Of who gave neither address nor number, what led to their rows is destroyed, too.  Staff
 *   enter these anew, and are reminded until a later request of that person is there.
 */
enum resume_way {
	RESUME_NOT,
	RESUME_HERE,
	RESUME_ANEW,    /* nothing that is kept leads to the rows */
	RESUME_UNSHOWN, /* the agent has to show a permission */
	RESUME_GROWN,   /* the child asks for themselves by now */
};

struct resumable {
	str reference;
	struct date received_on;
	struct date denied_on;
	bool is_anew; /* to be entered */
};
struct resumables {
	struct resumable *at;
	size_t n;
};
/* PERM_HOLD: that there was a hold is told to nobody else. */
int resume_list(struct desk *d, struct resumables *out, struct err *e);

int resume_look(struct desk *d, const struct record *r, enum resume_way *out,
	struct err *e);

/* PERM_DECIDE.  *out: the reference of the new case.  ERR_CONFLICT when it was taken up
 * before, somebody is held, or it has to be entered anew. */
int case_resume(struct desk *d, str reference, str *out, struct err *e);

#endif
