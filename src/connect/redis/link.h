#ifndef CONNECT_REDIS_LINK_H
#define CONNECT_REDIS_LINK_H

#include <hiredis/hiredis.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "connect/url.h"

/*
 * One connection to Redis.  Connecting, and each answer that is waited for, has
 * its time.  After a failure that leaves the conversation in the middle the
 * connection is dropped, and every later call is ERR_UNAVAILABLE.  The server's
 * error texts may carry values: only their first word is looked at.
 */
struct redis_link {
	redisContext *c; /* NULL: dropped */
};

int redis_link_open(struct redis_link *l, const struct conn_url *u,
	int timeout_ms, struct err *e);
void redis_link_drop(struct redis_link *l);

/* Words of commands go out together, REDIS_AT_ONCE of them at most; then as many
 * answers are to be taken. */
enum { REDIS_AT_ONCE = 200, REDIS_WORDS_MAX = 512 };
void redis_link_send(struct redis_link *l, const str *words, size_t n);

/* reply is valid during the call, and no error; -1 with *e set. */
typedef int redis_fn(
	void *ctx, size_t i, const redisReply *reply, struct err *e);

/* After -1 what was still to come has been passed over.  fn may be NULL. */
int redis_link_take(struct redis_link *l, size_t n, redis_fn *fn, void *ctx,
	const char *what, struct err *e);

/* One command of C words, with an answer that matters as little. */
int redis_link_say(struct redis_link *l, const char *word, const char *what,
	struct err *e);

/* Ends a transaction without doing it, and all watching. */
void redis_link_give_up(struct redis_link *l);

/* What an error in an answer inside of another one means. */
int redis_refused(const redisReply *r, const char *what, struct err *e);

#endif
