#ifndef API_API_H
#define API_API_H

#include "base/arena.h"
#include "base/log.h"
#include "http/route.h"

/*
 * The API for programs, under /api/v1: an edge that turns JSON into use cases
 * of the desk and back.  tbl/api.h has a row for each route; routing and the
 * OpenAPI description are made from it, so that neither can say what the other
 * does not.
 *
 * Plugged in by main.c, since edges don't know each other:
 *
 *	struct api *api = api_new(arena, &p->log);
 *	struct http_part part = { api_routes(), api };
 *	return web_main(p, &part);
 *
 * Whoever serves the part hands each handler part.ctx as its ctx and, in q->who,
 * a struct desk whose actor is the holder of the API key (ACCESS_API), or nothing
 * (ACCESS_FREE).  Keys are checked there, once for all edges; how many calls a
 * key may make is counted here.
 *
 * One struct api for each process: it holds the counts, and is shared by the
 * threads.  Everything is in the arena, which must outlive the server.
 */
struct api;

/* The arena needs 1 MiB for it. */
struct api *api_new(struct arena *a, const struct log *log);

/* /api/v1 whole; other paths below /api are answered 404, as a problem+json. */
struct http_routes api_routes(void);

#endif
