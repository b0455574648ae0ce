/*
 * Systems that are Redis servers: a table is the hashes whose keys follow a
 * pattern, a column a field or a part of the key.
 *
 * Redis has no read-only connection and no roll-back.  What is opened to be read
 * sends no command that writes, and a transaction is sent when it is known that
 * it will succeed (erase.c).
 */
#include <hiredis/sds.h>
#include <string.h>

#include "base/base.h"
#include "connect/redis/session.h"
#include "connect/secret.h"
#include "connect/statement.h"

static void redis_close(struct conn *conn)
{
	redis_link_drop(&redis_own(conn)->link);
}

static int check_encryption(const struct conn_url *u, struct err *e)
{
	if (!conn_url_wants_tls(u))
		return 0;
	err_set(e, ERR_INVALID,
		"the connection to Redis would not be encrypted");
	return err_hint(e,
		"keep it on this machine or in a tunnel; \"?tls=off\" in the "
		"URL sends everything in the clear");
}

static int redis_open(struct arena *a, const struct map *m,
	const struct map_system *s, const struct conn_options *o,
	struct conn **out, struct err *e)
{
	static const char *const schemes[] = { "redis", NULL };
	static const struct url_form form = { schemes, false, false,
		"redis://USER:PASSWORD@HOST:PORT/NUMBER" };
	struct redis_conn *c = arena_one(a, struct redis_conn);
	struct conn_url u;
	str url = str_of(o->url);

	(void)m;
	c->mode = o->mode;
	c->head.timeout_ms = o->timeout_ms;
	if (!o->url &&
		secret_read(a, o->credentials_dir, s->database, &url, e) < 0)
		return -1;
	if (conn_url_read(a, url, &form, &u, e) < 0 ||
		check_encryption(&u, e) < 0 ||
		redis_link_open(&c->link, &u, c->head.timeout_ms, e) < 0)
		return -1;
	*out = &c->head;
	return 0;
}

/* A command as it is typed: words, in quotes where they need them. */
static int send_line(struct redis_conn *c, const char *line, struct err *e)
{
	str words[REDIS_WORDS_MAX];
	int n;
	sds *typed = sdssplitargs(line, &n);

	if (!typed || n < 1 || n > REDIS_WORDS_MAX) {
		sdsfreesplitres(typed, n);
		return err_set(e, ERR_INVALID, "no command for Redis");
	}
	for (int i = 0; i < n; i++)
		words[i] = (str){ typed[i], sdslen(typed[i]) };
	redis_link_send(&c->link, words, (size_t)n);
	sdsfreesplitres(typed, n);
	return redis_link_take(
		&c->link, 1, NULL, NULL, "a command of a script", e);
}

static int redis_script(struct conn *conn, str rest, struct err *e)
{
	struct redis_conn *c = redis_own(conn);
	struct arena *a;
	const char *line;
	int rc;

	if (redis_may_write(c, e) < 0)
		return -1;
	a = arena_new(REDIS_SCRATCH_MAX);
	rc = redis_link_say(&c->link, "multi", "a script", e);
	while (!rc && (line = statement_next(a, &rest)))
		rc = send_line(c, line, e);
	if (!rc)
		rc = redis_link_say(&c->link, "exec", "a script", e);
	if (rc)
		redis_link_give_up(&c->link);
	arena_free(a);
	return rc;
}

const struct connector connector_redis = {
	.open = redis_open,
	.rows = redis_rows,
	.erase = redis_erase,
	.insert = redis_insert,
	.script = redis_script,
	.close = redis_close,
	.describe = redis_describe,
	.plan = redis_plan,
};
