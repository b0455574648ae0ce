#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "desk/notice.h"
#include "words/lang.h"

/*
 * What every page of the consumer site needs around its content: page_open
 * writes everything up to and with <main>, page_close the rest.  Links and
 * numbers that are empty are left out: nothing on a page leads nowhere.
 */

/* How this browser stands with the sale and sharing of its data; said on every
 * page that carries the link, both ways (11 CCR 7025(c)(6)). */
enum page_opt_out {
	PAGE_NO_OPT_OUT, /* no signal seen, nothing clicked */
	PAGE_SIGNAL,     /* Sec-GPC: 1 came with this request */
	PAGE_CLICKED,    /* opted out on this site, remembered by a cookie */
};

/* The same page in another language. */
struct page_language {
	const char *code;  /* "es" */
	const char *title; /* "Español" */
	str href;          /* "?lang=es" */
};

struct page {
	enum lang lang;
	struct {
		struct page_language *at;
		size_t n;
	} languages;      /* the others in which it is there */
	str title;        /* "Check your answers" */
	bool has_problem; /* the title starts with "Problem: " */
	bool is_private;  /* not for search engines: status, vendor links */
	bool is_demo;
	str business;   /* as consumers know it */
	str legal_name; /* in the foot */
	str phone;      /* "800-555-0142" */
	str phone_url;  /* "tel:+18005550142", see page_phone_url() */
	str email;      /* shown when there is no phone */
	str policy_url;
	bool sells;     /* the link "Your Privacy Choices" */
	bool limits;    /* the link to limit, 11 CCR 7014 */
	bool publishes; /* the link to the numbers, 11 CCR 7102(a)(2) */
	struct notice_links notices; /* published here, but for the policy */
	enum page_opt_out opt_out;
	str flash; /* one sentence about what was just done */
};

/* "tel:+18005550142" of a US number as people write it; empty when it is none. */
str page_phone_url(struct arena *a, str phone);

/*
 * The head of a page that did not take what was typed: says so and links to
 * each field, whose id is "f-" and its name.  Draws nothing when n is 0.
 */
struct problem_list {
	const struct problems *problems;
};

#endif
