#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/*
 * What RFC 9112 calls ambiguous is refused here, before a request is used: what
 * two programs on its way could read in two ways is how one request is smuggled
 * inside another.
 *
 * libmicrohttpd 0.9.75 parses a head in place, writing NULs over separators, and
 * is lenient: a bare CR or LF ends a line, folded lines are joined, a NUL cuts a
 * value short, and none of it is told.  But all it hands over points into the
 * bytes as they came.  So the pieces must lie one behind the other exactly as in
 *
 *	METHOD 0 target 0 HTTP/1.1 0 0 Name 0 [white space] value 0 0 Name ...
 *
 * with the two NULs where CR LF was, and fill it to its last byte.  Any leniency leaves a gap of another size,
 * or moves a piece elsewhere.  A version of the library that parses differently
 * fails here on every request, loudly, not on the odd one.
 */
struct http_head_line {
	const char *name;
	const char *value;
};

struct http_head {
	const char *method;
	const char *target_at; /* where it lay, cut up at its query by now */
	str target;            /* a copy from before that */
	const char *version;
	const struct http_head_line *lines; /* in the order received */
	size_t n;
	size_t size; /* up to the body: the empty line included */
};

/*
 * 0 when the head can be read in one way only, else the status to refuse it
 * with, and why in e.  *content_length is 0 when none was sent.
 */
int http_head_check(
	const struct http_head *h, size_t *content_length, struct err *e);

#endif
