#ifndef WEB_PACKAGE_PAGE_H
#define WEB_PACKAGE_PAGE_H

#include "base/err.h"
#include "base/html.h"
#include "web/package_words.h"
#include "web/page.h"

/*
 * "/s/{ref}/package": behind a fresh code, the letter and the ZIP.  Before it, a
 * page that says no more than that there is something to open.
 */
struct package_door_view {
	struct page page;
	const struct package_words *w;
	const char *language; /* "en" */
	str reference;
	str lead;
	bool is_sent; /* a code was sent just now: */
	str sent;
	struct problems problems; /* field: code */
};

struct package_open_view {
	struct page page;
	const struct package_words *w;
	const char *language;
	str reference;
	str save;
	bool has_letter;
	struct markup letter;
};

#endif
