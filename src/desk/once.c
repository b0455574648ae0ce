/*
 * The reservation comes first: whoever inserts the key's row runs, a second one
 * waits at the row (PostgreSQL) or at the door (SQLite has one writer), and then
 * finds the answer, or nothing when the first has failed.
 *
 * Key and request are kept as keyed hashes: both may hold what identifies a
 * person.
 */
#include "desk/once.h"

#include "desk/keys.h"
#include "desk/limit.h"
#include "ident/sha256.h"
#include "store/sql.h"

static str hash_key(struct desk *d, const struct once *o)
{
	str text = arena_fmt(d->arena, "%.*s\n%.*s", STR_ARG(desk_actor(d)),
		STR_ARG(o->key));

	return keys_hash(d->arena, d->keys, "once key", text);
}

/* A megabyte is hashed before it is keyed. */
static str hash_request(struct desk *d, const struct once *o)
{
	uint8_t digest[SHA256_SIZE];

	sha256(o->request, digest);
	return keys_hash(d->arena, d->keys, "once request",
		(str){ (const char *)digest, sizeof digest });
}

static int replay(struct desk *d, struct once *o,
	const struct sql_once_begin_in *in, struct err *e)
{
	struct sql_once_of_row row;
	int rc = sql_once_of(d->db, d->arena,
		&(struct sql_once_of_in){ in->key_hash }, &row, e);

	if (rc < 0)
		return -1;
	if (!rc) { /* its time was up, and another call has just dropped it */
		err_set(e, ERR_CONFLICT,
			"the answer to this Idempotency-Key is kept no longer");
		return err_hint(e, "take a new key for each request");
	}
	if (!str_eq(row.request_hash, in->request_hash)) {
		err_set(e, ERR_INVALID,
			"this Idempotency-Key was used for another request");
		return err_hint(e, "take a new key for each request");
	}
	o->answer = row.answer;
	o->is_replayed = true;
	return 0;
}

static int run(struct desk *d, void *ctx, struct err *e)
{
	struct once *o = ctx;
	struct sql_once_begin_in in = {
		.key_hash = hash_key(d, o),
		.request_hash = hash_request(d, o),
		.at = desk_now(d),
	};
	struct sql_once_purge_in old = {
		.before = in.at - LIMIT_ONCE_HOURS * 3600000LL,
	};
	struct sql_once_end_in end = { .key_hash = in.key_hash };
	int64_t begun;

	o->is_replayed = false;
	if (sql_once_purge(d->db, &old, e) < 0)
		return -1;
	begun = sql_once_begin(d->db, &in, e);
	if (begun <= 0)
		return begun < 0 ? -1 : replay(d, o, &in, e);
	if (o->fn(d, o->ctx, &o->answer, e))
		return -1;
	end.answer = o->answer;
	return sql_once_end(d->db, &end, e) < 0 ? -1 : 0;
}

int once_run(struct desk *d, struct once *o, struct err *e)
{
	o->is_replayed = false;
	if (!o->key.n)
		return o->fn(d, o->ctx, &o->answer, e);
	return desk_write(d, run, o, e);
}
