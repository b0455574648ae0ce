/* libcurl carries the bytes; this says what is allowed. */
#include "connect/http/wire.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/enc.h"
#include "base/json.h"
#include "base/version.h"
#include "connect/secret.h"

enum {
	CONNECT_MS = 10000,
	TOKEN_MAX = 1 << 16,
	TOKEN_MARGIN_MS = 30000,
	TOKEN_TIME_S = 300, /* when the service names none */
};

struct wire {
	CURL *curl;
	struct arena *arena; /* of the connection */
	const struct recipe *recipe;
	int timeout_ms;
	str secret;
	str token; /* OAuth2 */
	int64_t token_until_ms;
	struct arena *token_arena;
	struct pace pace;
};

/* One request under way. */
struct exchange {
	struct wire *wire;
	struct arena *arena;
	struct curl_slist *headers;
	struct buf body;
	struct wire_answer *answer;
	bool has_head; /* up to its empty line */
};

static void sleep_ms(int64_t ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	if (ms > 0)
		nanosleep(&t, NULL);
}

/* Names the request without a value of it. */
static int in_request(const struct wire_request *q, struct err *e)
{
	return err_context(e, "%.*s %.*s", STR_ARG(q->call->method),
		STR_ARG(str_head(q->call->target, 100)));
}

/* --- one request --- */

static void add_header(struct exchange *x, str line)
{
	struct curl_slist *more =
		curl_slist_append(x->headers, arena_cstr(x->arena, line));

	must(more);
	x->headers = more;
}

static size_t take_body(char *in, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;

	buf_put(&x->body, (str){ in, size * n });
	return buf_ok(&x->body) ? size * n : 0;
}

/* libcurl takes a head that was cut off for a short one. */
static size_t take_head(char *in, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	str line = { in, size * n }, name, value, next;

	if (str_starts(line, STR("HTTP/"))) {
		x->has_head = false;
		x->answer->next = (str){ 0 };
	} else if (!str_trim(line).n) {
		x->has_head = true;
	} else if (str_cut(line, ':', &name, &value) &&
		   str_eq_nocase(name, STR("link")) &&
		   link_next(str_trim(value), &next)) {
		x->answer->next = arena_dup(x->arena, next);
	}
	return line.n;
}

static CURLcode set_limits(CURL *c, int timeout_ms)
{
	CURLcode rc = CURLE_OK;

	rc |= curl_easy_setopt(c, CURLOPT_USERAGENT, "toyon/" TOYON_VERSION);
	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	rc |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	rc |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(
		c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	rc |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS,
		(long)(timeout_ms < CONNECT_MS ? timeout_ms : CONNECT_MS));
	rc |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
	rc |= curl_easy_setopt(
		c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)HTTP_ANSWER_MAX);
	rc |= curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
	return rc;
}

/* The handle is kept, and with it the connection; all else is set anew. */
static void set_up(struct exchange *x, const struct wire_request *q)
{
	CURL *c = x->wire->curl;
	CURLcode rc;

	curl_easy_reset(c);
	rc = set_limits(c, x->wire->timeout_ms);
	rc |= curl_easy_setopt(c, CURLOPT_URL, arena_cstr(x->arena, q->url));
	rc |= curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST,
		arena_cstr(x->arena, q->call->method));
	if (q->body.p) {
		rc |= curl_easy_setopt(
			c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body.n);
		rc |= curl_easy_setopt(c, CURLOPT_POSTFIELDS, q->body.p);
	}
	rc |= curl_easy_setopt(c, CURLOPT_HTTPHEADER, x->headers);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_head);
	rc |= curl_easy_setopt(c, CURLOPT_HEADERDATA, x);
	/* What is for this machine must not go through another. */
	if (str_starts(q->url, STR("http://")))
		rc |= curl_easy_setopt(c, CURLOPT_PROXY, "");
	must(rc == CURLE_OK);
}

