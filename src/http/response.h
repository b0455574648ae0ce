#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "http/request.h"

/*
 * An answer in the making.  A handler gets it empty: status 200, HTML, never
 * stored by anyone.  It writes the body, or names bytes that are there already,
 * or sends the client elsewhere.  The security headers, Content-Length and Date
 * are the server's business.
 *
 * A body that went over its maximum is not sent: the client gets status 500.
 */
enum {
	HTTP_HEADERS_OUT_MAX = 16,
	HTTP_COOKIES_OUT_MAX = 8,
};

/*
 * A body that is made while it is sent, of a size that is known.  read() puts up to max
 * bytes at `to`, one call after the other until all are there, in a thread of the
 * server's and after the handler has returned; -1 breaks the connection, so that
 * nobody takes a part for the whole.  ctx lives in the request's arena.
 */
struct http_stream {
	int64_t size;
	ptrdiff_t (*read)(void *ctx, char *to, size_t max);
	void *ctx;
};

struct http_response {
	struct arena *arena; /* the request's */
	int status;
	const char *type;  /* "text/html; charset=utf-8" */
	const char *cache; /* Cache-Control; "no-store" */
	struct buf body;
	str fixed; /* sent instead of body when its p is not NULL: not copied */
	struct http_stream stream; /* the same; none when read is NULL */
	struct http_pair headers[HTTP_HEADERS_OUT_MAX];
	size_t headers_n;
	str cookies[HTTP_COOKIES_OUT_MAX]; /* as in Set-Cookie */
	size_t cookies_n;
	bool is_https; /* cookies carry Secure */
};

/* body_max bounds the body; is_https as the request or the settings say. */
void http_response_init(struct http_response *r, struct arena *a,
	size_t body_max, bool is_https);

/* Name and value are copied.  A control character in them is a broken promise:
 * what a client sent is checked before it comes here. */
void http_set(struct http_response *r, const char *name, str value);

/*
 * A cookie: HttpOnly, Path=/ and, on https, Secure, always; SameSite=Lax, or
 * Strict.  The value is of our own making: letters, digits and -_.~ only.
 * max_age_s 0 is until the browser is closed.
 */
struct http_cookie {
	const char *name;
	str value;
	int64_t max_age_s;
	bool is_strict;
	const char *path; /* NULL: "/" */
};

void http_cookie_set(struct http_response *r, struct http_cookie c);
/* path as it was set; NULL: "/". */
void http_cookie_drop(
	struct http_response *r, const char *name, const char *path);

/*
 * Status 303 to a path of ours; what was written so far is dropped.  Anything
 * but a path ("/..." and not "//...") is a broken promise.
 */
void http_redirect(struct http_response *r, str path);

/* The path of the redirect in r with one more field in its query ("lang=es"). */
void http_redirect_with(struct http_response *r, str field);

/* Drops the body and starts a plain text, JSON, ... one. */
void http_type(struct http_response *r, const char *type);

/* As a file to save; the name is ours: letters, digits and -_. only. */
void http_download(struct http_response *r, const char *type, str file_name);

/*
 * One line to show on the next page after a redirect.  What travels is a short
 * code in a cookie of a minute, never the text: the page that shows it has the
 * words.  http_flash_take() reads it and drops it; empty when there is none or
 * when it is not of the form [a-z0-9-]{1,40}.
 */
void http_flash(struct http_response *r, const char *code);
str http_flash_take(const struct http_request *q, struct http_response *r);

/*
 * Bytes that do not change while the program runs, from a table: strong ETag,
 * answered with 304 when the client has them, the gzip form when it takes that.
 */
struct http_asset {
	str type;
	str bytes;
	str gzip; /* empty: none */
	str etag; /* with its quotes */
	str etag_gzip;
	int64_t max_age_s;
};

void http_send_asset(const struct http_request *q, struct http_response *r,
	const struct http_asset *asset);

/* Is etag among the If-None-Match of the request ("*" is any)? */
bool http_none_match(const struct http_request *q, str etag);

#endif
