#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "http/route.h"

/*
 * The server: reads requests, refuses the ambiguous ones, finds the route, runs
 * the handler in one of its threads, sends the answer and writes one line to
 * the access log.  It knows nothing of what the program is about.
 *
 * Handlers run at the same time in several threads; ctx is shared by them.
 */
struct http_server;

struct http_limits {                 /* 0 stands for the default in brackets */
	unsigned threads;            /* [4] */
	unsigned connections_max;    /* [1000] */
	unsigned connections_per_ip; /* [no limit; behind a proxy it must be] */
	unsigned idle_s;             /* [15] a connection without a byte */
	size_t head_max;             /* [16 KiB] request line and headers */
	size_t body_max;             /* [16 KiB] for routes that say nothing */
	size_t fields_max;           /* [64] fields of a form */
	size_t response_max;         /* [4 MiB] */
	size_t arena_max; /* [16 MiB], body_max of each route on top */
};

struct http_server_options {
	const int *fds; /* listening sockets, see http/listen.h; stay the */
	size_t fds_n;   /* caller's to close, after http_server_stop() */
	struct http_routes routes;
	struct http_limits limits;
	const char *const *trusted_proxies; /* "127.0.0.1", "10.0.0.0/8" */
	size_t trusted_proxies_n;
	bool is_https; /* the base URL is https: cookies Secure, HSTS */
	const struct log *log;
	const struct clock *clock;
	void *ctx; /* for handlers and hooks */

	/*
	 * Before the handler: may this client do this?  0 go on, 1 it is
	 * answered (r is filled: a redirect to the sign-in page), -1 with e.
	 * NULL: everybody may everything.
	 */
	int (*admit)(void *ctx, struct http_request *q, struct http_response *r,
		struct err *e);
	/*
	 * Draws the page for an error: of a handler, or of the server's own
	 * (404, 405, 413, ...).  r is empty with its status set, and that status
	 * stays.  NULL, or for routes with HTTP_PROBLEM: a problem+json or a
	 * plain line.
	 */
	void (*failed)(void *ctx, struct http_request *q,
		struct http_response *r, const struct err *e);
};

/* The options' pointers must outlive the server. */
int http_server_start(const struct http_server_options *o,
	struct http_server **out, struct err *e);

/*
 * Takes no new connection, lets the requests under way end, at most for
 * drain_ms, and ends the threads.
 */
void http_server_stop(struct http_server *s, int drain_ms);

/* How many requests were answered since the start. */
uint64_t http_server_answered(const struct http_server *s);

#endif
