#ifndef BASE_ENC_H
#define BASE_ENC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

/* Hex (lower case out, both in), Base64 (RFC 4648, padded), URL-safe Base64. */
str hex_of(struct arena *a, const void *bytes, size_t n);
bool hex_read(str s, void *out, size_t n); /* exactly n bytes */
str base64_of(struct arena *a, const void *bytes, size_t n);
bool base64_read(str s, void *out, size_t n); /* exactly n bytes, canonical */
str base64url_of(struct arena *a, const void *bytes, size_t n); /* no padding */
bool base64url_read(struct arena *a, str s, str *out);          /* canonical */

/*
 * application/x-www-form-urlencoded and path pieces.  A '%' without two hex
 * digits after it stays as it is.  All but RFC 3986's unreserved is encoded.
 */
str url_decode(struct arena *a, str s, bool plus_is_space);
str url_encode(struct arena *a, str s);

/* The URL with one more field in its query, which stands before a fragment:
 * "/x?a=1#top" and "lang=es" to "/x?a=1&lang=es#top".  The field is encoded already. */
str url_with(struct arena *a, str url, str field);

#endif
