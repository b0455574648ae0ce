#ifndef WEB_FOR_OTHER_H
#define WEB_FOR_OTHER_H

#include "web/enter.h"
#include "web/page.h"

/*
 * The page on which somebody asks for somebody else, an authorized agent ("/agent/{kind}")
 * or a parent ("/child/ask/{kind}"): the frame of both around what each asks besides.  The
 * fields about the person are those of the phone line.
 */
struct for_other {
	struct page page;
	const char *path;
	const char *title;
	struct enter_view fields; /* of the person; its page is not used */
};

/* Fills all of it by the route's {kind}, with what was typed, and sets the status. */
int for_other_fill(const struct web *w, struct http_request *q,
	struct http_response *r, struct for_other *v, struct err *e);

/* The field that people don't see is empty; else a problem. */
bool for_other_is_person(const struct http_request *q, struct problems *ps);

#endif