static int say_failure(const struct exchange *x, CURLcode rc, struct err *e)
{
	if (!buf_ok(&x->body) || rc == CURLE_FILESIZE_EXCEEDED) {
		err_set(e, ERR_LIMIT, "an answer of more than %d MiB",
			HTTP_ANSWER_MAX >> 20);
		return err_hint(e, "ask for fewer rows a page");
	}
	err_set(e, ERR_UNAVAILABLE, "the service was not reached: %s",
		curl_easy_strerror(rc));
	if (rc == CURLE_PEER_FAILED_VERIFICATION)
		err_hint(e, "its certificate is none that this machine trusts");
	return -1;
}

static int send_one(
	struct exchange *x, const struct wire_request *q, struct err *e)
{
	CURLcode rc;

	x->body = buf_in(x->arena, HTTP_ANSWER_MAX);
	x->answer->next = (str){ 0 };
	set_up(x, q);
	pace_wait(&x->wire->pace);
	rc = curl_easy_perform(x->wire->curl);
	if (rc || !x->has_head)
		return say_failure(x, rc ? rc : CURLE_GOT_NOTHING, e);
	curl_easy_getinfo(
		x->wire->curl, CURLINFO_RESPONSE_CODE, &x->answer->status);
	x->answer->text = buf_str(&x->body);
	return 0;
}

/* --- who asks --- */

static str basic_of(struct arena *a, str user, str password)
{
	str pair = arena_fmt(a, "%.*s:%.*s", STR_ARG(user), STR_ARG(password));

	return arena_fmt(a, "Authorization: Basic %.*s",
		STR_ARG(base64_of(a, pair.p, pair.n)));
}

static int take_token(struct wire *w, str text, struct err *e)
{
	json_t *tree;
	str token;

	if (json_read(w->token_arena, text, TOKEN_MAX, &tree, e) < 0)
		return err_set(e, ERR_CORRUPT,
			"the answer to the request for a token is no JSON");
	token = json_text(tree, "access_token");
	if (!token.n || !str_is_text(token) || str_has(token, '\n') ||
		str_has(token, '\r'))
		return err_set(e, ERR_CORRUPT,
			"the answer to the request for a token has none");
	w->token = token;
	w->token_until_ms =
		clock_mono_ms() +
		1000 * json_number(tree, "expires_in", TOKEN_TIME_S) -
		TOKEN_MARGIN_MS;
	return 0;
}

/* RFC 6749, 4.4 and 2.3.1: the client shows itself by Basic. */
static int ask_for_token(struct wire *w, struct arena *a, struct err *e)
{
	static const struct http_call call = { .method = STR_INIT("POST"),
		.target = STR_INIT("(token_url)") };
	const struct recipe *r = w->recipe;
	struct wire_answer an = { 0 };
	struct exchange x = { .wire = w, .arena = a, .answer = &an };
	struct wire_request q = { &call, r->token_url,
		STR("grant_type=client_credentials") };
	int rc;

	if (r->scope.n)
		q.body = arena_fmt(a, "%.*s&scope=%.*s", STR_ARG(q.body),
			STR_ARG(url_encode(a, r->scope)));
	add_header(&x, basic_of(a, url_encode(a, r->client),
			       url_encode(a, w->secret)));
	add_header(&x, STR("Accept: application/json"));
	rc = send_one(&x, &q, e);
	curl_slist_free_all(x.headers);
	if (!rc && (an.status < 200 || an.status > 299))
		rc = wire_refused(&q, &an, e);
	if (rc)
		return in_request(&q, e);
	arena_clear(w->token_arena);
	return take_token(w, an.text, e);
}

