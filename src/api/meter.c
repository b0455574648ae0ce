/*
 * Token buckets.  A level counts calls times 60,000, so that what a millisecond
 * adds (per_minute) is a whole number and nothing is lost to rounding.
 */
#include "api/meter.h"

#include <pthread.h>

#include "base/base.h"

enum { CALL = 60000 };

struct bucket {
	int64_t key_id; /* 0: free */
	int64_t level;
	int64_t at_ms;
};

struct meter {
	pthread_mutex_t lock; /* everything below */
	struct bucket bucket[METER_KEYS];
};

static void destroy(void *m)
{
	pthread_mutex_destroy(&((struct meter *)m)->lock);
}

struct meter *meter_new(struct arena *a)
{
	struct meter *m = arena_one(a, struct meter);

	must(!pthread_mutex_init(&m->lock, NULL));
	arena_defer(a, destroy, m);
	return m;
}

/* The key's bucket, or the one that is free or idle longest. */
static struct bucket *bucket_of(struct meter *m, int64_t key_id)
{
	struct bucket *idle = &m->bucket[0];

	for (size_t i = 0; i < METER_KEYS; i++) {
		struct bucket *b = &m->bucket[i];

		if (b->key_id == key_id)
			return b;
		if (!b->key_id || (idle->key_id && b->at_ms < idle->at_ms))
			idle = b;
		if (!b->key_id)
			break;
	}
	return idle;
}

static int64_t up(int64_t n, int64_t per)
{
	return (n + per - 1) / per;
}

static struct meter_reading take(
	struct meter *m, int64_t key_id, int64_t per_minute, int64_t now_ms)
{
	struct bucket *b = bucket_of(m, key_id);
	int64_t full = per_minute * CALL;
	int64_t passed = now_ms - b->at_ms;
	struct meter_reading r = { .is_ok = true };

	if (b->key_id != key_id || passed >= CALL)
		b->level = full;
	else
		b->level += passed * per_minute;
	if (b->level > full)
		b->level = full;
	b->key_id = key_id;
	b->at_ms = now_ms;
	r.is_ok = b->level >= CALL;
	if (r.is_ok)
		b->level -= CALL;
	else
		r.wait_s = up(up(CALL - b->level, per_minute), 1000);
	r.left = b->level / CALL;
	r.reset_s = up(up(full - b->level, per_minute), 1000);
	return r;
}

struct meter_reading meter_take(
	struct meter *m, int64_t key_id, int64_t per_minute, int64_t now_ms)
{
	struct meter_reading r;

	must(key_id && per_minute > 0 && per_minute <= METER_MOST);
	pthread_mutex_lock(&m->lock);
	r = take(m, key_id, per_minute, now_ms);
	pthread_mutex_unlock(&m->lock);
	return r;
}
