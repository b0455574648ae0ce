#ifndef WEB_PARTS_FORM_H
#define WEB_PARTS_FORM_H

#include "desk/person.h"
#include "http/request.h"
#include "web/web.h"

/* A kind of information that can be deleted by itself (11 CCR 7022(h)). */
struct part {
	str letter; /* "A" */
	str title;
	bool is_chosen;
};

/* Those that the data map knows; where it can't be read, none is offered. */
struct part_list {
	struct part *at;
	size_t n;
};
void part_list_fill(
	struct http_request *q, const struct person *p, struct part_list *out);

/* The boxes that were ticked (field parts), as parts_read() takes them. */
str part_list_typed(const struct http_request *q);

#endif
