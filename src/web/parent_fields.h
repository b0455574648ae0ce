#ifndef WEB_PARENT_FIELDS_H
#define WEB_PARENT_FIELDS_H

#include "desk/parent_ask.h"
#include "http/request.h"

/* The methods to find out that somebody is the parent, to choose from: field check. */
struct parent_way {
	const struct parent_check_row *row;
	bool is_first;
	bool is_chosen;
};
struct parent_ways {
	struct parent_way *at;
	size_t n;
	const struct problems *problems;
};
int parent_ways_fill(
	struct desk *d, str chosen, struct parent_ways *out, struct err *e);

/*
 * The fields about a parent or guardian who asks for a child under 13, on their own page
 * and on the phone line: month, day, year, parent_name, parent_email, parent_postal,
 * check, file;
 * by_parent says on the phone line that there is one.
 */
struct parent_fields {
	const struct parent_ask *in;
	const struct problems *problems;
	struct parent_ways ways;
	bool is_desk;
	bool is_on;
};

bool parent_fields_are_on(const struct http_request *q);
void parent_fields_read(const struct http_request *q, struct parent_ask *in);

#endif
