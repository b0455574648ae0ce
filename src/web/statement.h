#ifndef WEB_STATEMENT_H
#define WEB_STATEMENT_H

#include "desk/statement.h"
#include "web/desk_page.h"
#include "web/page.h"

/*
 * "/s/{ref}/statement": what a consumer says about health information that stays as it
 * is, at most 250 words on each item, with a fresh code.  Items have numbers here, as in
 * the letter: whoever has the number of the request may read this page, and what they
 * are is nobody else's to know.  Fields: send; or text.1, text.2, ... and code.
 */
struct statement_part {
	str number; /* "1" */
	str name;   /* of the field */
	str id;
	personal text; /* as typed */
	const char *problem;
	bool is_given;
};
struct statement_part_of {
	const struct statement_part *part;
	int64_t words_max;
};
struct statement_parts {
	struct statement_part *at;
	size_t n;
};
/* As they were typed; of one item, without a number. */
struct statement_parts statement_parts_fill(struct http_request *q,
	const struct statement_page *page, const struct problems *ps);
struct statement_texts statement_texts_read(const struct http_request *q);

struct statement_view {
	struct page page;
	str reference;
	bool is_code_sent;
	bool is_by_sms;
	int minutes;   /* a code is good for */
	bool is_done;  /* on all items: given just now, or earlier */
	bool is_begun; /* on one of them */
	int64_t words_max;
	struct statement_parts parts;
	struct problems problems;
};

/* What stays as it is and is about their health, beside a decision of staff.  Fields:
 * health, health_items. */
struct health_fields {
	const struct problems *problems;
	const struct health_stays *typed;
	struct write_in write_in;
};
struct health_stays health_stays_read(const struct http_request *q);

/* For staff, on the case. */
struct statement_card {
	str path; /* of the case */
	str csrf;
	bool is_given;
	bool can_show;
	bool can_enter;
	str day;
};
int statement_card_fill(struct http_request *q, const struct desk_page *page,
	struct statement_card *out, struct err *e);

#endif
