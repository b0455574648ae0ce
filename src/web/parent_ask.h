#ifndef WEB_PARENT_ASK_H
#define WEB_PARENT_ASK_H

#include "web/child.h"
#include "web/for_other.h"
#include "web/page.h"
#include "web/parent_fields.h"

/*
 * "/child/ask": what a parent or guardian can ask for a child under 13 (11 CCR 7070(c));
 * "/child/ask/{kind}": one form, whose fields are those of web/parent_fields.h and of the
 * phone line; "/child/ask/done".
 */
struct parent_start_view {
	struct page page;
	struct enter_kinds kinds;
};

struct parent_ask_view {
	struct for_other of;
	struct parent_fields parent;
};

struct parent_done_view {
	struct page page;
	str reference;
	str due;
	const struct parent_check_row *check; /* NULL: not said */
	bool wants_form;
	bool has_number; /* the method is a call */
};

/* "/s/{ref}/form": the signed form, sent later.  Field: file. */
struct parent_form_view {
	struct page page;
	str reference;
	bool is_wanted;
	bool is_sent;
	struct problems problems;
};

#endif
