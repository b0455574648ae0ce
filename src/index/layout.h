#ifndef INDEX_LAYOUT_H
#define INDEX_LAYOUT_H

#include "index/lines.h"
#include "index/part.h"

/*
 * All parts of a stream of keys into the lines of an index.  Threads sort parts
 * side by side, each in a room of its own; lines are written one after the
 * other, because what does not fit one is carried on to the next.  So the file
 * is the same however many threads there are.
 */
struct layout_plan {
	struct part_run **part; /* PARTS of them; freed as they are laid */
	size_t part_max;        /* keys of the largest */
	size_t threads;         /* at least 1 */
	uint32_t reasons;       /* of all keys */
};

void layout_run(
	const struct layout_plan *plan, struct arena *a, struct lines *l);

#endif
