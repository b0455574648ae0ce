#ifndef API_ITEMS_H
#define API_ITEMS_H

#include "api/body.h"
#include "desk/suppress.h"

/*
 * The list of identifiers that a call brings, in one of three forms:
 *
 *	application/json	{"items": [{"kind": "email", "value": "..."}]}
 *	application/x-ndjson	{"kind": "email", "value": "..."}, one a line
 *	text/plain		a value a line, all of ?kind=email
 *
 * ?kind= stands in for a kind that is missing.  1 to LIMIT_API_BATCH items, else
 * ERR_LIMIT; anything but kinds and texts is a problem of the input.  Whether a
 * value can be read as what it is said to be is not asked here.
 */
struct items {
	struct suppress_query *at;
	size_t n;
	enum body_form form;
	const json_t *root; /* BODY_JSON: the whole object */
};

int items_read(struct call *c, struct items *out, struct err *e);

/* The pointer of item i, with "/value" and so on behind. */
str item_pointer(
	struct call *c, const struct items *s, size_t i, const char *member);

/* A further setting of the call: of the object, or ?name= of a list of lines. */
str items_option(struct call *c, const struct items *s, const char *name);

/* Says which items could not be read, without saying what was in them. */
void items_report(struct call *c, const struct items *s);

#endif
