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
	str zip_href;
	str back; /* "/your-data"; empty: nowhere */
	str save;
	bool has_letter;
	struct markup letter;
};

/* The answer as a page, for who may see it, and where its ZIP is. */
struct package_open;
struct package_frame {
	const struct package_open *open;
	str zip_href;
	str back;
};
struct web;
struct http_request;
struct http_response;
int web_package_draw(const struct web *w, struct http_request *q,
	struct http_response *r, const struct package_frame *frame,
	struct err *e);

#endif
