/*
 * The text of requests: whatever bytes come, a path that is taken has no way up
 * and no second reading, fields are text, and a match names a row.
 */
#include <stdint.h>

#include "base/base.h"
#include "http/decode.h"
#include "http/peer.h"
#include "http/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS_MAX = 64 };

static int nothing(void *ctx, struct http_request *q, struct http_response *r,
	struct err *e)
{
	(void)ctx;
	(void)q;
	(void)r;
	(void)e;
	return 0;
}

static const struct http_route table[] = {
	{ HTTP_GET, "/", nothing, 0, 0, 0 },
	{ HTTP_GET, "/s/{ref}", nothing, 0, 0, 0 },
	{ HTTP_POST, "/r/{kind}/find", nothing, 0, 0, 0 },
	{ HTTP_GET, "/assets/{path...}", nothing, 0, 0, 0 },
};

static void path_is_normal(str path)
{
	str rest = str_from(path, 1), piece;

	must(str_starts(path, STR("/")) && str_is_text(path));
	must(str_find(path, STR("//")) < 0);
	while (str_next(&rest, '/', &piece))
		must(!str_eq(piece, STR("..")) && !str_eq(piece, STR(".")));
}

static void target(struct arena *a, str s)
{
	const struct http_routes routes = { table, COUNTOF(table) };
	struct err e = { 0 };
	struct http_match m;
	str path, query;

	if (http_target_read(a, s, &path, &query, &e))
		return;
	path_is_normal(path);
	m = http_match(http_router_new(a, &routes), HTTP_GET, path, a);
	must(m.kind != HTTP_MATCHED || m.route);
	for (size_t i = 0; i < m.params.n; i++)
		must(m.params.at[i].value.n);
}

static void form(struct arena *a, str s)
{
	struct http_pairs out;
	struct err e = { 0 };

	if (http_urlencoded_read(a, s, FIELDS_MAX, &out, &e))
		return;
	must(out.n <= FIELDS_MAX);
	for (size_t i = 0; i < out.n; i++)
		must(str_is_text(out.at[i].name) &&
			str_is_text(out.at[i].value));
}

static void headers(struct arena *a, str s)
{
	static const unsigned char from[16] = { [10] = 0xff, [11] = 0xff, 127 };
	struct http_net net = { { [10] = 0xff, [11] = 0xff, 127 }, 104 };
	struct http_pair h[] = { { STR("Cookie"), s },
		{ STR("X-Forwarded-For"), s }, { STR("Accept-Encoding"), s },
		{ STR("If-None-Match"), s } };
	struct http_request q = { .arena = a, .headers = { h, COUNTOF(h) } };
	struct http_net read;
	struct err e = { 0 };

	q.cookies = http_cookies_read(a, q.headers);
	for (size_t i = 0; i < q.cookies.n; i++)
		must(q.cookies.at[i].value.n <= s.n);
	http_peer_find(&q, from, &net, 1);
	must(q.peer.n);
	(void)http_accepts_coding(&q, "gzip");
	(void)http_none_match(&q, STR("\"a\""));
	if (!http_net_read(s, &read, &e))
		must(read.bits <= 128);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	str s = { (const char *)data, size };

	target(a, s);
	form(a, s);
	headers(a, s);
	arena_free(a);
	return 0;
}
