/* Rounded up: a system that allows 3 a second gets one each 334 ms. */
#include "connect/pace.h"

#include <time.h>

#include "base/clock.h"

void pace_wait(struct pace *p)
{
	int64_t now = clock_mono_ms(), ms = p->next_ms - now;
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	if (!p->per_second)
		return;
	if (ms > 0)
		nanosleep(&t, NULL);
	p->next_ms = (ms > 0 ? p->next_ms : now) +
		     (1000 + p->per_second - 1) / p->per_second;
}
