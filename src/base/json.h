#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/*
 * JSON out: a writer that cannot nest wrongly (a broken promise if it is made
 * to).  Keys and commas are its own business.
 *
 *	struct json j = json_to(&b);
 *	json_begin_object(&j);
 *	json_key(&j, "reference"), json_str(&j, ref);
 *	json_key(&j, "rows"), json_begin_array(&j);
 *	...
 *	json_end(&j), json_end(&j);
 *
 * (json_object, json_array and json_null are jansson's.)
 */
enum { JSON_DEPTH = 24 };

struct json {
	struct buf *out;
	int depth;
	char open[JSON_DEPTH]; /* '{' or '[' */
	bool has_item[JSON_DEPTH];
	bool has_key;
};

struct json json_to(struct buf *out);
void json_begin_object(struct json *j);
void json_begin_array(struct json *j);
void json_end(struct json *j);
void json_key(struct json *j, const char *key);
void json_str(struct json *j, str s); /* bad UTF-8 becomes U+FFFD */
void json_int(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_nil(struct json *j);
/* "key": "text" and "key": number, the common cases. */
void json_put(struct json *j, const char *key, str s);
void json_put_int(struct json *j, const char *key, int64_t v);
void json_put_bool(struct json *j, const char *key, bool v);

/* The inside of a JSON string, without its quotes. */
void json_escape(struct buf *out, str s);

/*
 * JSON in: jansson's value tree, freed with the arena; at the top an object or
 * an array.  Duplicate keys (ERR_INVALID), depth over JSON_DEPTH and text over
 * size_max (ERR_LIMIT) are refused, with the line and column.  The errors quote
 * nothing of the text, which may be personal.
 */
int json_read(struct arena *a, str text, size_t size_max, json_t **out,
	struct err *e);
/* The text of a member; the empty str when it is missing or no string. */
str json_text(const json_t *object, const char *key);
int64_t json_number(const json_t *object, const char *key, int64_t otherwise);

#endif
