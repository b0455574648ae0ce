#ifndef DESK_MINOR_H
#define DESK_MINOR_H

#include "desk/receive.h"
#include "law/minor.h"

/*
 * What is known of minors, by identifier: how old they are, and whether they, or a
 * parent, have allowed the sale.  Inside of desk/ only, in the caller's transaction.
 *
 * The suppression list says what holds; this is why it may not be said again: who
 * has allowed it is not suppressed because their age is told once more.
 */
enum minor_choice {
	MINOR_SAID_NOTHING,
	MINOR_PARENT_ALLOWED,
	MINOR_SELF_ALLOWED,
	MINOR_REFUSED,
	MINOR_CHOICES,
};

struct minor_known {
	enum minor age;         /* today, as far as it is known */
	struct date sixteen_on; /* none: only the age was told */
	enum minor_choice choice;
	struct date ask_from; /* refused: not asked before this day */
};

/* 1, or 0 when nothing is known of this identifier. */
int minor_look(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	struct minor_known *out, struct err *e);
/* Is the person of the request known to be under 16, by any identifier of theirs?  Then
 * whatever is held about them is sensitive (11 CCR 7001(bbb)).  1, 0, -1. */
int minor_is_known(struct desk *d, const struct record *r, struct err *e);
/* Their age was told: by a day of birth, or (none) by the age alone. */
int minor_tell(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	struct date born_on, enum minor age, struct err *e);
/* Of an identifier that was told.  ask_from: of who refused. */
int minor_choose(struct desk *d, const uint8_t key[IDENT_KEY_SIZE],
	enum minor_choice choice, struct date ask_from, struct err *e);

/* Refused, and the day has not come on which they may be asked again. */
bool minor_is_refusing(const struct minor_known *known, struct date today);
/* Does this choice still allow the sale at this age?  Their own counts from 13 on. */
bool minor_allows(enum minor_choice choice, enum minor age);

#endif
