#ifndef DESK_CORRECT_KEEP_H
#define DESK_CORRECT_KEEP_H

#include "desk/correct.h"
#include "desk/correct_proposed.h"
#include "desk/record.h"

/*
 * The decision on a request to correct while it is made.  Internal to desk/correct*.c.
 */
struct correcting {
	const struct map *map; /* NULL: by hand alone */
	str reference;
	const struct correction *c;
	struct problems *ps;
	struct record r;
	struct tally t;
	size_t table; /* of the view */
	size_t room;
	bool has_sourceless; /* a cell of which the map knows no source */
	int64_t cells;       /* that get another value */
	int64_t systems;     /* in which */
	int64_t emptied;     /* of the cells */
	str sum;             /* of every value, in the order of the view */
	struct correct_typed_cell *typed; /* as they were typed */
	size_t typed_n, typed_room;
	bool is_tried; /* nothing speaks against it; undone until two decided it */
	bool waits;    /* for a second person */
};

/*
 * In a transaction: each value that was typed over is kept for the worker, and each system
 * that gets one is started; the others are ended as unchanged, or as done by hand.  Fills
 * the counts and the sum; problems are added where a value can't stand.
 */
int correct_keep(struct desk *d, struct correcting *c, struct err *e);

/* In a transaction: nothing is left to do in it.  Evidence is JSON. */
int correct_end_task(struct desk *d, int64_t task_id, const char *state,
	const char *evidence, struct err *e);

#endif
