/* Rounded up: a system that allows 3 a second gets one each 334 ms. */
#include "connect/pace.h"

#include <sys/mman.h>
#include <time.h>

#include "base/clock.h"

enum { TURNS = 128 }; /* more systems than a map can have */

/* Zeros at first: nobody's turn, at any time. */
struct pace_board {
	struct pace_turn {
		_Atomic uint64_t name; /* its hash; 0: free */
		_Atomic int64_t next_ms;
	} at[TURNS];
};

struct pace_board *pace_board_new(void)
{
	void *b = mmap(NULL, sizeof(struct pace_board), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return b == MAP_FAILED ? NULL : b;
}

/* Never 0. */
static uint64_t hash_of(str name)
{
	uint64_t h = str_hash(name);

	return h ? h : 1;
}

/* Whoever comes first takes a free place for the name, and all others find it there. */
void pace_share(struct pace *p, struct pace_board *b, str name)
{
	uint64_t hash = hash_of(name);

	for (size_t i = 0; b && i < TURNS; i++) {
		struct pace_turn *t = &b->at[(hash + i) % TURNS];
		uint64_t there = 0;

		if (atomic_compare_exchange_strong(&t->name, &there, hash) ||
			there == hash) {
			p->shared = &t->next_ms;
			return;
		}
	}
}

/* When it is: nobody else gets the same. */
static int64_t take_turn(_Atomic int64_t *turn, int64_t now, int64_t gap_ms)
{
	int64_t next = atomic_load(turn), at;

	do
		at = next > now ? next : now;
	while (!atomic_compare_exchange_weak(turn, &next, at + gap_ms));
	return at;
}

int64_t pace_take(struct pace *p)
{
	int64_t now = clock_mono_ms();

	if (!p->per_second)
		return 0;
	return take_turn(p->shared ? p->shared : &p->next_ms, now,
		       (1000 + p->per_second - 1) / p->per_second) -
	       now;
}

void pace_wait(struct pace *p)
{
	int64_t ms = pace_take(p);
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	if (ms > 0)
		nanosleep(&t, NULL);
}
