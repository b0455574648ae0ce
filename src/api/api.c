/*
 * The API from the outside: which handler answers which path, and what is the
 * same for all calls.  Each row of tbl/api.h becomes a route, an entry of its own
 * and a row for the description.
 */
#include "api/api.h"

#include "api/call.h"
#include "api/describe.h"
#include "api/verdict.h"
#include "base/enc.h"
#include "desk/access.h"
#include "desk/config.h"
#include "desk/limit.h"
#include "http/problem.h"
#include "ident/sha256.h"

enum {
	ETAG_BYTES = 9,
	FIELD_SIZE_MAX = 80,
	FLAGS = HTTP_RAW_BODY | HTTP_PROBLEM,
};

const struct api_row api_rows[] = {
#define API(method, pattern, handler, access, scope, in, out, status, summary) \
	{ #method, pattern, #handler, ACCESS_##access, SCOPE_##scope, #in,     \
		#out, status, summary },
#include "tbl/api.h"
};
const size_t api_rows_n = COUNTOF(api_rows);

struct api *api_new(struct arena *a, const struct log *log)
{
	struct api *api = arena_one(a, struct api);
	uint8_t digest[SHA256_SIZE];

	api->log = *log;
	api->meter = meter_new(a);
	api->verdicts = verdicts_new(a);
	api->description = describe_text(a);
	sha256(api->description, digest);
	api->etag = arena_fmt(
		a, "\"%.*s\"", STR_ARG(base64url_of(a, digest, ETAG_BYTES)));
	return api;
}

/* RateLimit fields as in draft-ietf-httpapi-ratelimit-headers-10. */
static void tell_limit(
	struct call *c, const struct meter_reading *m, int64_t most)
{
	struct buf policy = buf_in(c->q->arena, FIELD_SIZE_MAX);
	struct buf limit = buf_in(c->q->arena, FIELD_SIZE_MAX);

	buf_put(&policy, STR("\"key\";q="));
	buf_int(&policy, most);
	buf_put(&policy, STR(";w=60"));
	buf_put(&limit, STR("\"key\";r="));
	buf_int(&limit, m->left);
	buf_put(&limit, STR(";t="));
	buf_int(&limit, m->reset_s);
	http_set(c->r, "RateLimit-Policy", buf_str(&policy));
	http_set(c->r, "RateLimit", buf_str(&limit));
}

static int count_call(struct call *c, struct err *e)
{
	const struct desk *d = c->desk;
	int64_t most = config_number(d->config->api_calls);
	struct meter_reading m;

	if (most > METER_MOST)
		most = METER_MOST;
	m = meter_take(c->api->meter, d->actor.id, most, clock_mono_ms());
	tell_limit(c, &m, most);
	if (m.is_ok)
		return 0;
	http_set(c->r, "Retry-After",
		arena_fmt(c->q->arena, "%lld", (long long)m.wait_s));
	err_set(e, ERR_TOO_MANY,
		"this API key made more than %lld calls a minute",
		(long long)most);
	return err_hint(
		e, "send identifiers in batches of up to %d", LIMIT_API_BATCH);
}

static int check_scope(
	const struct call *c, const struct api_row *row, struct err *e)
{
	if (scopes_have(c->desk->actor.scopes, row->scope))
		return 0;
	err_set(e, ERR_DENIED, "this API key may not %s",
		scope_what(row->scope));
	return err_hint(e,
		"it takes one with the scope %s: `toyon key add NAME --may %s`",
		scope_code(row->scope), scope_code(row->scope));
}

/* Answered here and not by the server, so that the headers stay. */
static void refuse(struct call *c, const struct err *e)
{
	if (c->r->status < 400)
		c->r->status = err_http_status(e->code);
	if (c->problems.n)
		http_problem_input(c->q, c->r, &c->problems);
	else
		http_problem(c->q, c->r, e);
	if (c->r->status >= 500)
		log_err(&c->api->log, "API call failed", e);
}

static int run(const struct api_row *row,
	int (*handler)(struct call *, struct err *), struct call *c)
{
	struct err e;

	err_none(&e);
	http_type(c->r, "application/json");
	c->r->status = row->status;
	if (row->access == ACCESS_API) {
		must(c->desk && c->desk->actor.kind == ACTOR_API);
		if (count_call(c, &e) || check_scope(c, row, &e)) {
			refuse(c, &e);
			return 0;
		}
	}
	if (handler(c, &e))
		refuse(c, &e);
	return 0;
}

enum row_id {
#define API(method, pattern, handler, access, scope, in, out, status, summary) \
	ROW_##handler,
#include "tbl/api.h"
};

#define API(method, pattern, handler, access, scope, in, out, status, summary) \
	static int answer_##handler(void *ctx, struct http_request *q,         \
		struct http_response *r, struct err *e)                        \
	{                                                                      \
		struct call c = {                                              \
			.api = ctx, .q = q, .r = r, .desk = q->who             \
		};                                                             \
                                                                               \
		(void)e;                                                       \
		return run(&api_rows[ROW_##handler], handler, &c);             \
	}
#include "tbl/api.h"

static int answer_nothing(void *ctx, struct http_request *q,
	struct http_response *r, struct err *e)
{
	(void)ctx;
	(void)q;
	(void)r;
	err_set(e, ERR_NOT_FOUND, "there is no such call");
	return err_hint(e, "/api/v1/openapi.json describes what there is");
}

static const struct http_route routes[] = {
#define API(method, pattern, handler, access, scope, in, out, status, summary) \
	{ HTTP_##method, pattern, answer_##handler, ACCESS_##access, FLAGS,    \
		LIMIT_API_BYTES },
#include "tbl/api.h"
	{ HTTP_GET | HTTP_POST | HTTP_PUT | HTTP_PATCH | HTTP_DELETE,
		"/api/{path...}", answer_nothing, ACCESS_FREE, FLAGS, 0 },
};

struct http_routes api_routes(void)
{
	return (struct http_routes){ routes, COUNTOF(routes) };
}
