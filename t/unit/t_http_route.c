/*
 * Routes: which row answers which path, whatever the order of the table, and
 * what is wrong with a table is said at the start.
 */
#include "http/route.h"

#include "base/base.h"
#include "check.h"

static int nothing(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	(void)q;
	(void)r;
	(void)e;
	return 0;
}

#define ROUTE(m, p)                                                \
	{                                                          \
		.methods = (m), .pattern = (p), .handler = nothing \
	}

static const struct http_route table[] = {
	ROUTE(HTTP_GET, "/"),
	ROUTE(HTTP_GET | HTTP_POST, "/s"),
	ROUTE(HTTP_GET, "/s/{ref}"),
	ROUTE(HTTP_GET, "/s/help"),
	ROUTE(HTTP_GET, "/r/{kind}/who"),
	ROUTE(HTTP_POST, "/r/delete/who"),
	ROUTE(HTTP_GET, "/r/{kind}/{step}"),
	ROUTE(HTTP_GET, "/assets/{path...}"),
	ROUTE(HTTP_GET, "/assets/style.css"),
	ROUTE(HTTP_POST, "/v/{token}"),
	ROUTE(HTTP_GET, "/v/{key}"),
	ROUTE(HTTP_GET, "/.well-known/gpc.json"),
};

static const struct {
	const char *why;
	enum http_method method;
	const char *path;
	enum http_match_kind kind;
	const char *pattern;
	const char *param; /* the first, when there is one */
} cases[] = {
	{ "the root", HTTP_GET, "/", HTTP_MATCHED, "/", NULL },
	{ "a word", HTTP_GET, "/s", HTTP_MATCHED, "/s", NULL },
	{ "a name", HTTP_GET, "/s/K7QF-2M9X", HTTP_MATCHED, "/s/{ref}",
		"K7QF-2M9X" },
	{ "a word beats a name before it", HTTP_GET, "/s/help", HTTP_MATCHED,
		"/s/help", NULL },
	{ "the leftmost word decides", HTTP_POST, "/r/delete/who", HTTP_MATCHED,
		"/r/delete/who", NULL },
	{ "a name and a word beat two names", HTTP_GET, "/r/know/who",
		HTTP_MATCHED, "/r/{kind}/who", "know" },
	{ "two names", HTTP_GET, "/r/know/find", HTTP_MATCHED,
		"/r/{kind}/{step}", "know" },
	{ "the rest, slashes included", HTTP_GET, "/assets/fonts/a.woff2",
		HTTP_MATCHED, "/assets/{path...}", "fonts/a.woff2" },
	{ "a word beats the rest", HTTP_GET, "/assets/style.css", HTTP_MATCHED,
		"/assets/style.css", NULL },
	{ "the rest is never empty", HTTP_GET, "/assets", HTTP_NO_PATH, NULL,
		NULL },
	{ "HEAD by the route of GET", HTTP_HEAD, "/s", HTTP_MATCHED, "/s",
		NULL },
	{ "two rows for two methods", HTTP_POST, "/v/abc", HTTP_MATCHED,
		"/v/{token}", "abc" },
	{ "and the other one", HTTP_GET, "/v/abc", HTTP_MATCHED, "/v/{key}",
		"abc" },
	{ "no such path", HTTP_GET, "/nothing", HTTP_NO_PATH, NULL, NULL },
	{ "longer than the pattern", HTTP_GET, "/s/a/b", HTTP_NO_PATH, NULL,
		NULL },
	{ "shorter than the pattern", HTTP_GET, "/r/know", HTTP_NO_PATH, NULL,
		NULL },
	{ "case matters", HTTP_GET, "/S", HTTP_NO_PATH, NULL, NULL },
	{ "another method", HTTP_DELETE, "/s", HTTP_NO_METHOD, "/s", NULL },
	{ "a slash at the end", HTTP_GET, "/s/", HTTP_SLASH, "/s", NULL },
	{ "a slash after nothing", HTTP_GET, "/nothing/", HTTP_NO_PATH, NULL,
		NULL },
	{ "dots in a word", HTTP_GET, "/.well-known/gpc.json", HTTP_MATCHED,
		"/.well-known/gpc.json", NULL },
};

