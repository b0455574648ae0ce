/*
 * Shelves: a thing is in one hand at a time, nothing is lost or doubled however
 * many threads reach for it, and a thread gets back what it had.
 */
#include "base/shelf.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/base.h"
#include "check.h"

static void alone(struct arena *a)
{
	struct shelf *s = shelf_new(a, 2);
	int things[3];

	CHECK(!shelf_take(s), "empty at first");
	CHECK(shelf_put(s, &things[0]) && shelf_put(s, &things[1]), "two fit");
	CHECK(!shelf_put(s, &things[2]), "a third does not");
	CHECK(shelf_take(s) == &things[0], "what is there comes out");
	CHECK(shelf_put(s, &things[2]), "there is a place again");
	CHECK(shelf_take(s) == &things[2] && shelf_take(s) == &things[1],
		"all of it");
	CHECK(!shelf_take(s), "once");
}

static void put_nothing(void *s)
{
	shelf_put(s, NULL);
}

static void promises(struct arena *a)
{
	CHECK_STOPS(put_nothing, shelf_new(a, 1), "nothing is no thing");
}

/* --- its own again --- */

struct visit {
	struct shelf *shelf;
	void *got;
};

static void *take_one(void *ctx)
{
	struct visit *v = ctx;

	v->got = shelf_take(v->shelf);
	if (v->got)
		must(shelf_put(v->shelf, v->got));
	return NULL;
}

static void *in_a_thread(struct shelf *s)
{
	struct visit v = { .shelf = s };
	pthread_t other;

	must(!pthread_create(&other, NULL, take_one, &v));
	must(!pthread_join(other, NULL));
	return v.got;
}

/* The first place would do for both, if nobody looked who had it last. */
static void warm(struct arena *a)
{
	struct shelf *s = shelf_new(a, 2);
	int first, second;

	must(shelf_put(s, &first) && shelf_put(s, &second));
	must(shelf_take(s) == &first);
	CHECK(in_a_thread(s) == &second, "the other one is left");
	must(shelf_put(s, &first));
	for (int i = 0; i < 3; i++) {
		void *mine = shelf_take(s);

		CHECK(mine == &first, "what this thread had");
		CHECK(in_a_thread(s) == &second, "and that one the other");
		must(shelf_put(s, mine));
	}
}

/* --- many hands --- */

enum { HANDS = 6, THINGS = 3, TIMES = 20000 };

struct crowd {
	struct shelf *shelf;
	atomic_int held[THINGS];
	atomic_int doubled;
	atomic_int got;
};

static void *reach(void *ctx)
{
	struct crowd *c = ctx;

	for (int i = 0; i < TIMES; i++) {
		atomic_int *thing = shelf_take(c->shelf);

		if (!thing)
			continue;
		atomic_fetch_add(&c->got, 1);
		if (atomic_fetch_add(thing, 1))
			atomic_fetch_add(&c->doubled, 1);
		atomic_fetch_sub(thing, 1);
		must(shelf_put(c->shelf, thing));
	}
	return NULL;
}

static void crowded(struct arena *a)
{
	struct crowd *c = arena_one(a, struct crowd);
	pthread_t hand[HANDS];
	int left = 0;

	c->shelf = shelf_new(a, THINGS);
	for (size_t i = 0; i < THINGS; i++)
		must(shelf_put(c->shelf, &c->held[i]));
	for (size_t i = 0; i < HANDS; i++)
		must(!pthread_create(&hand[i], NULL, reach, c));
	for (size_t i = 0; i < HANDS; i++)
		must(!pthread_join(hand[i], NULL));
	CHECK(!c->doubled, "in two hands %d times", c->doubled);
	CHECK(c->got > TIMES, "taken %d times", c->got);
	while (shelf_take(c->shelf))
		left++;
	CHECK(left == THINGS, "%d of %d are still there", left, THINGS);
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);

	alone(a);
	promises(a);
	warm(a);
	crowded(a);
	arena_free(a);
	return CHECK_DONE();
}
