#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/*
 * The only place that asks the machine for the time.  Tests and the demo move
 * it: `offset_ms` is added to the machine's clock; when `fixed_ms` is not 0 the
 * clock stands still there.
 */
struct clock {
	int64_t offset_ms;
	int64_t fixed_ms;
};

int64_t clock_now_ms(const struct clock *c); /* NULL: the machine's */
int64_t clock_mono_ms(void);                 /* for durations only */
int64_t clock_mono_ns(void);

#endif
