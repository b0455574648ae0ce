#ifndef WEB_ANSWER_H
#define WEB_ANSWER_H

#include "web/desk_page.h"

#include "desk/case.h"

/*
 * "/desk/r/{ref}/answer": the whole letter, read before it is sent.  Field:
 * reason, when a company has not confirmed.
 */
struct answer_page {
	struct desk_page page;
	const struct case_view *c;
	str path;
	int waiting; /* companies that have not confirmed */
	struct problems problems;
	str reason; /* as typed */
};

#endif
