#ifndef DESK_EXTEND_H
#define DESK_EXTEND_H

#include "desk/desk.h"
#include "words/lang.h"

struct post;
struct record;

/*
 * The one extension of the time to answer (11 CCR 7021(b); Civ. Code
 * 1798.145(h)(1)).  Staff give the reason and the letter says it; the date moves
 * when that letter has left, and only if it left in time: what was meant to be
 * told in time was not told.
 */
struct extension {
	bool can; /* for who asks: all that the law wants but the reason */
	bool is_waiting;       /* decided, and the letter has not left */
	struct date notice_by; /* the letter has to leave by this day */
	struct date until;     /* from receipt, not from the letter */
	/* The day before it was extended; {0} when it was not. */
	struct date first_due_on;
};
int extend_look(struct desk *d, const struct record *r, struct extension *out,
	struct err *e);

/* The letter with this reason, for who decides; the name is left out. */
struct extension_page {
	str reference;
	struct extension x;
	struct date received_on;
	struct date due_on;
	str *letter; /* its paragraphs */
	size_t letter_n;
	enum lang lang; /* it is written in */
};
/* 1, or 0 when there is no such request. */
int case_extension(struct desk *d, str reference, str reason,
	struct extension_page *out, struct err *e);

/* Decides, and hands the letter to the mail. */
int case_extend(struct desk *d, str reference, str reason, struct problems *ps,
	struct err *e);

/*
 * Behind the day by which it had to leave, the letter would promise time that the law does
 * not give any more (11 CCR 7021(b)): it is not sent, and the case says so.  *is_withheld
 * false: it may leave, or is another letter.
 */
int extend_withhold(
	struct desk *d, const struct post *p, bool *is_withheld, struct err *e);

/* The letter has left: in the transaction of post_sent(). */
int extend_told(struct desk *d, const struct post *p, struct err *e);

#endif
