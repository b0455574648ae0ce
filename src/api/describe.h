#ifndef API_DESCRIBE_H
#define API_DESCRIBE_H

#include "base/arena.h"
#include "base/json.h"

/*
 * The API as an OpenAPI 3.1 document, from tbl/api.h, src/api/tbl/params.h and
 * src/api/tbl/schemas.h.  The test calls everything and holds each answer
 * against it.
 */
str describe_text(struct arena *a);

/* The components' schemas, as members of the object that is open. */
void schemas_put(struct json *j);

/* What a schema is, as far as the description of a route needs it. */
bool schema_takes_lines(const char *name);
bool schema_is_list(const char *name);
/* {"$ref": "#/components/schemas/NAME"} */
void schema_put_ref(struct json *j, const char *name);

#endif
