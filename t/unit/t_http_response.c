/*
 * Answers: cookies as browsers must read them, redirects, flash, assets and
 * problem+json.
 */
#include "http/response.h"

#include <string.h>

#include "base/base.h"
#include "check.h"
#include "http/problem.h"

static const struct {
	const char *why;
	bool is_https;
	struct http_cookie cookie;
	const char *set;
} cookies[] = {
	{ "of the session", false, { .name = "a", .value = STR_INIT("1") },
		"a=1; Path=/; HttpOnly; SameSite=Lax" },
	{ "on https", true, { .name = "a", .value = STR_INIT("1") },
		"a=1; Path=/; HttpOnly; SameSite=Lax; Secure" },
	{ "strict, of one path, for a day", true,
		{ .name = "a",
			.value = STR_INIT("x-Y_z.~"),
			.max_age_s = 86400,
			.is_strict = true,
			.path = "/desk" },
		"a=x-Y_z.~; Path=/desk; HttpOnly; SameSite=Strict; "
		"Max-Age=86400; Secure" },
};

static struct http_response fresh(struct arena *a, bool is_https)
{
	struct http_response r;

	http_response_init(&r, a, 65536, is_https);
	return r;
}

static void set_cookies(struct arena *a)
{
	struct http_response r;

	for (size_t i = 0; i < COUNTOF(cookies); i++) {
		r = fresh(a, cookies[i].is_https);
		http_cookie_set(&r, cookies[i].cookie);
		CHECK(str_eq(r.cookies[0], str_of(cookies[i].set)), "%s: %.*s",
			cookies[i].why, STR_ARG(r.cookies[0]));
	}
	r = fresh(a, false);
	http_cookie_drop(&r, "a", NULL);
	CHECK(str_eq(r.cookies[0],
		      STR("a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=-1")),
		"dropped: %.*s", STR_ARG(r.cookies[0]));
}

static str header_of(const struct http_response *r, const char *name)
{
	for (size_t i = 0; i < r->headers_n; i++)
		if (str_eq_nocase(r->headers[i].name, str_of(name)))
			return r->headers[i].value;
	return (str){ 0 };
}

static void redirects(struct arena *a)
{
	struct http_response r = fresh(a, false);

	buf_puts(&r.body, "half a page");
	http_redirect(&r, STR("/s/K7QF-2M9X"));
	CHECK(r.status == 303, "status %d", r.status);
	CHECK(str_eq(header_of(&r, "Location"), STR("/s/K7QF-2M9X")),
		"Location");
	CHECK(!r.body.n, "what was written is dropped");
	http_redirect_with(&r, STR("lang=es"));
	CHECK(str_eq(header_of(&r, "Location"), STR("/s/K7QF-2M9X?lang=es")),
		"with a field more");
}

static void flash(struct arena *a)
{
	struct http_response r = fresh(a, false);
	struct http_pair sent = { STR("flash"), STR("letter-sent") };
	struct http_request q = { .arena = a, .cookies = { &sent, 1 } };

	http_flash(&r, "letter-sent");
	CHECK(str_starts(r.cookies[0], STR("flash=letter-sent; ")), "set");
	r = fresh(a, false);
	CHECK(str_eq(http_flash_take(&q, &r), STR("letter-sent")), "taken");
	CHECK(str_starts(r.cookies[0], STR("flash=; ")), "and dropped");
	sent.value = STR("<b>made up</b>");
	r = fresh(a, false);
	CHECK(!http_flash_take(&q, &r).n, "what is no code is nothing");
	CHECK(r.cookies_n == 1, "but dropped too");
	q.cookies.n = 0;
	r = fresh(a, false);
	CHECK(!http_flash_take(&q, &r).n && !r.cookies_n, "none, none");
}

static const struct http_asset style = { .type = STR_INIT("text/css"),
	.bytes = STR_INIT("body{}"),
	.gzip = STR_INIT("zipped"),
	.etag = STR_INIT("\"abc\""),
	.etag_gzip = STR_INIT("\"abc-gz\""),
	.max_age_s = 3600 };

