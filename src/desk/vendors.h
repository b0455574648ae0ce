#ifndef DESK_VENDORS_H
#define DESK_VENDORS_H

#include "desk/correct.h"
#include "desk/desk.h"
#include "vendor/vendor.h"

/* Whom to look for, as whoever has to act is shown it: the ways to their rows, and where
 * there is none, the points that they are searched by.  Never a date of birth, nor a
 * phone number that a verified request did not confirm (11 CCR 7060(d)). */
struct vendor_identifiers {
	struct vendor_identifier {
		const char *kind; /* "Email" */
		personal value;
	} * at;
	size_t n;
};
struct record;
void vendor_identifiers(struct arena *a, const struct record *r,
	struct vendor_identifiers *out);

/*
 * A vendor's own page: reached by the secret in a link, without an account.
 */
struct vendor_page {
	enum vendor_act act;
	str title;     /* of the vendor */
	str reference; /* of the instruction */
	struct date asked_on;
	struct date due_on;
	bool is_late;
	bool is_acknowledged;
	bool is_done;
	int64_t done_at;
	str answer; /* what it said: "You deleted 2 records" */
	/* For what we keep some of it, under an exception: whoever holds that
	 * for us keeps it for that as well, and for nothing else (11 CCR
	 * 7022(f)).  Each purpose once, "; " between them; empty for none. */
	str purposes;
	str parts; /* "Identifiers; ...": only these kinds; empty: all of it */
	/* Empty once it is done, or the case; of a denial it is shown on. */
	struct vendor_identifiers identifiers;
	struct corrected_list corrections; /* the same; VENDOR_ACT_CORRECT */
};

/* 1, or 0 when the link is not (or no longer) good. */
int vendor_open(
	struct desk *d, str token, struct vendor_page *out, struct err *e);

enum vendor_answer {
	VENDOR_ACKNOWLEDGED,
	VENDOR_DELETED, /* or stopped: it did what it was told */
	VENDOR_NOTHING,
	VENDOR_KEPT, /* must keep: with a reason */
};

/* rows for VENDOR_DELETED, reason for VENDOR_KEPT; both may be missing. */
struct vendor_reply {
	enum vendor_answer answer;
	int64_t rows;
	str reason;
};
int vendor_reply(struct desk *d, str token, const struct vendor_reply *reply,
	struct problems *ps, struct err *e);

struct vendor_row {
	str name;
	str title;
	int asked;
	int done;
	int open;
	int late;
};
struct vendor_rows {
	struct vendor_row *at;
	size_t n;
};
int vendor_list(struct desk *d, struct vendor_rows *out, struct err *e);

#endif
