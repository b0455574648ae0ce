#ifndef WEB_DIRECTION_H
#define WEB_DIRECTION_H

#include "web/reply.h"

/*
 * "/v/drop/{token}": what a service provider or contractor sees that is to
 * delete and opt out for the State's lists, without an account.  The page names
 * nobody: the people are hashes in a file.  It posts `answer`: "deleted" (with
 * rows), "nothing", or "kept" (with reason).
 */
struct direction_kind {
	str name;          /* in the file: "email" */
	const char *title; /* "email address" */
	const char *made;  /* what is hashed */
};

struct direction_view {
	struct page page;
	str vendor;    /* "MailHarbor" */
	str reference; /* "DROP-12" */
	str asked;     /* "November 3, 2026" */
	str due;       /* "November 20, 2026" */
	bool is_late;
	str count; /* of hashes: "1,204" */
	str file;  /* its name */
	str sha256;
	str profile; /* "drop/1.2.0" */
	struct {
		struct direction_kind *at;
		size_t n;
	} kinds;
	struct reply_form form;
};

#endif
