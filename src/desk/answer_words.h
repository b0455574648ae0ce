#ifndef DESK_ANSWER_WORDS_H
#define DESK_ANSWER_WORDS_H

#include "desk/answer.h"

struct settings;

/* What the files of the answers have in common (answer.c, answer_denied.c); links and
 * days in the language of the letter. */

str answer_keep_words(struct desk *d, enum lang l);
/* The day on which they asked, of what was taken up again the first time. */
str answer_asked_on(struct desk *d, const struct record *r, enum lang l);
/* A page of the request: "/package". */
str answer_link(
	struct desk *d, const struct record *r, enum lang l, const char *page);
bool answer_is_opted_out(const struct record *r);
/* 11 CCR 7022(g): to who is denied a deletion, in whole or in part. */
struct letter_offer answer_offer(
	struct desk *d, const struct record *r, const struct settings *s);
/* 11 CCR 7023(f): what stays as it is, and where a statement on it is given. */
struct letter_health answer_health(struct desk *d, const struct record *r);

/* Where a law may forbid to tell the ground, the facts stay with the case. */
int answer_write_denied(struct desk *d, const struct record *r,
	struct answer *out, struct err *e);

#endif
