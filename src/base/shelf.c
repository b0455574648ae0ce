/*
 * A place is a pointer that is taken by exchanging it for NULL, in a cache line
 * of its own: two threads that each have a thing of their own share no line that
 * is written.  Who used a place last is only a hint, and may be wrong.
 *
 * The exchanges are sequentially consistent: store/pool.c sleeps between them.
 */
#include "base/shelf.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/base.h"

enum { LINE_SIZE = 64 };

union place {
	struct {
		_Atomic(void *) thing;
		_Atomic pthread_t last;
	} of;
	char line[LINE_SIZE];
};

struct shelf {
	size_t n;
	union place *at;
};

struct shelf *shelf_new(struct arena *a, size_t n)
{
	struct shelf *s = arena_one(a, struct shelf);

	must(n && n <= SHELF_MAX);
	s->n = n;
	s->at = arena_many(a, union place, n);
	return s;
}

static bool is_mine(union place *p)
{
	return pthread_equal(
		atomic_load_explicit(&p->of.last, memory_order_relaxed),
		pthread_self());
}

static void *take(union place *p)
{
	/* Looked at first: an exchange takes the line from whoever has it. */
	return atomic_load(&p->of.thing) ? atomic_exchange(&p->of.thing, NULL)
					 : NULL;
}

void *shelf_take(struct shelf *s)
{
	void *thing = NULL;

	for (size_t i = 0; !thing && i < s->n; i++)
		if (is_mine(&s->at[i]))
			thing = take(&s->at[i]);
	for (size_t i = 0; !thing && i < s->n; i++)
		thing = take(&s->at[i]);
	return thing;
}

static bool put(union place *p, void *thing)
{
	void *none = NULL;

	if (atomic_load(&p->of.thing) ||
		!atomic_compare_exchange_strong(&p->of.thing, &none, thing))
		return false;
	if (!is_mine(p))
		atomic_store_explicit(
			&p->of.last, pthread_self(), memory_order_relaxed);
	return true;
}

bool shelf_put(struct shelf *s, void *thing)
{
	must(thing);
	for (size_t i = 0; i < s->n; i++)
		if (is_mine(&s->at[i]) && put(&s->at[i], thing))
			return true;
	for (size_t i = 0; i < s->n; i++)
		if (put(&s->at[i], thing))
			return true;
	return false;
}
