/*
 * The queue is a list of what callers own.  What must stay true: each is told
 * once, with its own end, and only after the commit; they are written in the
 * order they came.
 *
 * Callers that were just told mostly come again at once.  A writer that went on
 * with those who came meanwhile would have two halves take turns, and each wait for
 * the other's flush; so it waits a little for as many as it had.
 */
#include "desk/signals_group.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "desk/limit.h"
#include "store/db.h"

enum { CALLS_MAX = 1000, GATHER_SHARE = 4, GATHER_NS_MAX = 2000000 };

struct signals_group {
	struct desk desk; /* the writer's */
	pthread_t writer;
	atomic_bool is_lost;
	pthread_mutex_t lock; /* everything below */
	pthread_cond_t left;
	struct signals *first;
	struct signals **last;
	size_t calls;   /* in the list */
	size_t waiting; /* identifiers in them */
	size_t wanted;  /* calls: then the writer is woken */
	bool is_ending;
};

/* The transaction before. */
struct last {
	size_t calls;
	int64_t took_ns;
};

static struct timespec after(int64_t ns)
{
	struct timespec t;

	must(!clock_gettime(CLOCK_MONOTONIC, &t));
	ns += t.tv_nsec;
	t.tv_sec += ns / 1000000000;
	t.tv_nsec = ns % 1000000000;
	return t;
}

/* At most for a part of what the last transaction took. */
static void gather(struct signals_group *g, const struct last *last)
{
	int64_t ns = last->took_ns / GATHER_SHARE;
	struct timespec until = after(ns < GATHER_NS_MAX ? ns : GATHER_NS_MAX);
	int rc = 0;

	g->wanted = last->calls;
	while (g->calls < g->wanted && !g->is_ending && !rc)
		rc = pthread_cond_timedwait(&g->left, &g->lock, &until);
	g->wanted = 1;
}

/* The next to be written together, at least one. */
static size_t take(
	struct signals_group *g, const struct last *last, struct signals **out)
{
	size_t n = 0, identifiers = 0;

	pthread_mutex_lock(&g->lock);
	while (!g->first && !g->is_ending)
		pthread_cond_wait(&g->left, &g->lock);
	gather(g, last);
	while (g->first && n < CALLS_MAX) {
		struct signals *s = g->first;

		if (n && identifiers + s->n > LIMIT_SIGNALS_GROUP)
			break;
		identifiers += s->n;
		out[n++] = s;
		g->first = s->next;
	}
	if (!g->first)
		g->last = &g->first;
	g->calls -= n;
	g->waiting -= identifiers;
	pthread_mutex_unlock(&g->lock);
	return n;
}

static void *write_all(void *ctx)
{
	struct signals_group *g = ctx;
	struct signals *s[CALLS_MAX];
	struct last last = { 0 };

	while ((last.calls = take(g, &last, s))) {
		int64_t at_ns = clock_mono_ns();

		signals_put_many(&g->desk, s, last.calls);
		last.took_ns = clock_mono_ns() - at_ns;
		arena_clear(g->desk.arena);
		g->is_lost = db_is_lost(g->desk.db);
		for (size_t i = 0; i < last.calls; i++)
			s[i]->told(s[i]->ctx);
	}
	return NULL;
}

struct signals_group *signals_group_start(const struct desk *d)
{
	struct signals_group *g = calloc(1, sizeof *g);
	pthread_condattr_t attr;

	must(g);
	g->desk = *d;
	g->last = &g->first;
	g->wanted = 1;
	must(!pthread_mutex_init(&g->lock, NULL));
	must(!pthread_condattr_init(&attr));
	must(!pthread_condattr_setclock(&attr, CLOCK_MONOTONIC));
	must(!pthread_cond_init(&g->left, &attr));
	pthread_condattr_destroy(&attr);
	must(!pthread_create(&g->writer, NULL, write_all, g));
	return g;
}

void signals_group_stop(struct signals_group *g)
{
	pthread_mutex_lock(&g->lock);
	g->is_ending = true;
	pthread_cond_signal(&g->left);
	pthread_mutex_unlock(&g->lock);
	must(!pthread_join(g->writer, NULL));
	must(!g->first);
	pthread_cond_destroy(&g->left);
	pthread_mutex_destroy(&g->lock);
	free(g);
}

static int refuse(struct err *e)
{
	err_set(e, ERR_UNAVAILABLE,
		"more signals are waiting to be stored than this machine can "
		"hold");
	return err_hint(e, "try again in a moment");
}

void signals_send(struct signals_group *g, struct signals *s)
{
	bool is_full;

	s->next = NULL;
	pthread_mutex_lock(&g->lock);
	is_full = g->waiting + s->n > LIMIT_SIGNALS_WAITING;
	if (!is_full) {
		g->waiting += s->n;
		*g->last = s;
		g->last = &s->next;
		if (++g->calls >= g->wanted)
			pthread_cond_signal(&g->left);
	}
	pthread_mutex_unlock(&g->lock);
	if (!is_full)
		return;
	s->rc = refuse(&s->e);
	s->told(s->ctx);
}

bool signals_group_is_lost(const struct signals_group *g)
{
	return g->is_lost;
}
