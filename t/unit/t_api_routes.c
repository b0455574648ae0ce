/* The API's table: routes that work, and a description that says the same. */
#include "api/api.h"

#include <stdlib.h>

#include "api/call.h"
#include "check.h"
#include "desk/access.h"
#include "desk/limit.h"
#include "http/decode.h"

static const struct log quiet = { .fd = 2, .min = LOG_ERROR, .process = "t" };

static void test_routes(void)
{
	struct http_routes routes = api_routes();
	struct err e = { 0 };

	CHECK(!http_routes_check(&routes, &e), "%s", e.message);
	CHECK(routes.n == api_rows_n + 1, "one row a route, and the rest");
	for (size_t i = 0; i < routes.n; i++) {
		const struct http_route *r = &routes.at[i];

		CHECK(r->flags & HTTP_PROBLEM && r->flags & HTTP_RAW_BODY,
			"%s: JSON in, problems out", r->pattern);
		CHECK(!(r->flags & HTTP_ANY_ORIGIN),
			"%s: not from a page of another site", r->pattern);
		CHECK(r->access == ACCESS_API ||
				str_ends(str_of(r->pattern), STR(".json")) ||
				str_ends(str_of(r->pattern), STR("...}")),
			"%s: only with a key", r->pattern);
		CHECK(r->access != ACCESS_API || r->body_max == LIMIT_API_BYTES,
			"%s: a batch fits", r->pattern);
	}
}

static void test_description(struct arena *a)
{
	struct api *api = api_new(a, &quiet);
	struct err e = { 0 };
	json_t *root = NULL;

	CHECK(!json_read(a, api->description, 1 << 20, &root, &e), "%s",
		e.message);
	for (size_t i = 0; root && i < api_rows_n; i++) {
		const json_t *path = json_object_get(
			json_object_get(root, "paths"), api_rows[i].pattern);
		const json_t *op = json_object_get(path,
			!strcmp(api_rows[i].method, "GET") ? "get" : "post");

		CHECK(str_eq(json_text(op, "operationId"),
			      str_of(api_rows[i].handler)),
			"%s %s is described", api_rows[i].method,
			api_rows[i].pattern);
	}
	CHECK(api->etag.n == 14, "an ETag in quotes");
	CHECK(str_eq(api_new(a, &quiet)->etag, api->etag),
		"the same in each process");
}

/* Without a key the handlers must not be reached: whoever serves them checks. */
static void call_without_desk(void *ctx)
{
	struct arena *a = ctx;
	struct http_routes routes = api_routes();
	struct http_request q = { .method = HTTP_POST,
		.path = STR("/api/v1/suppressions:check"),
		.id = STR("test"),
		.arena = a };
	struct http_response r;
	struct http_match m =
		http_match(http_router_new(a, &routes), q.method, q.path, a);
	struct err e = { 0 };

	http_response_init(&r, a, 4096, false);
	m.route->handler(api_new(a, &quiet), &q, &r, &e);
}

int main(void)
{
	struct arena *a = arena_new(8 << 20);

	test_routes();
	test_description(a);
	CHECK_STOPS(call_without_desk, a, "a call without a desk");
	arena_free(a);
	return CHECK_DONE();
}