static int show_who_asks(struct exchange *x, struct err *e)
{
	struct wire *w = x->wire;
	const struct recipe *r = w->recipe;

	switch (r->auth) {
	case HTTP_AUTH_BEARER:
		add_header(x, arena_fmt(x->arena, "Authorization: Bearer %.*s",
				      STR_ARG(w->secret)));
		return 0;
	case HTTP_AUTH_BASIC:
		add_header(x, basic_of(x->arena, r->user, w->secret));
		return 0;
	case HTTP_AUTH_HEADER:
		add_header(x, arena_fmt(x->arena, "%.*s: %.*s",
				      STR_ARG(r->name), STR_ARG(w->secret)));
		return 0;
	case HTTP_AUTH_OAUTH2:
		if ((!w->token.n || clock_mono_ms() >= w->token_until_ms) &&
			ask_for_token(w, x->arena, e) < 0)
			return -1;
		add_header(x, arena_fmt(x->arena, "Authorization: Bearer %.*s",
				      STR_ARG(w->token)));
		return 0;
	case HTTP_AUTH_NONE:
	case HTTP_AUTH_QUERY: /* with_key() */
	case HTTP_AUTHS:
		break;
	}
	return 0;
}

/* The key of a query stands in every address, the service's own too. */
static str with_key(const struct wire *w, struct arena *a, str url)
{
	const struct recipe *r = w->recipe;

	if (r->auth != HTTP_AUTH_QUERY)
		return url;
	return arena_fmt(a, "%.*s%c%.*s=%.*s", STR_ARG(url),
		str_has(url, '?') ? '&' : '?', STR_ARG(url_encode(a, r->name)),
		STR_ARG(url_encode(a, w->secret)));
}

/* --- asking --- */

static bool is_to_be_tried_again(long status)
{
	return status == 429 || (status >= 502 && status <= 504);
}

/* As long as the service says, else growing pauses. */
static int64_t pause_of(const struct wire *w, int tries)
{
	curl_off_t s = 0;

	curl_easy_getinfo(w->curl, CURLINFO_RETRY_AFTER, &s);
	return s > 0 ? (int64_t)s * 1000 : (int64_t)HTTP_PAUSE_MS << tries;
}

static int send_as_us(struct wire *w, struct arena *a,
	const struct wire_request *q, struct wire_answer *out, struct err *e)
{
	struct exchange x = { .wire = w, .arena = a, .answer = out };
	struct wire_request full = *q;
	int rc = show_who_asks(&x, e);

	full.url = with_key(w, a, q->url);
	for (size_t i = 0; i < w->recipe->headers_n; i++)
		add_header(&x, arena_fmt(a, "%.*s: %.*s",
				       STR_ARG(w->recipe->headers[i].name),
				       STR_ARG(w->recipe->headers[i].value)));
	add_header(&x, STR("Accept: application/json"));
	add_header(&x, STR("Expect:")); /* a pause for nothing */
	if (q->body.p)
		add_header(&x, STR("Content-Type: application/json"));
	if (!rc)
		rc = send_one(&x, &full, e);
	curl_slist_free_all(x.headers);
	return rc;
}

static int too_long(int64_t ms, struct err *e)
{
	err_set(e, ERR_UNAVAILABLE,
		"the service was asked too often and wants a pause of %" PRId64
		" s",
		ms / 1000);
	return err_hint(e, "it is tried again later; \"per_second\" of the "
			   "recipe keeps below its rate");
}

int wire_ask(struct wire *w, struct arena *a, const struct wire_request *q,
	struct wire_answer *out, struct err *e)
{
	int64_t pause_ms;

	for (int tries = 0;; tries++) {
		if (send_as_us(w, a, q, out, e) < 0)
			return in_request(q, e);
		/* A token may be called back before its time. */
		if (out->status == 401 && w->token.n && !tries) {
			w->token = (str){ 0 };
			continue;
		}
		if (!is_to_be_tried_again(out->status) ||
			tries + 1 >= w->recipe->tries)
			break;
		pause_ms = pause_of(w, tries);
		if (pause_ms > w->timeout_ms) {
			too_long(pause_ms, e);
			return in_request(q, e);
		}
		sleep_ms(pause_ms);
	}
	if ((out->status >= 200 && out->status <= 299) || out->status == 404 ||
		out->status == 410)
		return 0;
	return wire_refused(q, out, e);
}

