/*
 * The queue is a list of what callers own.  What must stay true: each is told
 * once, with its own end, and only after the commit; they are written in the
 * order they came.
 */
#include "desk/signals_group.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "desk/limit.h"
#include "store/db.h"

enum { PACKS_MAX = 1000 };

struct signals_group {
	struct desk desk; /* the writer's */
	pthread_t writer;
	atomic_bool is_lost;
	pthread_mutex_t lock; /* everything below */
	pthread_cond_t left;
	struct signals *first;
	struct signals **last;
	size_t waiting; /* identifiers */
	bool is_ending;
};

/* The next to be written together, at least one. */
static size_t take(struct signals_group *g, struct signals **out)
{
	size_t n = 0, identifiers = 0;

	pthread_mutex_lock(&g->lock);
	while (!g->first && !g->is_ending)
		pthread_cond_wait(&g->left, &g->lock);
	while (g->first && n < PACKS_MAX) {
		struct signals *s = g->first;

		if (n && identifiers + s->n > LIMIT_SIGNALS_GROUP)
			break;
		identifiers += s->n;
		out[n++] = s;
		g->first = s->next;
	}
	if (!g->first)
		g->last = &g->first;
	g->waiting -= identifiers;
	pthread_mutex_unlock(&g->lock);
	return n;
}

static void *write_all(void *ctx)
{
	struct signals_group *g = ctx;
	struct signals *s[PACKS_MAX];
	size_t n;

	while ((n = take(g, s))) {
		signals_put_many(&g->desk, s, n);
		arena_clear(g->desk.arena);
		g->is_lost = db_is_lost(g->desk.db);
		for (size_t i = 0; i < n; i++)
			s[i]->told(s[i]->ctx);
	}
	return NULL;
}

struct signals_group *signals_group_start(const struct desk *d)
{
	struct signals_group *g = calloc(1, sizeof *g);

	must(g);
	g->desk = *d;
	g->last = &g->first;
	must(!pthread_mutex_init(&g->lock, NULL));
	must(!pthread_cond_init(&g->left, NULL));
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
