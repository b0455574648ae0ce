#include "desk/queue_cache.h"

#include <pthread.h>
#include <stdlib.h>

#include "desk/limit.h"
#include "store/sql.h"

struct held {
	struct queue_snapshot snapshot; /* first: what readers hold */
	struct arena *arena;
	int64_t seq;
	int readers;
	bool is_old; /* not in the cache any more */
};

struct queue_cache {
	/* Held while a view is loaded, too: those who wait want the same. */
	pthread_mutex_t lock;
	struct held *view[QUEUE_VIEWS];
};

struct queue_cache *queue_cache_new(void)
{
	struct queue_cache *c = calloc(1, sizeof *c);

	must(c);
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

static void held_free(struct held *h)
{
	if (!h)
		return;
	arena_free(h->arena);
	free(h);
}

void queue_cache_free(struct queue_cache *c)
{
	for (int i = 0; i < QUEUE_VIEWS; i++)
		held_free(c->view[i]);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static struct held *load(
	struct desk *d, enum queue_view view, int64_t seq, struct err *e)
{
	struct held *h = calloc(1, sizeof *h);
	struct desk own = *d;

	must(h);
	h->arena = arena_new(LIMIT_REQUEST_ARENA);
	h->seq = seq;
	own.arena = h->arena;
	if (!queue_load(&own, view, STR(""), &h->snapshot.queue, e))
		return h;
	held_free(h);
	return NULL;
}

static void drop(struct queue_cache *c, enum queue_view view)
{
	struct held *h = c->view[view];

	c->view[view] = NULL;
	if (!h)
		return;
	h->is_old = true;
	if (!h->readers)
		held_free(h);
}

/* The number is read before the rows: what is stored in between makes the next
 * reader load again, and is never missed. */
int queue_take(struct desk *d, struct queue_cache *c, enum queue_view view,
	const struct queue_snapshot **out, struct err *e)
{
	struct sql_audit_end_row end;
	struct held *h;

	if (desk_need(d, PERM_SEE_QUEUE, e) ||
		sql_audit_end(d->db, d->arena, &end, e) < 0)
		return -1;
	pthread_mutex_lock(&c->lock);
	h = c->view[view];
	if (!h || h->seq != end.seq ||
		date_cmp(h->snapshot.queue.today, desk_today(d))) {
		drop(c, view);
		h = c->view[view] = load(d, view, end.seq, e);
	}
	if (h)
		h->readers++;
	pthread_mutex_unlock(&c->lock);
	*out = h ? &h->snapshot : NULL;
	return h ? 0 : -1;
}

void queue_give(struct queue_cache *c, const struct queue_snapshot *s)
{
	struct held *h = NULL;

	pthread_mutex_lock(&c->lock);
	/* The snapshot is the head of what is held. */
	h = (struct held *)(uintptr_t)s;
	if (!--h->readers && h->is_old)
		held_free(h);
	pthread_mutex_unlock(&c->lock);
}
