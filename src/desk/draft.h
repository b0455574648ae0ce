#ifndef DESK_DRAFT_H
#define DESK_DRAFT_H

#include "desk/desk.h"
#include "desk/person.h"
#include "law/kind.h"

/*
 * What a consumer has typed on the pages before "send": kept sealed under a
 * secret that only their browser has, for two hours.
 */
struct draft {
	enum kind kind;
	struct person person;
};

/* A new token for the cookie. */
str draft_token(struct desk *d);
int draft_save(
	struct desk *d, str token, const struct draft *in, struct err *e);
/* 1, or 0 when there is none (never was, too old, other token). */
int draft_load(struct desk *d, str token, struct draft *out, struct err *e);
int draft_drop(struct desk *d, str token, struct err *e);

#endif
