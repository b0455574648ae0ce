/* The machine's clocks.  No other file calls clock_gettime() or time(). */
#include "base/clock.h"

#include <stddef.h>
#include <time.h>

#include "base/base.h"

int64_t clock_now_ms(const struct clock *c)
{
	struct timespec t;
	int64_t now_ms;

	if (c && c->fixed_ms)
		return c->fixed_ms;
	must(!clock_gettime(CLOCK_REALTIME, &t));
	now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
	return now_ms + (c ? c->offset_ms : 0);
}

int64_t clock_mono_ns(void)
{
	struct timespec t;

	must(!clock_gettime(CLOCK_MONOTONIC, &t));
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t clock_mono_ms(void)
{
	return clock_mono_ns() / 1000000;
}
