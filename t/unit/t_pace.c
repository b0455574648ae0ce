/* Calls keep their distance: never less than the rate says, and no wait before the
 * first. */
#include "connect/pace.h"

#include "base/clock.h"
#include "check.h"

enum { PROCESSES = 3, CALLS = 4 };

/* Jobs of one worker, which are processes that it forks: they take turns. */
static void of_several_processes(void)
{
	struct pace_board *b = pace_board_new();
	int64_t before = clock_mono_ms(), ms;

	CHECK(b, "memory to share");
	for (int i = 0; i < PROCESSES; i++) {
		if (fork())
			continue;
		struct pace p = { .per_second = 25 };

		pace_share(&p, b, STR("crm"));
		for (int k = 0; k < CALLS; k++)
			pace_wait(&p);
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
	ms = clock_mono_ms() - before;
	CHECK(ms >= (PROCESSES * CALLS - 1) * 40,
		"%d calls of %d processes in %d ms, at 25 a second",
		PROCESSES * CALLS, PROCESSES, (int)ms);
}

/* While rows are locked nobody sleeps; whoever comes later does, for all of it. */
static void taken_ahead(void)
{
	struct pace p = { .per_second = 25 }, free = { 0 };
	int64_t before = clock_mono_ms(), ms = 0;

	for (int i = 0; i < CALLS; i++)
		ms = pace_take(&p);
	CHECK(ms > 0, "it went out before its time: %d ms", (int)ms);
	pace_wait(&p);
	ms = clock_mono_ms() - before;
	CHECK(ms >= CALLS * 40, "and the next has waited: %d ms", (int)ms);
	CHECK(!pace_take(&free), "without a rate there is no time");
}

/* Of more names than there is room for, the rest count for themselves. */
static void by_name(void)
{
	enum { NAMES = 200, ROOM = 128 };
	struct pace_board *b = pace_board_new();
	struct pace first[NAMES] = { 0 }, second[NAMES] = { 0 }, none = { 0 };
	char name[16];
	int shared = 0, same = 0, others = 0;

	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof name, "system-%d", i);
		pace_share(&first[i], b, str_of(name));
	}
	for (int i = 0; i < NAMES; i++) {
		snprintf(name, sizeof name, "system-%d", i);
		pace_share(&second[i], b, str_of(name));
		shared += first[i].shared != NULL;
		same += first[i].shared == second[i].shared;
		for (int k = 0; k < i; k++)
			others += first[i].shared &&
				  first[i].shared == first[k].shared;
	}
	CHECK(shared == ROOM && same == NAMES && others == 0,
		"%d shared, %d the same again, %d somebody else's", shared,
		same, others);
	pace_share(&none, NULL, STR("crm"));
	CHECK(!none.shared, "nothing to share");
}

int main(void)
{
	struct pace free_ = { 0 }, slow = { .per_second = 25 };
	int64_t before = clock_mono_ms(), ms;

	for (int i = 0; i < 1000; i++)
		pace_wait(&free_);
	CHECK(!free_.next_ms, "without a rate nothing is noted");
	before = clock_mono_ms();
	pace_wait(&slow);
	CHECK(slow.next_ms <= clock_mono_ms() + 40, "the first goes at once");
	for (int i = 0; i < 5; i++)
		pace_wait(&slow);
	ms = clock_mono_ms() - before;
	CHECK(ms >= 5 * 40, "five more in %d ms, at 25 a second", (int)ms);
	of_several_processes();
	taken_ahead();
	by_name();
	return CHECK_DONE();
}
