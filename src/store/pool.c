/*
 * The connections that are free lie on a shelf, where a thread finds the one it
 * had last, whose caches are warm, without a lock.  Only when all are taken is
 * there a lock, to sleep on.
 *
 * What must stay true: who waits has said so before it looks a last time, and
 * who gives looks for waiters after the connection lies there.  So one of the
 * two sees the other.
 */
#include "store/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/base.h"
#include "base/shelf.h"

struct pool {
	struct arena *arena;
	struct shelf *free;
	int n; /* opened */
	atomic_bool is_lost;
	atomic_int waiting;
	pthread_mutex_t lock; /* only to wait */
	pthread_cond_t given;
};

enum { POOL_ARENA = 16384 };
_Static_assert((int)POOL_MAX <= (int)SHELF_MAX, "all lie on one shelf");

static struct pool *pool_new(size_t n)
{
	struct arena *a = arena_new(POOL_ARENA);
	struct pool *p = arena_one(a, struct pool);
	pthread_condattr_t attr;

	p->arena = a;
	p->free = shelf_new(a, n);
	must(!pthread_mutex_init(&p->lock, NULL));
	must(!pthread_condattr_init(&attr));
	must(!pthread_condattr_setclock(&attr, CLOCK_MONOTONIC));
	must(!pthread_cond_init(&p->given, &attr));
	pthread_condattr_destroy(&attr);
	return p;
}

int pool_open(struct pool **out, const char *url, const struct db_opts *opts,
	int n, struct err *e)
{
	struct pool *p;
	struct db *db;

	must(n > 0 && n <= POOL_MAX);
	p = pool_new((size_t)n);
	*out = NULL;
	for (; p->n < n; p->n++) {
		if (db_open(&db, url, opts, e)) {
			pool_close(p);
			return -1;
		}
		must(shelf_put(p->free, db));
	}
	*out = p;
	return 0;
}

void pool_close(struct pool *p)
{
	struct db *db;

	if (!p)
		return;
	for (; (db = shelf_take(p->free)); p->n--)
		db_close(db);
	must(!p->n);
	pthread_cond_destroy(&p->given);
	pthread_mutex_destroy(&p->lock);
	arena_free(p->arena);
}

static struct timespec from_now(int ms)
{
	struct timespec t;

	must(!clock_gettime(CLOCK_MONOTONIC, &t));
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

static struct db *wait_for_one(struct pool *p, int timeout_ms)
{
	struct timespec until = from_now(timeout_ms);
	struct db *db;
	int rc = 0;

	pthread_mutex_lock(&p->lock);
	atomic_fetch_add(&p->waiting, 1);
	while (!(db = shelf_take(p->free)) && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&p->given, &p->lock, &until);
	atomic_fetch_sub(&p->waiting, 1);
	pthread_mutex_unlock(&p->lock);
	return db;
}

struct db *pool_take(struct pool *p, int timeout_ms, struct err *e)
{
	struct db *db = shelf_take(p->free);

	if (!db)
		db = wait_for_one(p, timeout_ms);
	if (!db)
		err_set(e, ERR_UNAVAILABLE,
			"all %d connections to the database are busy", p->n);
	return db;
}

void pool_give(struct pool *p, struct db *db)
{
	must(!db_in_transaction(db));
	if (db_is_lost(db))
		atomic_store(&p->is_lost, true);
	must(shelf_put(p->free, db));
	if (!atomic_load(&p->waiting))
		return;
	pthread_mutex_lock(&p->lock);
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}

bool pool_is_lost(struct pool *p)
{
	return atomic_load(&p->is_lost);
}
