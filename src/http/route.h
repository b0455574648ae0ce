#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include <stddef.h>

#include "base/err.h"
#include "http/request.h"
#include "http/response.h"

/*
 * Which handler answers which path.  A program has one table of these; log and
 * metrics name a request by its pattern, never by its path.
 *
 * A pattern is "/" or pieces of lower-case words and {name}s: "/s/{ref}"; the
 * last may be {name...}, which takes the rest of the path, slashes included.  A
 * word beats a {name}, whatever the order of the table.
 */

/* 0 and the answer is in r; -1 and the error hook draws it. */
typedef int (*http_handler)(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e);

enum http_route_flags {
	HTTP_RAW_BODY = 1,   /* the body as sent, of any type: JSON, NDJSON */
	HTTP_FILES = 2,      /* multipart forms with files are taken */
	HTTP_SCRIPTS = 4,    /* the page may load our own scripts */
	HTTP_ANY_ORIGIN = 8, /* forms of other sites may post here */
	HTTP_QUIET = 16,     /* no line in the access log (health checks) */
	HTTP_PROBLEM = 32,   /* errors as problem+json */
	HTTP_LANGUAGES = 64, /* the page is there in several languages */
};

struct http_route {
	unsigned methods; /* enum http_method, or'ed; GET brings HEAD */
	const char *pattern;
	http_handler handler;
	int access;      /* the program's own classes, for its admit hook */
	unsigned flags;  /* enum http_route_flags */
	size_t body_max; /* 0: the server's body_max */
};

struct http_routes {
	const struct http_route *at;
	size_t n;
};

/* A table whose handlers get a ctx of their own: another part of the program,
 * that the server's owner serves without knowing it. */
struct http_part {
	struct http_routes routes;
	void *ctx;
};

enum http_match_kind {
	HTTP_MATCHED,
	HTTP_NO_PATH,   /* 404 */
	HTTP_NO_METHOD, /* 405; `allowed` says which there are */
	HTTP_SLASH,     /* there is a route without the slash at the end */
};

struct http_match {
	enum http_match_kind kind;
	const struct http_route *route;
	struct http_pairs params; /* in the arena */
	unsigned allowed;
};

/*
 * Is the table as it has to be: patterns well formed, no two the same for one
 * method, every row with a handler?  The message names the first bad row.
 */
int http_routes_check(const struct http_routes *routes, struct err *e);

/*
 * A table to find rows in, piece by piece of a path, so that the time does not
 * grow with the table.  Made once, of a table that was checked and that outlives
 * it; in the arena, 64 KiB for a hundred rows.
 */
struct http_router;
struct http_router *http_router_new(
	struct arena *a, const struct http_routes *routes);

/* path is decoded and normal, as in struct http_request. */
struct http_match http_match(const struct http_router *router,
	enum http_method method, str path, struct arena *a);

/* "GET, HEAD, POST" */
str http_allow(struct arena *a, unsigned methods);

#endif
