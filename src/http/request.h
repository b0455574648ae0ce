#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * A request as a handler sees it: read whole, taken apart, within its limits.
 * Nothing in it was believed before it was checked, and everything in it was
 * sent by somebody: paths, query, headers and fields never go to a log.
 *
 * All views live in `arena`, as long as the request; what a handler makes for
 * its answer belongs there too.
 */
enum http_method { /* bits, so that a route can take several */
	HTTP_GET = 1,
	HTTP_HEAD = 2,
	HTTP_POST = 4,
	HTTP_PUT = 8,
	HTTP_PATCH = 16,
	HTTP_DELETE = 32,
	HTTP_OPTIONS = 64,
};

struct http_pair {
	str name;
	str value;
};

struct http_pairs {
	struct http_pair *at;
	size_t n;
};

/* A part of a multipart form that was sent as a file. */
struct http_file {
	str field;
	str name; /* the sender's name for it: to show, never to open */
	str type;
	str bytes;
};

struct http_files {
	struct http_file *at;
	size_t n;
};

struct http_route;
struct exchange;

struct http_request {
	enum http_method method;
	str path; /* decoded; starts with "/", no empty or dotted piece */
	const struct http_route *route; /* NULL when no route has the path */
	struct http_pairs params;       /* the {name} pieces of the route */
	struct http_pairs query;
	struct http_pairs headers; /* in order, each occurrence */
	struct http_pairs cookies;
	struct http_pairs form; /* urlencoded or multipart, in order */
	struct http_files files;
	str body; /* as sent; forms keep theirs in `form` only */
	size_t content_length;
	str peer; /* who sent it, the trusted proxies left out (http/peer.h) */
	bool is_https; /* by TLS here or by a trusted proxy's word */
	str id;        /* for the log and the error page, ours */
	int64_t at_ms; /* when it arrived */
	struct arena *arena;
	struct exchange *exchange; /* the server's own */
	void *who; /* for the program: set by the admit hook, read by handlers */
};

/*
 * Look-ups give the first value, the empty str when there is none.  Names of
 * headers compare without case, all others exactly.
 */
str http_param(const struct http_request *q, const char *name);
str http_query(const struct http_request *q, const char *name);
str http_header(const struct http_request *q, const char *name);
str http_cookie(const struct http_request *q, const char *name);
/* White space at both ends is cut off: people paste. */
str http_form(const struct http_request *q, const char *name);
bool http_form_has(const struct http_request *q, const char *name);
/* A field that may come several times: the next after *at, which starts at 0. */
bool http_form_next(
	const struct http_request *q, const char *name, size_t *at, str *value);

/*
 * Is one of the header's values exactly this one?  For fields such as Sec-GPC,
 * that may be sent several times and where one "1" is enough.  Whoever stands
 * between may make one field of them, with commas (RFC 9110, 5.3).
 */
bool http_header_is(const struct http_request *q, const char *name, str value);
size_t http_header_count(const struct http_request *q, const char *name);

/*
 * Does the client take this content coding ("gzip")?  By Accept-Encoding with
 * its q values; no field means no.
 */
bool http_accepts_coding(const struct http_request *q, const char *coding);

const char *http_method_name(enum http_method m);
bool http_method_read(const char *name, enum http_method *out);

#endif
