/*
 * The library may be told to go on before the handler that set the connection
 * aside has returned; it then goes on after that.  So nothing is locked here.
 */
#include "http/park.h"

#include "base/base.h"
#include "http/exchange.h"

struct http_parked {
	struct exchange *exchange;
};

struct http_parked *http_park(
	struct http_request *q, http_handler then, void *ctx)
{
	struct exchange *x = q->exchange;
	struct http_parked *p = arena_one(q->arena, struct http_parked);

	must(x && !x->then);
	p->exchange = x;
	x->then = then;
	x->then_ctx = ctx;
	atomic_fetch_add(&x->server->parked, 1);
	MHD_suspend_connection(x->connection);
	return p;
}

void http_wake(struct http_parked *p)
{
	struct http_server *s = p->exchange->server;

	MHD_resume_connection(p->exchange->connection);
	atomic_fetch_sub(&s->parked, 1);
}
