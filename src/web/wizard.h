#ifndef WEB_WIZARD_H
#define WEB_WIZARD_H

#include "desk/person.h"
#include "web/page.h"
#include "web/parts_form.h"

/*
 * The pages of a request that is answered by letter, one question a page: those of
 * desk/tbl/questions.h that the kind is asked, /r/delete/find, details, sale, then
 * check, code and done.  Each posts to its own path; what was typed comes back when
 * it was not taken.
 *
 * A page is drawn by html_r_find, html_r_details, ...; around its question they
 * all share struct wizard.
 */
struct wizard {
	struct page page;
	str kind;               /* of the path: "delete" */
	const char *kind_title; /* "Delete my information" */
	int step;               /* 2 of "Step 2 of 5"; 0 on code and done */
	int steps;
	str step_title; /* "How to find you" */
	str back;       /* path of the page before */
	bool is_change; /* came from "Change": back leads to the answers */
	struct problems problems;
};

/* A question: its fields are those of desk/tbl/asked.h, by their names. */
struct question_view {
	struct wizard w;
	const struct person *answers; /* as typed */
	const char *mixup; /* what comparing details is there against */
	bool has_sms;      /* a code may come as a text message */
	bool wants_street; /* the business relies on it to verify */
	bool wants_birth_date;
	bool is_high; /* three details are compared (11 CCR 7062(c)) */
	str today;    /* "2026-11-21", the last day of a range */
	str since;    /* "2022-01-01", the first */
	struct part_list parts;
	bool is_linked; /* of kinds that a link named (web/linked.h) */
};

/* The answers, each with a way back to its page. */
struct r_check_row {
	str title;
	personal value; /* empty: "Not given" */
	str change;     /* "/r/delete/find?change=1"; empty: of their account */
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
	bool is_by_sms;
	bool has_account; /* the business has a site to sign in to */
	int minutes;      /* how long a code is good */
	bool is_sent_again;
};

struct r_done_view {
	struct wizard w;
	str reference;
	str due;         /* "January 5, 2027" */
	str days;        /* "45 days" */
	bool is_joined;  /* asked for before: this is the earlier one */
	bool is_by_sms;  /* the code is */
	bool needs_code; /* the email is not confirmed yet */
	bool is_deletion;
	str documents_href; /* empty: none are taken */
	const char *does;   /* when we found them: a sentence */
	const char *tells;  /* what the answer says */
	bool has_stopped_sale;
	bool is_by_paper; /* our letters come by mail */
};

#endif
