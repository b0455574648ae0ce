/* Who takes the next part sorts it, waits for those before it, and lays it. */
#include "index/layout.h"

#include <pthread.h>

#include "base/base.h"

struct layout {
	const struct layout_plan *plan;
	struct lines *lines;
	pthread_mutex_t lock;
	pthread_cond_t has_laid;
	size_t taken; /* parts that somebody has */
	size_t laid;
};

struct layer {
	struct layout *layout;
	pthread_t thread;
	bool is_started;
	struct part part;
};

static bool take_part(struct layout *y, size_t *i)
{
	pthread_mutex_lock(&y->lock);
	*i = y->taken;
	if (y->taken < PARTS)
		y->taken++;
	pthread_mutex_unlock(&y->lock);
	return *i < PARTS;
}

static void await_turn(struct layout *y, size_t i)
{
	pthread_mutex_lock(&y->lock);
	while (y->laid < i)
		pthread_cond_wait(&y->has_laid, &y->lock);
	pthread_mutex_unlock(&y->lock);
}

static void end_turn(struct layout *y)
{
	pthread_mutex_lock(&y->lock);
	y->laid++;
	pthread_cond_broadcast(&y->has_laid);
	pthread_mutex_unlock(&y->lock);
}

/* The first and the last line can be shared with the parts beside. */
static void lay_part(const struct part *p, struct lines *l, uint32_t reasons)
{
	for (size_t i = 0; i < p->lines; i++) {
		const uint64_t *tag = p->tag + p->start[i];
		size_t n = p->start[i + 1] - p->start[i];

		if (i > 0 && i + 1 < p->lines)
			lines_put(l, p->first + i, tag, n, reasons);
		else
			lines_add_many(l, p->first + i, tag, n, reasons);
	}
}

static void *lay_parts(void *arg)
{
	struct layer *r = arg;
	struct layout *y = r->layout;
	size_t i;

	while (take_part(y, &i)) {
		part_sort(&r->part, i, y->plan->part[i]);
		part_runs_free(&y->plan->part[i]);
		await_turn(y, i);
		lay_part(&r->part, y->lines, y->plan->reasons);
		end_turn(y);
	}
	return NULL;
}

void layout_run(
	const struct layout_plan *plan, struct arena *a, struct lines *l)
{
	struct layout y = { .plan = plan, .lines = l };
	struct layer *r = arena_many(a, struct layer, plan->threads);

	pthread_mutex_init(&y.lock, NULL);
	pthread_cond_init(&y.has_laid, NULL);
	for (size_t i = 0; i < plan->threads; i++) {
		r[i].layout = &y;
		part_init(&r[i].part, a, l->home, plan->part_max);
		if (i > 0)
			r[i].is_started = !pthread_create(
				&r[i].thread, NULL, lay_parts, &r[i]);
	}
	lay_parts(&r[0]);
	for (size_t i = 0; i < plan->threads; i++)
		if (r[i].is_started)
			pthread_join(r[i].thread, NULL);
	pthread_cond_destroy(&y.has_laid);
	pthread_mutex_destroy(&y.lock);
}
