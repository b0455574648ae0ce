/*
 * Routes: which row answers which path, whatever the order of the table, and
 * what is wrong with a table is said at the start.  The tree that finds them
 * agrees with a plain walk of the table on whatever is drawn.
 */
#include "http/route.h"

#include "base/base.h"
#include "base/rand.h"
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
	ROUTE(HTTP_GET, "/v/{key}/file"),
	ROUTE(HTTP_GET, "/v/drop/{token}"),
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
	{ "a word in front beats one behind", HTTP_GET, "/v/drop/file",
		HTTP_MATCHED, "/v/drop/{token}", "file" },
	{ "a word alone is any name", HTTP_GET, "/v/drop", HTTP_MATCHED,
		"/v/{key}", "drop" },
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
	const struct http_router *router = http_router_new(a, &routes);

	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct http_match m = http_match(
			router, cases[i].method, str_of(cases[i].path), a);

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
	struct http_match m = http_match(
		http_router_new(a, &routes), HTTP_PUT, STR("/v/abc"), a);

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

/* --- the tree against a walk of the table --- */

/* What an honest reading of http/route.h gives, row by row: a fit is written
 * as a letter a piece, so that the better one is the lower text. */
enum { FIT_SIZE = 32 };

static bool fits(const char *pattern, str path, char fit[FIT_SIZE],
	struct http_pairs *params)
{
	str rest = str_from(str_of(pattern), 1), piece, value;
	size_t n = 0;

	params->n = 0;
	path = str_from(path, 1);
	while (str_next(&rest, '/', &piece)) {
		bool is_name = str_starts(piece, STR("{"));
		bool is_rest = str_ends(piece, STR("...}"));
		size_t braces = is_rest ? 5 : 2;

		value = path;
		if (is_rest)
			path = (str){ 0 };
		else if (!str_next(&path, '/', &value))
			return false;
		if ((is_rest && !value.n) ||
			(!is_name && !str_eq(piece, value)))
			return false;
		fit[n++] = is_rest ? 'c' : is_name ? 'b' : 'a';
		if (is_name)
			params->at[params->n++] = (struct http_pair){
				str_head(str_from(piece, 1), piece.n - braces),
				value
			};
	}
	fit[n] = '\0';
	return !path.n;
}

static void take_row(struct http_match *m, const struct http_route *r,
	enum http_method method, const struct http_pairs *params)
{
	unsigned methods = r->methods;

	if (methods & HTTP_GET)
		methods |= HTTP_HEAD;
	m->allowed |= r->methods;
	if (m->kind == HTTP_MATCHED)
		return;
	m->kind = methods & method ? HTTP_MATCHED : HTTP_NO_METHOD;
	m->route = r;
	m->params.n = params->n;
	memcpy(m->params.at, params->at, params->n * sizeof *params->at);
}

/* out->params.at has room for all. */
static void walk(const struct http_routes *routes, enum http_method method,
	str path, struct http_match *out)
{
	bool has_slash = path.n > 1 && str_ends(path, STR("/"));
	struct http_pair at[FIT_SIZE];
	struct http_pairs params = { at, 0 };
	char best[FIT_SIZE] = "z", fit[FIT_SIZE];

	out->kind = HTTP_NO_PATH;
	out->route = NULL;
	out->allowed = 0;
	out->params.n = 0;
	path = str_head(path, path.n - has_slash);
	for (size_t i = 0; i < routes->n; i++) {
		const struct http_route *r = &routes->at[i];

		if (!fits(r->pattern, path, fit, &params) ||
			strcmp(fit, best) > 0)
			continue;
		if (strcmp(fit, best) < 0) {
			out->kind = HTTP_NO_METHOD;
			out->allowed = 0;
		}
		memcpy(best, fit, sizeof best);
		take_row(out, r, method, &params);
	}
	if (has_slash && out->route)
		out->kind = HTTP_SLASH;
}

static bool is_same(const struct http_match *a, const struct http_match *b)
{
	if (a->kind != b->kind || a->route != b->route ||
		a->allowed != b->allowed || a->params.n != b->params.n)
		return false;
	for (size_t i = 0; i < a->params.n; i++)
		if (!str_eq(a->params.at[i].name, b->params.at[i].name) ||
			!str_eq(a->params.at[i].value, b->params.at[i].value))
			return false;
	return true;
}

