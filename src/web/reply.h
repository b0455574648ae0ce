#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include "web/page.h"

/*
 * What the pages behind a company's link share, whatever it was told: the fields
 * of its answer, and the page that says that it is recorded.  The form posts
 * `answer`: "deleted" (with rows), "nothing", or "kept" (with reason).
 */
struct reply_form {
	str action;          /* the path it is posted to */
	const char *deleted; /* "We deleted it" */
	const char *nothing; /* "We found nothing about this person" */
	const char *kept;    /* "We must keep some of it" */
	bool asks_rows;      /* how many records */
	str answer;          /* as chosen, when it was not taken */
	str rows;
	str reason;
	const struct problems *problems; /* answer, rows, reason */
};

struct reply_done_view {
	struct page page;
	str vendor;
	str reference;
	str answer; /* in words: "You deleted 2 records" */
	str reason; /* empty: it is not shown */
	str when;   /* "November 21, 1:04 p.m." */
	const char *next;
};

struct http_request;
struct http_response;
struct web;

/* Fills the page around the form, whose title is set, and what was posted into
 * the form.  ps is what was wrong with that, or NULL; it must live until the page
 * is drawn. */
int reply_open(struct web *w, struct http_request *q, struct http_response *r,
	struct page *page, struct reply_form *form, const struct problems *ps,
	struct err *e);

/* Draws the page after the answer; fills v->page. */
int reply_done(struct web *w, struct http_request *q, struct http_response *r,
	struct reply_done_view *v, struct err *e);

#endif