static void matches(struct arena *a)
{
	const struct http_routes routes = { table, COUNTOF(table) };

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct http_match m = http_match(
			&routes, cases[i].method, str_of(cases[i].path), a);

		CHECK(m.kind == cases[i].kind, "%s: kind %d", cases[i].why,
			m.kind);
		CHECK(cases[i].pattern ? m.route && !strcmp(m.route->pattern,
							    cases[i].pattern)
				       : !m.route,
			"%s: route %s", cases[i].why,
			m.route ? m.route->pattern : "none");
		if (cases[i].param)
			CHECK(m.params.n && str_eq(m.params.at[0].value,
						    str_of(cases[i].param)),
				"%s: parameter", cases[i].why);
	}
}

static void allowed(struct arena *a)
{
	const struct http_routes routes = { table, COUNTOF(table) };
	struct http_match m = http_match(&routes, HTTP_PUT, STR("/v/abc"), a);

	CHECK(m.kind == HTTP_NO_METHOD, "both rows have other methods");
	CHECK(str_eq(http_allow(a, m.allowed), STR("GET, HEAD, POST, OPTIONS")),
		"said: %.*s", STR_ARG(http_allow(a, m.allowed)));
}

static const struct {
	const char *why;
	struct http_route rows[2];
	const char *message; /* NULL: fine */
} tables[] = {
	{ "one path, two methods",
		{ ROUTE(HTTP_GET, "/a"), ROUTE(HTTP_POST, "/a") }, NULL },
	{ "one path twice for GET",
		{ ROUTE(HTTP_GET, "/a"), ROUTE(HTTP_GET | HTTP_POST, "/a") },
		"route /a: twice for one method" },
	{ "the same but for a name",
		{ ROUTE(HTTP_GET, "/a/{x}"), ROUTE(HTTP_GET, "/a/{y}") },
		"route /a/{y}: twice for one method" },
	{ "a word and a name are two paths",
		{ ROUTE(HTTP_GET, "/a/{x}"), ROUTE(HTTP_GET, "/a/x") }, NULL },
	{ "a slash at the end",
		{ ROUTE(HTTP_GET, "/b"), ROUTE(HTTP_GET, "/a/") },
		"route /a/: not of the form /piece/piece" },
	{ "a brace not closed",
		{ ROUTE(HTTP_GET, "/b"), ROUTE(HTTP_GET, "/{a") },
		"route /{a: \"{a\" is no piece" },
	{ "half a piece", { ROUTE(HTTP_GET, "/b"), ROUTE(HTTP_GET, "/a{b}") },
		"route /a{b}: \"a{b}\" is no piece" },
	{ "a rest that is not last",
		{ ROUTE(HTTP_GET, "/b"), ROUTE(HTTP_GET, "/{a...}/b") },
		"route /{a...}/b: pieces after the last" },
	{ "no method", { ROUTE(HTTP_GET, "/b"), ROUTE(0, "/a") },
		"route /a: no handler or no method" },
};

static void checked(void)
{
	for (size_t i = 0; i < COUNTOF(tables); i++) {
		const struct http_routes routes = { tables[i].rows, 2 };
		struct err e = { 0 };
		int failed = http_routes_check(&routes, &e);

		CHECK(failed == (tables[i].message ? -1 : 0), "%s",
			tables[i].why);
		CHECK(!strcmp(e.message,
			      tables[i].message ? tables[i].message : ""),
			"%s: %s", tables[i].why, e.message);
	}
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	matches(a);
	allowed(a);
	checked();
	arena_free(a);
	return CHECK_DONE();
}
