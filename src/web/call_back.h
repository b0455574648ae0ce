#ifndef WEB_CALL_BACK_H
#define WEB_CALL_BACK_H

#include "desk/call_back.h"
#include "web/desk_page.h"

/* "/desk/r/{ref}/call": whom to call, what to say, and what came of it.  Fields: phone,
 * note. */
struct call_back_view {
	struct desk_page page;
	const struct call_back_page *x;
	str path; /* of the case */
	str phone;
	str note;
	int note_max;
	struct problems problems;
};

#endif
