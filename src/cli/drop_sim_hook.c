/*
 * Webhooks of the simulated platform: a queue, and a thread that signs and
 * sends, so that no answer waits for whoever listens.
 */
#include <curl/curl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/enc.h"
#include "base/json.h"
#include "cli/drop_sim.h"
#include "drop/webhook.h"

enum { TRIES = 3, PAUSE_MS = 300, SEND_MS = 5000, BODY_MAX = 65536 };

struct event {
	struct event *next;
	struct arena *arena;
	const char *type;
	str id;
	str body;
};

struct sim_hook {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct event *first, **last;
	bool is_ending;
	const char *url;
	str secret;
};

static size_t ignore(char *in, size_t size, size_t n, void *ctx)
{
	(void)in;
	(void)ctx;
	return size * n;
}

static struct curl_slist *headers_of(
	const struct sim_hook *h, const struct event *v, struct arena *a)
{
	uint8_t sign[DROP_SIGNATURE_SIZE];
	str at = arena_fmt(a, "%" PRId64, clock_now_ms(NULL) / 1000);
	struct curl_slist *list = NULL;
	str line[7];

	drop_webhook_sign(h->secret, at, v->body, sign);
	line[0] = STR("Content-Type: application/json");
	line[1] = arena_fmt(a, "X-Webhook-Event-Id: %.*s", STR_ARG(v->id));
	line[2] = arena_fmt(a, "X-Webhook-Event-Type: %s", v->type);
	line[3] = arena_fmt(
		a, "X-Webhook-Delivery-Id: %.*s", STR_ARG(rand_token(a, 12)));
	line[4] = arena_fmt(a, "X-Webhook-Timestamp: %.*s", STR_ARG(at));
	line[5] = STR("X-Webhook-Version: 1");
	line[6] = arena_fmt(a, "X-Webhook-Signature: sha256=%.*s",
		STR_ARG(hex_of(a, sign, sizeof sign)));
	for (size_t i = 0; i < COUNTOF(line); i++)
		list = curl_slist_append(list, arena_cstr(a, line[i]));
	must(list);
	return list;
}

static bool send_once(const struct sim_hook *h, const struct event *v)
{
	struct arena *a = arena_new(1 << 16);
	struct curl_slist *list = headers_of(h, v, a);
	CURL *c = curl_easy_init();
	CURLcode rc = CURLE_OK;
	long status = 0;

	must(c);
	rc |= curl_easy_setopt(c, CURLOPT_URL, h->url);
	rc |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	rc |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	rc |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)SEND_MS);
	rc |= curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
	rc |= curl_easy_setopt(c, CURLOPT_POSTFIELDS, v->body.p);
	rc |= curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)v->body.n);
	rc |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, ignore);
	must(rc == CURLE_OK);
	rc = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_cleanup(c);
	curl_slist_free_all(list);
	arena_free(a);
	return rc == CURLE_OK && status >= 200 && status < 300;
}

static void send_event(const struct sim_hook *h, const struct event *v)
{
	for (int i = 0; i < TRIES && !send_once(h, v); i++)
		nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L },
			NULL);
}

/* NULL: it is over. */
static struct event *take_event(struct sim_hook *h)
{
	struct event *v;

	pthread_mutex_lock(&h->lock);
	while (!h->first && !h->is_ending)
		pthread_cond_wait(&h->changed, &h->lock);
	v = h->first;
	if (v) {
		h->first = v->next;
		if (!h->first)
			h->last = &h->first;
	}
	pthread_mutex_unlock(&h->lock);
	return v;
}

static void *run(void *ctx)
{
	struct sim_hook *h = ctx;
	struct event *v;

	while ((v = take_event(h))) {
		send_event(h, v);
		arena_free(v->arena);
	}
	return NULL;
}

void sim_hook_send(struct sim_hook *h, const char *type, str data)
{
	struct arena *a;
	struct event *v;
	struct buf b;

	if (!h)
		return;
	a = arena_new(4 * BODY_MAX);
	v = arena_one(a, struct event);
	b = buf_in(a, BODY_MAX);
	v->arena = a;
	v->type = type;
	v->id = rand_token(a, 12);
	buf_fmt(&b, "{\"id\":\"%.*s\",\"type\":\"%s\",\"data\":%.*s}",
		STR_ARG(v->id), type, STR_ARG(data));
	v->body = buf_str(&b);
	pthread_mutex_lock(&h->lock);
	*h->last = v;
	h->last = &v->next;
	pthread_cond_signal(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

int sim_hook_start(
	struct sim_hook **out, const char *url, str secret, struct err *e)
{
	struct sim_hook *h = calloc(1, sizeof *h);

	must(h && !pthread_mutex_init(&h->lock, NULL) &&
		!pthread_cond_init(&h->changed, NULL));
	h->last = &h->first;
	h->url = url;
	h->secret = secret;
	if (pthread_create(&h->thread, NULL, run, h)) {
		free(h);
		return err_set(e, ERR_UNAVAILABLE, "no thread for webhooks");
	}
	*out = h;
	return 0;
}

void sim_hook_stop(struct sim_hook *h)
{
	if (!h)
		return;
	pthread_mutex_lock(&h->lock);
	h->is_ending = true;
	pthread_cond_signal(&h->changed);
	pthread_mutex_unlock(&h->lock);
	pthread_join(h->thread, NULL);
	free(h);
}