static const struct {
	long from, to;
	enum err_code code;
	const char *text;
} statuses[] = {
#define STATUS(from, to, code, text) { from, to, ERR_##code, text },
#include "connect/http/tbl/statuses.h"
};

int wire_refused(const struct wire_request *q, const struct wire_answer *an,
	struct err *e)
{
	size_t i = 0;

	while (an->status < statuses[i].from || an->status > statuses[i].to)
		i++;
	err_set(e, statuses[i].code, "%s (%ld)", statuses[i].text, an->status);
	if (an->status >= 400 && an->status < 500 && an->status != 429)
		err_hint(e, "compare the recipe with what the service says of "
			    "this request, and what the secret allows");
	return in_request(q, e);
}

/* --- opening --- */

static void wire_end(void *ctx)
{
	struct wire *w = ctx;

	curl_easy_cleanup(w->curl);
	arena_free(w->token_arena);
}

int wire_open(struct arena *a, const struct recipe *r,
	const char *credentials_dir, int timeout_ms, struct wire **out,
	struct err *e)
{
	struct wire *w = arena_one(a, struct wire);

	*w = (struct wire){ .arena = a, .recipe = r, .timeout_ms = timeout_ms };
	w->pace.per_second = r->per_second;
	if (r->secret.n &&
		secret_read(a, credentials_dir, r->secret, &w->secret, e) < 0)
		return -1;
	if (!str_is_text(w->secret) || str_has(w->secret, '\n') ||
		str_has(w->secret, '\r'))
		return err_set(e, ERR_INVALID,
			"the secret \"%.*s\" is not one line of text",
			STR_ARG(r->secret));
	w->curl = curl_easy_init();
	must(w->curl);
	w->token_arena = arena_new(8 * TOKEN_MAX);
	arena_defer(a, wire_end, w);
	*out = w;
	return 0;
}

void wire_share(struct wire *w, struct pace_board *b, str system)
{
	pace_share(&w->pace, b, system);
}

/* --- the next page --- */

static bool is_same_part(CURLU *a, CURLU *b, CURLUPart part)
{
	char *x = NULL, *y = NULL;
	bool same = !curl_url_get(a, part, &x, CURLU_DEFAULT_PORT) &&
		    !curl_url_get(b, part, &y, CURLU_DEFAULT_PORT) &&
		    str_eq_nocase(str_of(x), str_of(y));

	curl_free(x);
	curl_free(y);
	return same;
}

static bool is_same_origin(CURLU *a, CURLU *b)
{
	char *user = NULL;
	bool has_user = !curl_url_get(b, CURLUPART_USER, &user, 0);

	curl_free(user);
	return !has_user && is_same_part(a, b, CURLUPART_SCHEME) &&
	       is_same_part(a, b, CURLUPART_HOST) &&
	       is_same_part(a, b, CURLUPART_PORT);
}

int wire_next(struct arena *a, const struct recipe *r, str here, str next,
	str *out, struct err *e)
{
	CURLU *base = curl_url(), *url = curl_url();
	char *text = NULL;
	bool ok;

	must(base && url);
	ok = !str_has(next, '\0') &&
	     !curl_url_set(base, CURLUPART_URL, arena_cstr(a, r->url), 0) &&
	     !curl_url_set(url, CURLUPART_URL, arena_cstr(a, here), 0) &&
	     !curl_url_set(url, CURLUPART_URL, arena_cstr(a, next), 0) &&
	     is_same_origin(base, url) &&
	     !curl_url_get(url, CURLUPART_URL, &text, 0);
	if (ok)
		*out = arena_dup(a, str_of(text));
	curl_free(text);
	curl_url_cleanup(base);
	curl_url_cleanup(url);
	if (ok)
		return 0;
	return err_set(e, ERR_DENIED,
		"the service hands over a next page that is not of its own "
		"host");
}
