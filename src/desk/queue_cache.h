#ifndef DESK_QUEUE_CACHE_H
#define DESK_QUEUE_CACHE_H

#include "desk/queue.h"

/*
 * The queue as it was at the last entry of the audit trail.  Nothing that the
 * queue shows changes without an entry, so the number of the last one, and the
 * day, say whether what was loaded before still holds: a queue that many people
 * keep open costs one look-up a page.
 */
struct queue_cache;

struct queue_cache *queue_cache_new(void);
void queue_cache_free(struct queue_cache *c); /* no reader may be left */

/* A loaded view; the same for everybody who may see the queue. */
struct queue_snapshot {
	struct queue queue;
};

/* Needs PERM_SEE_QUEUE.  To be given back. */
int queue_take(struct desk *d, struct queue_cache *c, enum queue_view view,
	const struct queue_snapshot **out, struct err *e);
void queue_give(struct queue_cache *c, const struct queue_snapshot *s);

#endif