static const struct {
	const char *why;
	const char *accept;
	const char *none_match;
	int status;
	const char *bytes;
	const char *etag;
} assets[] = {
	{ "plain", "", "", 200, "body{}", "\"abc\"" },
	{ "zipped", "gzip", "", 200, "zipped", "\"abc-gz\"" },
	{ "not changed", "", "\"abc\"", 304, "", "\"abc\"" },
	{ "weak comparison", "", "W/\"abc\"", 304, "", "\"abc\"" },
	{ "one of several", "", "\"x\", \"abc\"", 304, "", "\"abc\"" },
	{ "the other form", "gzip", "\"abc\"", 200, "zipped", "\"abc-gz\"" },
	{ "the same form", "gzip", "\"abc-gz\"", 304, "", "\"abc-gz\"" },
	{ "any", "", "*", 304, "", "\"abc\"" },
	{ "changed", "", "\"old\"", 200, "body{}", "\"abc\"" },
};

static void send_assets(struct arena *a)
{
	for (size_t i = 0; i < COUNTOF(assets); i++) {
		struct http_pair h[] = {
			{ STR("Accept-Encoding"), str_of(assets[i].accept) },
			{ STR("If-None-Match"), str_of(assets[i].none_match) },
		};
		struct http_request q = { .arena = a, .headers = { h, 2 } };
		struct http_response r = fresh(a, false);

		http_send_asset(&q, &r, &style);
		CHECK(r.status == assets[i].status, "%s: %d", assets[i].why,
			r.status);
		CHECK(str_eq(r.fixed, str_of(assets[i].bytes)), "%s: %.*s",
			assets[i].why, STR_ARG(r.fixed));
		CHECK(str_eq(header_of(&r, "ETag"), str_of(assets[i].etag)),
			"%s: ETag", assets[i].why);
		CHECK(str_eq(header_of(&r, "Vary"), STR("Accept-Encoding")),
			"%s: caches must know", assets[i].why);
		CHECK(!strcmp(r.cache, "public, max-age=3600"), "%s: %s",
			assets[i].why, r.cache);
	}
}

static void problem(struct arena *a)
{
	struct http_request q = { .arena = a, .id = STR("abc") };
	struct http_response r = fresh(a, false);
	struct problems ps = { .n = 0 };
	struct err e = { 0 };

	err_set(&e, ERR_NOT_FOUND, "no request with this reference");
	err_hint(&e, "check the reference");
	http_problem(&q, &r, &e);
	CHECK(r.status == 404, "status %d", r.status);
	CHECK(!strcmp(r.type, "application/problem+json"), "%s", r.type);
	CHECK(str_eq(buf_str(&r.body),
		      STR("{\"type\":\"urn:toyon:error:not-found\","
			  "\"title\":\"not found\",\"status\":404,"
			  "\"code\":\"not-found\","
			  "\"instance\":\"urn:toyon:request:abc\","
			  "\"detail\":\"no request with this reference\","
			  "\"hint\":\"check the reference\"}")),
		"%.*s", STR_ARG(buf_str(&r.body)));
	problem_add(&ps, "email", "format", "write an email address");
	r = fresh(a, false);
	http_problem_input(&q, &r, &ps);
	CHECK(r.status == 422, "status %d", r.status);
	CHECK(str_find(buf_str(&r.body),
		      STR("\"errors\":[{\"pointer\":\"#/email\","
			  "\"code\":\"format\","
			  "\"detail\":\"write an email address\"}]")) >= 0,
		"%.*s", STR_ARG(buf_str(&r.body)));
}

int main(void)
{
	struct arena *a = arena_new(4 << 20);

	set_cookies(a);
	redirects(a);
	flash(a);
	send_assets(a);
	problem(a);
	arena_free(a);
	return CHECK_DONE();
}
