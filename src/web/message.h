#ifndef WEB_MESSAGE_H
#define WEB_MESSAGE_H

#include "web/page.h"

/*
 * A page that says one thing and what to do about it: not found, too many
 * tries, a mistake of ours.
 */
struct message_link {
	str href;
	str text;
};

struct message_view {
	struct page page; /* its title is the heading */
	str text;         /* one or two sentences */
	struct {
		struct message_link *at;
		size_t n;
	} links;        /* what can be done, best first */
	str request_id; /* to tell us, when it is our mistake */
};

#endif
