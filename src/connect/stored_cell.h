#ifndef CONNECT_STORED_CELL_H
#define CONNECT_STORED_CELL_H

#include "base/json.h"
#include "connect/connector.h"

/*
 * A cell as JSON that is stored, and back, exactly as it was: a text that is no
 * plain UTF-8 travels as Base64, or the wrong row would be meant later.
 *
 *	null  42  "text"  {"text64": "..."}  {"blob64": "..."}
 *	{"cut": true, "text": "..."}	(the beginning of a longer value)
 */
void stored_cell_put(struct json *j, struct arena *a, const struct cell *c);
/* Into the arena; ERR_CORRUPT for what stored_cell_put() does not write. */
int stored_cell_read(
	struct arena *a, const json_t *v, struct cell *out, struct err *e);

#endif
