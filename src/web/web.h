#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/log.h"
#include "desk/desks.h"
#include "desk/setting.h"
#include "http/route.h"
#include "web/page.h"

/* Whom web_run() calls for a route: with this struct web, or for a route of
 * another part of the program (http/route.h) with that part's own ctx. */
struct web_handler {
	http_handler call;
	void *ctx;
};

struct queue_cache;

/*
 * What the pages share, read only once the server runs: the ctx of every
 * handler.  The handlers of tbl/routes.h are declared at the end.
 */
struct web {
	const struct install *install;
	struct desks *desks;
	struct queue_cache *queues;
	const struct log *log;
	struct http_routes routes;
	const struct web_handler *handlers; /* of each route */
	bool is_https;
};

/*
 * The desk of this request, ready before the handler runs and given back when it
 * returns; NULL on ACCESS_FREE.  On ACCESS_STAFF its actor is the member of
 * staff who is signed in, and a POST had the session's CSRF token.
 *
 * It is what q->who points at, for the handlers of the API as well.
 */
struct desk *web_desk(const struct http_request *q);

/*
 * Stands in for every handler: takes a desk, finds out who is there, refuses
 * forms of other sites, runs the handler, and gives the desk back before a byte
 * of the answer is sent, so that a slow reader holds no connection.
 */
int web_run(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e);

/* The error hook: a page that says what happened and what to do. */
void web_failed(void *ctx, struct http_request *q, struct http_response *r,
	const struct err *e);

/*
 * Everything around a consumer's page, with the settings it came from (may be
 * NULL).  Takes the flash.
 */
int web_page(const struct web *w, struct http_request *q,
	struct http_response *r, str title, struct page *out,
	struct settings *settings, struct err *e);

/* How this browser stands: Sec-GPC: 1 with this request, or the cookie. */
enum page_opt_out web_opt_out_of(const struct http_request *q);
#define WEB_OPT_OUT_COOKIE "opted-out" /* "1" */

/* The sentence for a code of web/tbl/flashes.h; empty for any other. */
str web_flash_text(str code);

#define WEB_SESSION_COOKIE "toyon_session"

/* Each handler: 0 and the answer is in r, or -1 and web_failed() draws it. */
#define ROUTE(method, pattern, handler, access, flags, what) \
	int handler(void *ctx, struct http_request *q,       \
		struct http_response *r, struct err *e);
#include "tbl/routes.h"

#endif
