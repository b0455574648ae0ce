/* The conversation with Redis: commands as words with their lengths, so that a
 * value is never part of one. */
#include "connect/redis/link.h"

#include <string.h>
#include <sys/time.h>

#include "base/base.h"
#include "connect/limit.h"
#include "connect/sigpipe.h"

enum { USUAL_PORT = 6379 };

struct refusal {
	const char *word;
	enum err_code code;
	const char *text;
};

static const struct refusal refusals[] = {
#define REFUSAL(word, CODE, text) { word, ERR_##CODE, text },
#include "connect/redis/tbl/refusals.h"
};

void redis_link_drop(struct redis_link *l)
{
	if (l->c)
		redisFree(l->c);
	l->c = NULL;
}

static int gone(struct redis_link *l, const char *what, struct err *e)
{
	redis_link_drop(l);
	return err_set(
		e, ERR_UNAVAILABLE, "%s: the server did not answer", what);
}

int redis_refused(const redisReply *r, const char *what, struct err *e)
{
	str text = { r->str, (size_t)r->len }, word, rest;

	str_cut(text, ' ', &word, &rest);
	for (size_t i = 0; i < COUNTOF(refusals); i++)
		if (str_eq(word, str_of(refusals[i].word))) {
			err_set(e, refusals[i].code, "%s: %s", what,
				refusals[i].text);
			return err_detail(e, "Redis says %.*s", STR_ARG(word));
		}
	err_set(e, ERR_UNAVAILABLE, "%s: the server did not answer", what);
	return err_detail(e, "Redis says %.*s", STR_ARG(str_head(word, 20)));
}

static int can_not_connect(struct redis_link *l, struct err *e)
{
	redis_link_drop(l);
	err_set(e, ERR_UNAVAILABLE, "can't connect to the server");
	return err_hint(
		e, "is it running, and is the URL in the secret right?");
}

static int sign_in(
	struct redis_link *l, const struct conn_url *u, struct err *e)
{
	str words[] = { STR("auth"), str_of(u->user), str_of(u->password) };
	str db[] = { STR("select"), u->path[0] ? str_of(u->path) : STR("0") };
	size_t n = 0;

	if (u->password[0]) {
		if (!u->user[0])
			words[1] = words[2];
		redis_link_send(l, words, u->user[0] ? 3 : 2);
		n++;
	}
	redis_link_send(l, db, 2);
	if (redis_link_take(l, n + 1, NULL, NULL, "signing in", e) < 0) {
		redis_link_drop(l);
		return -1;
	}
	return 0;
}

int redis_link_open(struct redis_link *l, const struct conn_url *u,
	int timeout_ms, struct err *e)
{
	struct timeval t = { timeout_ms / 1000, timeout_ms % 1000 * 1000 };
	int open_ms = conn_open_ms(timeout_ms);
	struct timeval open = { open_ms / 1000, open_ms % 1000 * 1000 };

	l->c = u->socket ? redisConnectUnixWithTimeout(u->socket, open)
			 : redisConnectWithTimeout(u->host,
				   u->port ? (int)u->port : USUAL_PORT, open);
	if (!l->c || l->c->err || redisSetTimeout(l->c, t) != REDIS_OK)
		return can_not_connect(l, e);
	return sign_in(l, u, e);
}

void redis_link_send(struct redis_link *l, const str *words, size_t n)
{
	const char *at[REDIS_WORDS_MAX];
	size_t sizes[REDIS_WORDS_MAX];

	must(n <= REDIS_WORDS_MAX);
	for (size_t i = 0; i < n; i++) {
		at[i] = words[i].n ? words[i].p : "";
		sizes[i] = words[i].n;
	}
	/* It fails only without memory; the answer is then missing. */
	if (l->c)
		redisAppendCommandArgv(l->c, (int)n, at, sizes);
}

void redis_link_give_up(struct redis_link *l)
{
	struct err ignored = { 0 };
	str unwatch = STR("unwatch"), discard = STR("discard");

	if (!l->c)
		return;
	/* Outside of a transaction the first is an error, and that is fine. */
	redis_link_send(l, &discard, 1);
	redis_link_send(l, &unwatch, 1);
	redis_link_take(l, 2, NULL, NULL, "giving up", &ignored);
}

static int take_one(struct redis_link *l, redisReply **out)
{
	struct sigpipe held;
	void *reply = NULL;
	int rc;

	sigpipe_hold(&held);
	rc = redisGetReply(l->c, &reply);
	sigpipe_release(&held);
	*out = reply;
	return rc == REDIS_OK ? 0 : -1;
}

int redis_link_take(struct redis_link *l, size_t n, redis_fn *fn, void *ctx,
	const char *what, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < n; i++) {
		redisReply *r;

		if (!l->c || take_one(l, &r) < 0)
			return gone(l, what, e);
		if (!rc && r->type == REDIS_REPLY_ERROR)
			rc = redis_refused(r, what, e);
		else if (!rc && fn)
			rc = fn(ctx, i, r, e);
		freeReplyObject(r);
	}
	return rc;
}

int redis_link_say(
	struct redis_link *l, const char *word, const char *what, struct err *e)
{
	str s = str_of(word);

	redis_link_send(l, &s, 1);
	return redis_link_take(l, 1, NULL, NULL, what, e);
}
