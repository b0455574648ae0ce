#ifndef WEB_WIZARD_H
#define WEB_WIZARD_H

#include "web/page.h"

/*
 * The pages of a request that is answered by letter, one question a page:
 * /r/{kind}/find, details, sale, check, then code and done.  Each posts
 * to its own path; what was typed comes back when it was not taken.
 *
 * A page is drawn by html_r_find, html_r_details, ...; around its question they
 * all share struct wizard.
 */
struct wizard {
	struct page page;
	str kind;       /* of the path: "delete" */
	str kind_title; /* "Delete my information" */
	int step;       /* 2 of "Step 2 of 5"; 0 on code and done */
	int steps;
	str step_title; /* "How to find you" */
	str back;       /* path of the page before */
	bool is_change; /* came from "Change": back leads to the answers */
	struct problems problems;
};

/* Fields: email, phone. */
struct r_find_view {
	struct wizard w;
	personal email;
	personal phone;
};

/* Fields: zip, name (may be empty). */
struct r_details_view {
	struct wizard w;
	personal name;
	personal zip;
};

/* Field: stop_sale, "yes" or "no", each a button of its own. */
struct r_sale_view {
	struct wizard w;
	str chosen; /* "yes", "no", "" */
};

/* The answers, each with a way back to its page. */
struct r_check_row {
	str title;
	personal value; /* empty: "Not given" */
	str change;     /* "/r/delete/find?change=1" */
};

struct r_check_rows {
	struct r_check_row *at;
	size_t n;
};

struct r_check_view {
	struct wizard w;
	struct r_check_rows rows;
	str due; /* "January 5, 2027" */
};

/* Fields: code; a second form posts again=1. */
struct r_code_view {
	struct wizard w;
	personal masked_email; /* "e•••@outlook.com" */
	str reference;
	int minutes; /* how long a code is good */
	bool is_sent_again;
};

struct r_done_view {
	struct wizard w;
	str reference;
	str due;         /* "January 5, 2027" */
	str days;        /* "45 days" */
	bool needs_code; /* the email is not confirmed yet */
	bool has_stopped_sale;
	str answered_by; /* how: "by email to e•••@outlook.com" */
};

#endif
