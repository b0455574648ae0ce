#ifndef WEB_EXTEND_H
#define WEB_EXTEND_H

#include "web/desk_page.h"

#include "desk/extend.h"

/*
 * "/desk/r/{ref}/extend": why more time is needed, and the letter that says so,
 * read before it is sent.  Field: reason.
 */
struct extend_view {
	struct desk_page page;
	const struct extension_page *x;
	str path; /* of the case */
	str due;
	str until;
	str notice_by;
	struct {
		str *at;
		size_t n;
	} letter;
	struct problems problems;
	str reason; /* as typed */
};

#endif
