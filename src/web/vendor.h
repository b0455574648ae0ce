#ifndef WEB_VENDOR_H
#define WEB_VENDOR_H

#include "web/page.h"

/*
 * "/v/{token}": what a company that was told to delete sees, without an account.
 * It posts `answer`: "acknowledged", "deleted" (with rows), "nothing", or "kept"
 * (with reason).  The token is in the path only; no page of ours sends it on.
 */
struct vendor_page_identifier {
	const char *kind; /* "Email" */
	personal value;
};

struct vendor_view {
	struct page page;
	str token;
	str vendor;    /* "MailHarbor" */
	str reference; /* of the instruction */
	str asked;     /* "November 3, 2026" */
	str due;       /* "November 20, 2026" */
	bool is_late;
	bool is_acknowledged;
	struct {
		struct vendor_page_identifier *at;
		size_t n;
	} identifiers;
	str answer; /* as chosen, when it was not taken */
	str rows;
	str reason;
	struct problems problems; /* answer, rows, reason */
};

struct vendor_done_view {
	struct page page;
	str vendor;
	str reference;
	str answer; /* in words: "You deleted 2 records" */
	str when;   /* "November 21, 1:04 p.m." */
};

#endif