/* Pieces that tables have, and some that none has. */
static const char *const words[] = { "s", "help", "r", "who", "desk", "api",
	"v1", "suppressions", "suppressions:check", "log", "requests", "answer",
	"receipt", "receipt.json", "assets", "opt-out", "done", "v", "x", "" };

static str random_path(struct rng *rng, struct arena *a)
{
	struct buf b = buf_in(a, 256);
	size_t n = rng_below(rng, 7);

	for (size_t i = 0; i < n; i++) {
		buf_putc(&b, '/');
		buf_puts(&b, words[rng_below(rng, COUNTOF(words))]);
	}
	if (!n || !rng_below(rng, 6))
		buf_putc(&b, '/');
	return buf_str(&b);
}

static const char *random_pattern(struct rng *rng, struct arena *a)
{
	struct buf b = buf_in(a, 256);
	size_t n = rng_below(rng, 5);

	for (size_t i = 0; i < n; i++)
		switch (rng_below(rng, 5)) {
		case 0:
			buf_fmt(&b, "/{n%d}", (int)rng_below(rng, 3));
			break;
		case 1:
			if (i + 1 == n) {
				buf_puts(&b, "/{all...}");
				break;
			}
			/* fall through */
		default:
			buf_fmt(&b, "/%s", words[rng_below(rng, 4)]);
		}
	if (!n)
		buf_putc(&b, '/');
	return arena_cstr(a, buf_str(&b));
}

static void agree(const char *what, const struct http_routes *routes,
	struct rng *rng, int times)
{
	struct arena *a = arena_new(1 << 20), *one = arena_new(1 << 20);
	const struct http_router *router = http_router_new(a, routes);
	struct http_pair at[FIT_SIZE];
	struct http_match want = { .params = { .at = at } }, got;
	int found = 0;

	for (int i = 0; i < times; i++) {
		enum http_method method = 1u << rng_below(rng, 7);
		str path = random_path(rng, one);

		walk(routes, method, path, &want);
		got = http_match(router, method, path, one);
		found += got.route != NULL;
		CHECK(is_same(&got, &want), "%s: %s %.*s: %d %s, not %d %s",
			what, http_method_name(method), STR_ARG(path), got.kind,
			got.route ? got.route->pattern : "-", want.kind,
			want.route ? want.route->pattern : "-");
		arena_clear(one);
	}
	CHECK(!times || routes->n < 12 || found, "%s: some are found", what);
	arena_free(one);
	arena_free(a);
}

static const struct http_route real[] = {
#undef ROUTE
#define ROUTE(method, pattern, handler, access, flags, what) \
	{ HTTP_##method, pattern, nothing, 0, 0, 0 },
#include "tbl/routes.h"
#define API(method, pattern, handler, access, scope, in, out, status, summary) \
	{ HTTP_##method, pattern, nothing, 0, 0, 0 },
#include "tbl/api.h"
};

/* Random tables: most that are drawn are well formed, the others are left. */
static void compared(struct rng *rng)
{
	enum { TABLES = 400, ROWS = 12 };
	const struct http_routes here = { table, COUNTOF(table) };
	const struct http_routes ours = { real, COUNTOF(real) };
	int drawn = 0;

	agree("the table above", &here, rng, 4000);
	agree("pages and API", &ours, rng, 20000);
	for (int i = 0; i < TABLES; i++) {
		struct arena *a = arena_new(1 << 20);
		struct http_route rows[ROWS];
		struct http_routes routes = { rows, 1 + rng_below(rng, ROWS) };
		struct err e;

		for (size_t n = 0; n < routes.n; n++)
			rows[n] = (struct http_route){
				.methods = 1u << rng_below(rng, 4),
				.pattern = random_pattern(rng, a),
				.handler = nothing
			};
		if (!http_routes_check(&routes, &e)) {
			agree("a random table", &routes, rng, 100);
			drawn++;
		}
		arena_free(a);
	}
	CHECK(drawn > TABLES / 4, "%d of %d tables", drawn, TABLES);
}

int main(void)
{
	struct rng rng = { 20261122 };

	struct arena *a = arena_new(1 << 20);

	matches(a);
	allowed(a);
	checked();
	compared(&rng);
	arena_free(a);
	return CHECK_DONE();
}
