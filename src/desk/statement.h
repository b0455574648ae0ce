#ifndef DESK_STATEMENT_H
#define DESK_STATEMENT_H

#include "desk/desk.h"

struct record;
struct suppress_query;

/*
 * What a consumer says about information on their health that was not corrected
 * (11 CCR 7023(f)): at most 250 words, sent from the page of the request behind a fresh
 * code.  It is kept with the record and outlives the case, under a key of the
 * installation's own; who is about to disclose the information asks for it by an
 * identifier and hands it on.  It goes when the person is deleted.
 */

/* Words as people count them: between blanks. */
int64_t statement_words(str text);

struct statement_page {
	bool can_give; /* answered, refused, about health, and none was given */
	bool is_given;
	int64_t given_at;
	int64_t words_max;
};
/* 1, or 0 when this request has no such page. */
int statement_page(struct desk *d, str reference, struct statement_page *out,
	struct err *e);
int statement_send_code(
	struct desk *d, str reference, struct problems *ps, struct err *e);
/* Problems of the fields "text" and "code". */
int statement_give(struct desk *d, str reference, str text, str code,
	struct problems *ps, struct err *e);

/* For staff: PERM_REVEAL, and an entry each time.  ERR_NOT_FOUND: none. */
int statement_show(
	struct desk *d, str reference, personal *text, struct err *e);

/* For who is about to disclose what is held about somebody: what they said of it. */
struct statement {
	int64_t id;
	personal text;
};
struct statements {
	struct statement *at;
	size_t n;
};
/* Is there one of anybody?  Most installations have none. */
int statements_are_any(struct desk *d, bool *out, struct err *e);
int statements_of(struct desk *d, const struct suppress_query *ids, size_t n,
	struct statements *out, struct err *e);

/* In the caller's transaction, as corrections_forget(). */
int statements_forget(struct desk *d, const struct record *r, struct err *e);

#endif
