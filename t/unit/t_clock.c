/* The clock that tests and the demo move. */
#include "base/clock.h"

#include <inttypes.h>
#include <time.h>

#include "base/base.h"
#include "check.h"

enum { SLACK_MS = 60000 }; /* between two questions, on a busy machine */

static const struct {
	const char *why;
	struct clock clock;
	int64_t ahead_ms;
} moved[] = {
	{ "the machine's", { 0 }, 0 },
	{ "45 days on", { .offset_ms = INT64_C(3888000000) },
		INT64_C(3888000000) },
	{ "a year back", { .offset_ms = INT64_C(-31536000000) },
		INT64_C(-31536000000) },
};

int main(void)
{
	struct clock fixed = { .fixed_ms = 1, .offset_ms = 5 };
	int64_t machine_ms = (int64_t)time(NULL) * 1000, start_ns, start_ms;

	for (size_t i = 0; i < COUNTOF(moved); i++) {
		int64_t ms = clock_now_ms(&moved[i].clock) - machine_ms -
			     moved[i].ahead_ms;

		CHECK(ms > -SLACK_MS && ms < SLACK_MS, "%s: %" PRId64 " ms off",
			moved[i].why, ms);
	}
	CHECK(clock_now_ms(NULL) - machine_ms < SLACK_MS, "NULL is no clock");
	CHECK(clock_now_ms(&fixed) == 1, "fixed is fixed, whatever the offset");
	start_ns = clock_mono_ns();
	start_ms = clock_mono_ms();
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	CHECK(clock_mono_ns() - start_ns >= 20000000, "20 ms in ns");
	CHECK(clock_mono_ms() - start_ms >= 19, "20 ms in ms");
	CHECK(clock_mono_ms() - start_ms < SLACK_MS, "ms, no finer unit");
	return CHECK_DONE();
}
