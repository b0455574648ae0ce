#ifndef DESK_STATEMENT_H
#define DESK_STATEMENT_H

#include "desk/desk.h"
#include "desk/limit.h"
#include "desk/person.h"

/*
 * What a consumer says about information on their health that was not corrected, in
 * whole or in part (11 CCR 7023(f)): at most 250 words, and LIMIT_STATEMENT_BYTES, on each
 * item that stays as it is, sent from the page of the request behind a fresh code.  It is
 * kept with the record and outlives the case, under a key of the installation's own; who is
 * about to disclose the information asks for it (desk/statements.h) and hands it on.
 */

/* Words as people count them: between blanks. */
int64_t statement_words(str text);

/* --- what stays as it is --- */

/* As staff say it with a denial, or with a correction of a part. */
struct health_stays {
	bool is;   /* about their health */
	str items; /* one a line; none: all that was asked is one item */
};
/* Problems of the field "health_items". */
void statement_check(const struct health_stays *h, struct problems *ps);
void statement_note(struct person *p, const struct health_stays *h);
struct health_stays statement_noted(const struct person *p);

/* The items as they are named; of a request whose items nobody named, the words of the
 * consumer. */
struct statement_items {
	personal *at;
	size_t n; /* at least 1, at most LIMIT_STATEMENTS_CASE */
};
struct statement_items statement_items(struct arena *a, const struct person *p);

/* --- the page --- */

struct statement_page {
	bool is_open;     /* answered, about health, and an item has none yet */
	bool can_give;    /* and a code can be sent to who gives it */
	bool is_given;    /* on one item at least */
	int64_t given_at; /* the last */
	int64_t words_max;
	struct {
		int64_t *given_at; /* of each item; 0: none was given */
		size_t n;
	} items;
};
/* 1, or 0 when this request has no such page. */
int statement_page(struct desk *d, str reference, struct statement_page *out,
	struct err *e);
int statement_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e);

/* What was typed for the items, in their order; those without a text wait. */
struct statement_texts {
	str at[LIMIT_STATEMENTS_CASE];
};
/* "text.1" for the first: the field of an item. */
const char *statement_field(struct arena *a, size_t item);
/* Problems of those fields, and of "code". */
int statement_give(struct desk *d, str reference,
	const struct statement_texts *texts, str code, struct problems *ps,
	struct err *e);

/*
 * For staff: what came by letter, or was said on the phone, word for word.  PERM_INTAKE;
 * the entry of the trail says who entered it.  Problems of the fields of the items.
 */
int statement_enter(struct desk *d, str reference,
	const struct statement_texts *texts, struct problems *ps,
	struct err *e);

/* For staff: all of the request, each under its item.  PERM_REVEAL, and an entry each
 * time.  ERR_NOT_FOUND: none. */
int statement_show(
	struct desk *d, str reference, personal *text, struct err *e);

#endif
