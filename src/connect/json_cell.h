#ifndef CONNECT_JSON_CELL_H
#define CONNECT_JSON_CELL_H

#include "base/arena.h"
#include "base/json.h"
#include "connect/connector.h"

/*
 * Values of rows as JSON, for systems that speak it.  Null, an integer and a
 * text are what they are.  Bytes, and a text that JSON can't hold (not UTF-8, or
 * with a NUL), are {"base64": "..."}.
 */
void json_put_cell(struct json *j, const struct cell *c);

/*
 * And back, borrowing from v: a list, an object, a fraction and a boolean are the
 * text of their JSON (in the arena).  {"base64": "..."} is bytes.  -1 with
 * ERR_CORRUPT when that is no Base64; the message has no value.
 */
int json_cell(
	struct arena *a, const json_t *v, struct cell *out, struct err *e);

#endif
