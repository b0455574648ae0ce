#ifndef WEB_WEIGHED_H
#define WEB_WEIGHED_H

#include "desk/case.h"
#include "desk/circumstances.h"
#include "http/request.h"

/*
 * What staff weighed to decide what is right (desk/circumstances.h), as fields of a
 * decision, by the names of the table, and on the case.
 */
struct weighed_field {
	const struct circumstance *of;
	str id;              /* "f-nature" */
	const char *problem; /* NULL: none */
};
struct weighed_form {
	struct {
		struct weighed_field *at;
		size_t n;
	} fields;
};
struct weighed_form weighed_form_of(struct arena *a,
	const struct circumstances *typed, const struct problems *ps);
struct circumstances weighed_read(const struct http_request *q);

/* Those of a case of which something was written down. */
struct weighed_card {
	bool is_there;
	bool is_shown; /* else hidden, like who asks */
	struct circumstance_list list;
	const char
		*instead; /* deleted instead of corrected; NULL: nothing was */
	personal instead_why;
};
struct weighed_card weighed_card_of(struct arena *a, const struct case_view *c);

#endif
