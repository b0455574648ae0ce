#ifndef HTTP_PARK_H
#define HTTP_PARK_H

#include "http/route.h"

/*
 * A request that waits for what another thread does for many at once.  Its
 * connection is set aside meanwhile, and costs no thread.
 */
struct http_parked;

/*
 * For a handler that returns 0 right after it has told the other thread.  When
 * that has called http_wake(), `then` is run with ctx as the rest of the handler,
 * in a thread of the server.  Request, response and arena stay as they are; what
 * the program set up around the handler is gone by then.
 *
 * Whoever parks promises that it is woken, whatever goes wrong: the server does
 * not end before.
 */
struct http_parked *http_park(
	struct http_request *q, http_handler then, void *ctx);

/* Once, from any thread, even before the handler has returned. */
void http_wake(struct http_parked *p);

#endif
