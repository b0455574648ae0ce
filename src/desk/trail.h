#ifndef DESK_TRAIL_H
#define DESK_TRAIL_H

#include "desk/desk.h"

/*
 * The audit trail as a page: newest first, some dozens at a time.  Needs
 * PERM_SEE_AUDIT.
 */
struct trail_entry {
	int64_t seq;
	int64_t at;
	str who;  /* "Jo Lindqvist", "MailHarbor", "The service" */
	str what; /* a sentence */
	const char *tone;
	str reference; /* as shown, "K7QF-2M9X"; empty: about no request */
};

struct trail {
	struct {
		struct trail_entry *at;
		size_t n;
	} entries;
	int64_t older;    /* `before` of the next page; 0: this is the last */
	int64_t head_seq; /* how many entries there are */
	str head_hash;
	int64_t sealed_seq; /* the last entry under a signature; 0: none */
	int64_t sealed_at;
};

/*
 * Who an entry's actor is, for staff to read: "Jo Lindqvist" for "staff:1",
 * "The service", "mailharbor".  The staff as sql_staff_list() gives them.
 */
struct sql_staff_list_rows;
str trail_who(
	struct desk *d, const struct sql_staff_list_rows *staff, str actor);

/* Entries with a number below `before`; 0: the newest. */
int trail_load(
	struct desk *d, int64_t before, struct trail *out, struct err *e);

/* What the console's rail says on every page. */
struct trail_counts {
	int open;         /* requests */
	int late_vendors; /* instructions that a vendor has not answered */
};
int trail_counts_load(struct desk *d, struct trail_counts *out, struct err *e);

#endif
