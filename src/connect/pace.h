#ifndef CONNECT_PACE_H
#define CONNECT_PACE_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/str.h"

/*
 * Calls to one system, no closer to each other than its rate allows: of one connection,
 * or of all that share a board.  A board is in memory that a process shares with those
 * that it forks later; it lives as long as they do.
 */
struct pace_board;

struct pace {
	int per_second;          /* 0: as fast as it goes */
	_Atomic int64_t next_ms; /* of the machine's clock: not before */
	_Atomic int64_t
		*shared; /* instead of next_ms; NULL: nobody shares it */
};

/* NULL: there is no memory, and everybody counts for themselves. */
struct pace_board *pace_board_new(void);

/* From here on the calls of this pace take turns with all others of that name.  NULL, and
 * a board that is full: they do not. */
void pace_share(struct pace *p, struct pace_board *b, str name);

/* Waits until the next call may go out. */
void pace_wait(struct pace *p);

/* For a call that can't wait, as rows are locked meanwhile: it counts, and those after it
 * wait the longer.  In how many ms it should go out; 0 or less: now. */
int64_t pace_take(struct pace *p);

#endif
