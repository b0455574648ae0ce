#ifndef WEB_PACKAGE_PAGE_H
#define WEB_PACKAGE_PAGE_H

#include "base/err.h"
#include "base/html.h"
#include "web/page.h"

/*
 * "/s/{ref}/package": behind a fresh code, the letter and the ZIP.  Before it, a
 * page that says no more than that there is something to open.
 */
struct package_door_view {
	struct page page;
	str reference;
	str until;
	bool has_ended;
	bool is_by_sms;
	bool is_sent; /* a code was sent just now */
	int minutes;
	struct problems problems; /* field: code */
};

struct package_open_view {
	struct page page;
	str reference;
	str until;
	str size; /* "1.2 MB" */
	bool has_letter;
	struct markup letter;
};

#endif
