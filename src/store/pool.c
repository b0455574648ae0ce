/*
 * The connections that are free lie on a stack, so that the last one used, whose
 * caches are warm, is taken first.
 */
#include "store/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/base.h"

struct pool {
	pthread_mutex_t lock; /* everything below */
	pthread_cond_t given;
	struct db *free[POOL_MAX];
	int free_n;
	int n;
	bool is_lost;
};

static struct pool *pool_new(void)
{
	struct pool *p = calloc(1, sizeof *p);
	pthread_condattr_t attr;

	must(p);
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

	must(n > 0 && n <= POOL_MAX);
	p = pool_new();
	*out = NULL;
	for (; p->n < n; p->n = ++p->free_n)
		if (db_open(&p->free[p->free_n], url, opts, e)) {
			pool_close(p);
			return -1;
		}
	*out = p;
	return 0;
}

void pool_close(struct pool *p)
{
	if (!p)
		return;
	must(p->free_n == p->n);
	while (p->free_n)
		db_close(p->free[--p->free_n]);
	pthread_cond_destroy(&p->given);
	pthread_mutex_destroy(&p->lock);
	free(p);
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

struct db *pool_take(struct pool *p, int timeout_ms, struct err *e)
{
	struct timespec until = from_now(timeout_ms);
	struct db *db = NULL;
	int rc = 0;

	pthread_mutex_lock(&p->lock);
	while (!p->free_n && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&p->given, &p->lock, &until);
	if (p->free_n)
		db = p->free[--p->free_n];
	pthread_mutex_unlock(&p->lock);
	if (!db)
		err_set(e, ERR_UNAVAILABLE,
			"all %d connections to the database are busy", p->n);
	return db;
}

void pool_give(struct pool *p, struct db *db)
{
	must(!db_in_transaction(db));
	pthread_mutex_lock(&p->lock);
	must(p->free_n < p->n);
	p->free[p->free_n++] = db;
	p->is_lost = p->is_lost || db_is_lost(db);
	pthread_cond_signal(&p->given);
	pthread_mutex_unlock(&p->lock);
}

bool pool_is_lost(struct pool *p)
{
	bool is_lost;

	pthread_mutex_lock(&p->lock);
	is_lost = p->is_lost;
	pthread_mutex_unlock(&p->lock);
	return is_lost;
}
