#ifndef WEB_VENDOR_H
#define WEB_VENDOR_H

#include "vendor/vendor.h"
#include "web/reply.h"

/*
 * "/v/{token}": what a company that was told to delete, or to stop, sees, without an account.
 * It posts `answer`: "acknowledged", "deleted" (done; with rows), "nothing", or "kept"
 * (with reason).  The token is in the path only; no page of ours sends it on.
 */
struct vendor_page_identifier {
	const char *kind; /* "Email" */
	personal value;
};

struct vendor_correction {
	str what;       /* "zip (Contacts, Lead exchange)" */
	personal value; /* empty: to be deleted, or not to be shown */
	bool is_never;  /* shown here */
};

struct vendor_view {
	struct page page;
	const struct vendor_words *words;
	str vendor;    /* "MailHarbor" */
	str reference; /* of the instruction */
	str asked;     /* "November 3, 2026" */
	str due;       /* "November 20, 2026" */
	bool is_late;
	bool is_acknowledged;
	str parts;    /* only these kinds; empty: all of it */
	str purposes; /* that we keep some of it for; empty: none */
	struct {
		struct vendor_page_identifier *at;
		size_t n;
	} identifiers;
	struct {
		struct vendor_correction *at;
		size_t n;
	} corrections;
	struct reply_form form;
};

#endif
