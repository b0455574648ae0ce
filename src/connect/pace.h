#ifndef CONNECT_PACE_H
#define CONNECT_PACE_H

#include <stdint.h>

/* Calls to one system, no closer to each other than its rate allows. */
struct pace {
	int per_second;  /* 0: as fast as it goes */
	int64_t next_ms; /* of the machine's clock: not before */
};

/* Waits until the next call may go out. */
void pace_wait(struct pace *p);

#endif
