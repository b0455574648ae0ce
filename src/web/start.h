#ifndef WEB_START_H
#define WEB_START_H

#include "web/page.h"

/*
 * "/" and "/opt-out".  The first half of the page says how this browser stands
 * (page.opt_out) and takes an opt-out with one click; it posts to /opt-out:
 * `id` (an email address or phone number, may be empty) and the honeypot
 * `website`, which people leave empty.
 *
 * The second half lists the requests that can be made.  On /opt-out there are
 * no rows, and it is left out.
 */
struct start_row {
	str title; /* "Delete my information" */
	str text;
	str asks; /* "Email or phone, ZIP code" */
	str note; /* "No identity check"; may be empty */
	str by;   /* "January 5, 2027", "Right away" */
	str days; /* "45 days"; may be empty */
	str href;
};

struct start_rows {
	struct start_row *at;
	size_t n;
};

struct start_view {
	struct page page;
	bool is_opt_out_page; /* "/opt-out": the title is the choice itself */
	bool has_portal;      /* account holders see their data: web/portal.h */
	personal id;          /* as typed, when it was not taken */
	struct problems problems;
	bool is_extended; /* an identifier was given from this browser */
	struct start_rows rows;
	str phone_hours;
	str address;
	/* Statements of "What we promise" that hold for this business. */
	bool asks_only_what_is_needed;
	bool asks_no_documents;
	bool has_no_penalty;
	bool has_no_trackers;
};

#endif
