#ifndef WEB_STATEMENT_H
#define WEB_STATEMENT_H

#include "desk/statement.h"
#include "web/desk_page.h"
#include "web/page.h"

/*
 * "/s/{ref}/statement": what a consumer says about health information that stays as it
 * is, at most 250 words, with a fresh code.  Fields: send; or text and code.
 */
struct statement_view {
	struct page page;
	str reference;
	bool is_code_sent;
	bool is_by_sms;
	int minutes;  /* a code is good for */
	bool is_done; /* given just now, or earlier */
	int64_t words_max;
	personal text; /* as typed */
	struct problems problems;
};

/* For staff, on the case. */
struct statement_card {
	str path; /* of the case */
	str csrf;
	bool is_given;
	bool can_show;
	str day;
};
int statement_card_fill(struct http_request *q, const struct desk_page *page,
	struct statement_card *out, struct err *e);

#endif
