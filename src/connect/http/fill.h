#ifndef CONNECT_HTTP_FILL_H
#define CONNECT_HTTP_FILL_H

#include "base/buf.h"
#include "connect/connector.h"
#include "connect/http/recipe.h"

/*
 * A request of a recipe with values in its parts.  In an address each value is
 * percent-encoded as a whole, so it can end no path and add no parameter; in a
 * body it is put into the tree of the JSON, so it can end no text.
 *
 * A parameter, or a member of a body, whose page or cursor is not known yet is
 * left out: that asks for the first page.  So is one with a size, when the map says
 * nothing of it.
 */
struct http_fill {
	const struct cell *values; /* {value} is the first of {values} */
	size_t values_n;
	const struct cell *key;
	const struct cell *page; /* {page}, {offset} or {cursor}; NULL */
	const struct cell *size; /* {size}; NULL */
	json_t *row;             /* {row} */
};

/* "/contacts/17?x=y"; empty when it would be too long. */
str http_fill_target(struct arena *a, str target, const struct http_fill *f);
/* The JSON text; NULL and 0 for a call without a body. */
str http_fill_body(
	struct arena *a, const struct http_call *c, const struct http_fill *f);

/* A value of a row; the caller's to drop. */
json_t *http_json_of(const struct cell *c);

enum { HTTP_TARGET_MAX = 64 << 10 };

#endif
