/*
 * Building answers.  What goes into a header is either ours or was checked: a
 * control character in it would let one header become two.
 */
#include "http/response.h"

#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"

enum { FLASH_MAX = 40, FLASH_LIFE_S = 60 };

static const char flash_cookie[] = "flash";

void http_response_init(struct http_response *r, struct arena *a,
	size_t body_max, bool is_https)
{
	*r = (struct http_response){ .arena = a,
		.status = 200,
		.type = "text/html; charset=utf-8",
		.cache = "no-store",
		.body = buf_in(a, body_max),
		.is_https = is_https };
}

static bool is_header_text(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return true;
}

void http_set(struct http_response *r, const char *name, str value)
{
	must(r->headers_n < HTTP_HEADERS_OUT_MAX);
	must(is_header_text(value) && is_header_text(str_of(name)));
	r->headers[r->headers_n++] =
		(struct http_pair){ arena_dup(r->arena, str_of(name)),
			arena_dup(r->arena, value) };
}

/* RFC 3986's unreserved: safe in a cookie, a file name and a path. */
static bool is_plain(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || strchr("-._~", c)))
			return false;
		if (!c)
			return false;
	}
	return true;
}

void http_cookie_set(struct http_response *r, struct http_cookie c)
{
	struct buf b = buf_in(r->arena, 4096);
	const char *path = c.path ? c.path : "/";

	must(r->cookies_n < HTTP_COOKIES_OUT_MAX);
	must(is_plain(str_of(c.name)) && is_plain(c.value));
	must(is_header_text(str_of(path)) && !strchr(path, ';'));
	buf_fmt(&b, "%s=%.*s; Path=%s; HttpOnly; SameSite=%s", c.name,
		STR_ARG(c.value), path, c.is_strict ? "Strict" : "Lax");
	if (c.max_age_s)
		buf_fmt(&b, "; Max-Age=%lld", (long long)c.max_age_s);
	if (r->is_https)
		buf_puts(&b, "; Secure");
	must(buf_ok(&b));
	r->cookies[r->cookies_n++] = buf_str(&b);
}

void http_cookie_drop(
	struct http_response *r, const char *name, const char *path)
{
	http_cookie_set(
		r, (struct http_cookie){
			   .name = name, .max_age_s = -1, .path = path });
}

void http_redirect(struct http_response *r, str path)
{
	must(str_starts(path, STR("/")) && !str_starts(path, STR("//")));
	must(!str_has(path, '\\'));
	r->status = 303;
	buf_clear(&r->body);
	r->fixed = (str){ 0 };
	r->stream = (struct http_stream){ 0 };
	http_set(r, "Location", path);
}

void http_redirect_with(struct http_response *r, str field)
{
	must(r->status == 303 && is_header_text(field));
	for (size_t i = 0; i < r->headers_n; i++)
		if (str_eq(r->headers[i].name, STR("Location")))
			r->headers[i].value =
				url_with(r->arena, r->headers[i].value, field);
}

void http_type(struct http_response *r, const char *type)
{
	buf_clear(&r->body);
	r->fixed = (str){ 0 };
	r->stream = (struct http_stream){ 0 };
	r->type = type;
}

void http_download(struct http_response *r, const char *type, str file_name)
{
	must(file_name.n && is_plain(file_name));
	http_type(r, type);
	http_set(r, "Content-Disposition",
		arena_fmt(r->arena, "attachment; filename=\"%.*s\"",
			STR_ARG(file_name)));
}

static bool is_flash_code(str s)
{
	if (!s.n || s.n > FLASH_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') ||
			    (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
			return false;
	return true;
}

void http_flash(struct http_response *r, const char *code)
{
	must(is_flash_code(str_of(code)));
	http_cookie_set(r, (struct http_cookie){ .name = flash_cookie,
				   .value = str_of(code),
				   .max_age_s = FLASH_LIFE_S });
}

str http_flash_take(const struct http_request *q, struct http_response *r)
{
	str code = http_cookie(q, flash_cookie);

	if (!code.n)
		return code;
	http_cookie_drop(r, flash_cookie, NULL);
	return is_flash_code(code) ? code : (str){ 0 };
}

/* Weak comparison (RFC 9110 13.1.2): "W/" in front does not matter. */
bool http_none_match(const struct http_request *q, str etag)
{
	for (size_t i = 0; i < q->headers.n; i++) {
		str rest = q->headers.at[i].value, one;

		if (!str_eq_nocase(q->headers.at[i].name, STR("If-None-Match")))
			continue;
		while (str_next(&rest, ',', &one)) {
			one = str_trim(one);
			if (str_starts(one, STR("W/")))
				one = str_from(one, 2);
			if (str_eq(one, etag) || str_eq(one, STR("*")))
				return true;
		}
	}
	return false;
}

void http_send_asset(const struct http_request *q, struct http_response *r,
	const struct http_asset *asset)
{
	bool is_gzip = asset->gzip.n && http_accepts_coding(q, "gzip");
	str etag = is_gzip ? asset->etag_gzip : asset->etag;

	http_type(r, arena_cstr(r->arena, asset->type));
	r->cache =
		arena_cstr(r->arena, arena_fmt(r->arena, "public, max-age=%lld",
					     (long long)asset->max_age_s));
	http_set(r, "ETag", etag);
	if (asset->gzip.n)
		http_set(r, "Vary", STR("Accept-Encoding"));
	if (http_none_match(q, etag)) {
		r->status = 304;
		return;
	}
	if (is_gzip)
		http_set(r, "Content-Encoding", STR("gzip"));
	r->fixed = is_gzip ? asset->gzip : asset->bytes;
}
