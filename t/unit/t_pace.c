/* Calls keep their distance: never less than the rate says, and no wait before the
 * first. */
#include "connect/pace.h"

#include "base/clock.h"
#include "check.h"

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
	return CHECK_DONE();
}
