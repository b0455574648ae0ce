/* HTTP as a client: libcurl does it, this says what is allowed. */
#include "cli/fetch.h"

#include <curl/curl.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/version.h"

enum { CONNECT_MS = 10000, SLOW_BYTES_S = 100, SLOW_S = 30 };

struct fetcher {
	CURL *curl;
	struct curl_slist *headers;
	const char *base;
	uint64_t bytes;
};

struct body {
	struct buf b;
};

static size_t take(char *in, size_t size, size_t n, void *ctx)
{
	struct body *body = ctx;

	buf_put(&body->b, (str){ in, size * n });
	return buf_ok(&body->b) ? size * n : 0;
}

static void free_fetcher(void *ctx)
{
	struct fetcher *f = ctx;

	curl_slist_free_all(f->headers);
	curl_easy_cleanup(f->curl);
}

struct fetcher *fetcher_new(struct arena *a, const char *base, str key)
{
	struct fetcher *f = arena_one(a, struct fetcher);
	str url = str_of(base);
	CURLcode rc = CURLE_OK;

	while (str_ends(url, STR("/")))
		url.n--;
	f->base = arena_cstr(a, url);
	f->curl = curl_easy_init();
	f->headers = curl_slist_append(NULL,
		arena_fmt(a, "Authorization: Bearer %.*s%c", STR_ARG(key), 0)
			.p);
	must(f->curl && f->headers);
	arena_defer(a, free_fetcher, f);
	rc |= curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, f->headers);
	rc |= curl_easy_setopt(
		f->curl, CURLOPT_USERAGENT, "toyon/" TOYON_VERSION);
	rc |= curl_easy_setopt(f->curl, CURLOPT_PROTOCOLS_STR, "http,https");
	rc |= curl_easy_setopt(f->curl, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(
		f->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	rc |= curl_easy_setopt(
		f->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	rc |= curl_easy_setopt(
		f->curl, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_S);
	rc |= curl_easy_setopt(f->curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
	rc |= curl_easy_setopt(f->curl, CURLOPT_WRITEFUNCTION, take);
	must(rc == CURLE_OK);
	return f;
}

int fetch_check_url(const char *url, struct err *e)
{
	static const char *const here[] = { "http://127.0.0.1",
		"http://localhost", "http://[::1]" };
	str s = str_of(url);

	if (str_has(s, '@') || str_has(s, '?') || str_has(s, '#'))
		return err_set(e, ERR_USAGE,
			"an address is https://HOST, without more");
	if (str_starts(s, STR("https://")))
		return 0;
	for (size_t i = 0; i < COUNTOF(here); i++) {
		str rest = str_from(s, strlen(here[i]));

		if (str_starts(s, str_of(here[i])) &&
			(!rest.n || rest.p[0] == ':' || rest.p[0] == '/'))
			return 0;
	}
	err_set(e, ERR_USAGE, "the address does not begin with https://");
	return err_hint(e, "without TLS the API key could be read on the way; "
			   "http:// is for this machine itself");
}

static int refused(long status, struct err *e)
{
	if (status == 401 || status == 403) {
		err_set(e, ERR_DENIED, "the API key is not taken (%ld)",
			status);
		return err_hint(e, "`toyon key add NAME` makes one there");
	}
	if (status == 404 || status == 405) {
		err_set(e, ERR_NOT_FOUND,
			"there is no log to follow at this address (%ld)",
			status);
		return err_hint(e, "the address is that of the installation, "
				   "as https://privacy.example.com");
	}
	return err_set(e, ERR_UNAVAILABLE,
		"the installation answered with status %ld", status);
}

static int failed(const struct body *body, CURLcode rc, struct err *e)
{
	if (!buf_ok(&body->b))
		return err_set(
			e, ERR_CORRUPT, "the answer is longer than any page");
	return err_set(e, ERR_UNAVAILABLE,
		"the installation can't be reached: %s",
		curl_easy_strerror(rc));
}

static void count(struct fetcher *f)
{
	curl_off_t body = 0;
	long head = 0;

	curl_easy_getinfo(f->curl, CURLINFO_SIZE_DOWNLOAD_T, &body);
	curl_easy_getinfo(f->curl, CURLINFO_HEADER_SIZE, &head);
	f->bytes += (uint64_t)body + (uint64_t)head;
}

int fetch_get(struct fetcher *f, struct arena *a, str path, size_t size_max,
	str *out, struct err *e)
{
	struct body body = { buf_in(a, size_max) };
	str url = arena_fmt(a, "%s%.*s", f->base, STR_ARG(path));
	long status = 0;
	CURLcode rc;

	must(curl_easy_setopt(f->curl, CURLOPT_URL, arena_cstr(a, url)) ==
			CURLE_OK &&
		curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, &body) ==
			CURLE_OK);
	rc = curl_easy_perform(f->curl);
	count(f);
	if (rc != CURLE_OK)
		return failed(&body, rc, e);
	curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	if (status != 200)
		return refused(status, e);
	*out = buf_str(&body.b);
	return 0;
}

uint64_t fetch_bytes(const struct fetcher *f)
{
	return f->bytes;
}
