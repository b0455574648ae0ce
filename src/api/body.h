#ifndef API_BODY_H
#define API_BODY_H

#include "api/call.h"
#include "base/json.h"

/* What came with a call, as JSON: read whole and within bounds.  Bad members go
 * to c->problems, each with its pointer. */

/* The media type sent; lines are only taken where a list is. */
enum body_form {
	BODY_JSON,
	BODY_NDJSON, /* one object a line */
	BODY_TEXT,   /* one value a line */
	BODY_OTHER,
};

enum body_form body_form(const struct call *c);

/* A JSON object; 400 when it is no JSON, 415 when it is something else. */
int body_read(struct call *c, const json_t **root, struct err *e);

/* Members that are in no row of `known` are problems, under `path` ("items/3/",
 * or "" at the top). */
void body_only(struct call *c, const json_t *object, str path,
	const char *const *known, size_t known_n);

/* A text, or the empty str when it is not there. */
str body_text(struct call *c, const json_t *object, str path, const char *key);
bool body_flag(struct call *c, const json_t *object, const char *key);

#endif
