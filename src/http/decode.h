#ifndef HTTP_DECODE_H
#define HTTP_DECODE_H

#include "base/arena.h"
#include "base/err.h"
#include "http/request.h"

/*
 * The text of a request taken apart into names and values.  What is not valid
 * UTF-8 text (str_is_text) is refused as a whole: no handler ever sees half of
 * it, and nothing downstream meets a NUL.
 *
 * All return -1 with ERR_USAGE for what is malformed and ERR_LIMIT for too many.
 */

/*
 * The path of a request target, decoded piece by piece, and its query, still
 * encoded.  Takes "/path?query" and "http://host/path?query".  ERR_NOT_FOUND for
 * a path that no link of ours has: empty or dotted pieces, an encoded slash.
 */
int http_target_read(
	struct arena *a, str target, str *path, str *query, struct err *e);

/* "a=1&b=2", encoded as forms are. */
int http_urlencoded_read(struct arena *a, str text, size_t pairs_max,
	struct http_pairs *out, struct err *e);

/* The values of all Cookie fields; what does not look like one is skipped. */
struct http_pairs http_cookies_read(struct arena *a, struct http_pairs headers);

/* Is the Content-Type this media type, whatever its parameters? */
bool http_type_is(str content_type, const char *media_type);

#endif
