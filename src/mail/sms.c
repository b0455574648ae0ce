/*
 * Text messages out.  libcurl makes the call; answers are not read but for their
 * status, since gateways like to repeat the number.
 */
#include "mail/sms.h"

#include <curl/curl.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/enc.h"
#include "base/json.h"

enum { SMS_MS = 20000, FILLED_MAX = 16 << 10 };

enum place { PLACE_URL, PLACE_JSON, PLACE_HEADER };

static const str mark_to = STR_INIT("{to}");
static const str mark_text = STR_INIT("{text}");
static const str mark_secret = STR_INIT("{secret}");

static int bad_setting(struct err *e, const char *what)
{
	err_set(e, ERR_UNAVAILABLE, "the text-message gateway: %s", what);
	return err_hint(e, "look at sms_url, sms_header and sms_body in "
			   "toyon.yaml (`toyon help config`)");
}

static bool is_safe(str url)
{
	return str_starts(url, STR("https://")) ||
	       str_starts(url, STR("http://127.0.0.1:")) ||
	       str_starts(url, STR("http://localhost:"));
}

static bool has(const struct sms_gateway *g, str mark)
{
	return str_find(g->url, mark) >= 0 || str_find(g->body, mark) >= 0;
}

int sms_check(const struct sms_gateway *g, struct err *e)
{
	if (!is_safe(g->url))
		return bad_setting(e, "its address does not begin with "
				      "https://");
	if (!has(g, mark_to) || !has(g, mark_text))
		return bad_setting(e, "{to} or {text} stands nowhere");
	if (g->header.n && !str_has(g->header, ':'))
		return bad_setting(e, "its header has no colon");
	if (!str_is_text(g->url) || !str_is_text(g->header) ||
		str_has(g->header, '\n') || str_has(g->secret, '\n') ||
		str_has(g->secret, '\r') || str_has(g->header, '\r'))
		return bad_setting(e, "a line end stands where none may be");
	return 0;
}

/* --- patterns --- */

static void put_json(struct buf *b, str value)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c == '"' || c == '\\') {
			buf_putc(b, '\\');
			buf_putc(b, (char)c);
		} else if (c < 0x20) {
			buf_puts(b, "\\u00");
			buf_putc(b, hex[c >> 4]);
			buf_putc(b, hex[c & 15]);
		} else {
			buf_putc(b, (char)c);
		}
	}
}

static void put_value(
	struct arena *a, struct buf *b, enum place place, str value)
{
	if (place == PLACE_URL)
		buf_put(b, url_encode(a, value));
	else if (place == PLACE_JSON)
		put_json(b, value);
	else
		buf_put(b, value);
}

struct values {
	str to;
	str text;
	str secret;
};

/* What stands for nothing of ours stays as it is. */
static str fill(
	struct arena *a, str pattern, enum place place, const struct values *v)
{
	const str marks[] = { mark_to, mark_text, mark_secret };
	const str values[] = { v->to, v->text, v->secret };
	struct buf b = buf_in(a, FILLED_MAX);

	while (pattern.n) {
		size_t k = 0;

		while (k < COUNTOF(marks) && !str_starts(pattern, marks[k]))
			k++;
		if (k < COUNTOF(marks))
			put_value(a, &b, place, values[k]);
		else
			buf_putc(&b, *pattern.p);
		pattern =
			str_from(pattern, k < COUNTOF(marks) ? marks[k].n : 1);
	}
	return buf_ok(&b) ? buf_str(&b) : STR("");
}

static bool is_json(str body)
{
	return str_starts(body, STR("{")) || str_starts(body, STR("["));
}

/* --- the call --- */

static size_t drop(char *in, size_t size, size_t n, void *ctx)
{
	(void)in;
	(void)ctx;
	return size * n;
}

static void free_curl(void *curl)
{
	curl_easy_cleanup(curl);
}

static void free_list(void *list)
{
	curl_slist_free_all(list);
}

static struct curl_slist *headers_of(
	struct arena *a, const struct sms_gateway *g, const struct values *v)
{
	struct curl_slist *list = curl_slist_append(NULL,
		is_json(g->body)
			? "Content-Type: application/json"
			: "Content-Type: application/x-www-form-urlencoded");

	if (list && g->header.n)
		list = curl_slist_append(list,
			arena_cstr(a, fill(a, g->header, PLACE_HEADER, v)));
	must(list);
	arena_defer(a, free_list, list);
	return list;
}

static void set_call(CURL *c, struct arena *a, const struct sms_gateway *g,
	const struct values *v)
{
	str body =
		fill(a, g->body, is_json(g->body) ? PLACE_JSON : PLACE_URL, v);
	CURLcode rc = CURLE_OK;

	rc |= curl_easy_setopt(
		c, CURLOPT_URL, arena_cstr(a, fill(a, g->url, PLACE_URL, v)));
	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	rc |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	rc |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	rc |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(
		c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	rc |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
		(long)(g->timeout_ms ? g->timeout_ms : SMS_MS));
	rc |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
	rc |= curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers_of(a, g, v));
	if (g->body.n) {
		rc |= curl_easy_setopt(
			c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
		rc |= curl_easy_setopt(
			c, CURLOPT_COPYPOSTFIELDS, arena_cstr(a, body));
	}
	must(rc == CURLE_OK);
}

static int judge(CURLcode rc, long status, struct err *e)
{
	if (rc != CURLE_OK)
		return err_set(e, ERR_UNAVAILABLE,
			"the text-message gateway was not reached: %s",
			curl_easy_strerror(rc));
	if (status >= 200 && status <= 299)
		return 0;
	if (status == 400 || status == 404 || status == 422)
		return err_set(e, ERR_INVALID,
			"the text-message gateway refused the message for good "
			"(%ld)",
			status);
	err_set(e, ERR_UNAVAILABLE,
		"the text-message gateway does not take the message now (%ld)",
		status);
	if (status == 401 || status == 403)
		err_hint(e, "check sms_header and the secret sms_secret");
	return -1;
}

int sms_send(struct arena *a, const struct sms_gateway *g, personal to,
	personal text, struct err *e)
{
	struct values v = {
		.to = arena_fmt(a, "+1%.*s", STR_ARG(to.v)),
		.text = text.v,
		.secret = g->secret,
	};
	long status = 0;
	CURLcode rc;
	CURL *c;

	if (sms_check(g, e))
		return -1;
	c = curl_easy_init();
	must(c);
	arena_defer(a, free_curl, c);
	set_call(c, a, g, &v);
	rc = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	return judge(rc, status, e);
}
