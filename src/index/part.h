#ifndef INDEX_PART_H
#define INDEX_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * The keys of a stream are parted by their first byte.  A part put in order is
 * the piece of an index between two lines, and small enough for a cache.
 */
enum { PARTS = 256, PART_RUN = 4096 };

/* What an index keeps of a key (index/format.h). */
struct part_key {
	uint64_t hi;
	uint64_t tag;
};

/* Some of a part's keys, as they came; the newest run first. */
struct part_run {
	struct part_run *next;
	size_t n;
	struct part_key key[PART_RUN];
};

/* *runs is NULL afterwards. */
void part_runs_free(struct part_run **runs);

/* Room for one part, sorted; used for one after the other. */
struct part {
	uint64_t home; /* lines of the index that a key can belong to */
	uint64_t
		first; /* the part's first line; the part before may end in it */
	size_t lines;
	uint32_t *start; /* lines + 1: where in tag each line begins */
	uint64_t *tag;   /* by line, ascending, each once */
	uint64_t *came;  /* by line, as they came */
};

/* keys_max: of any part that will be sorted. */
void part_init(struct part *p, struct arena *a, uint64_t home, size_t keys_max);
/* Part i of PARTS, from all its runs.  INDEX_LINE_SLOTS tags can be read from
 * where any line begins. */
void part_sort(struct part *p, size_t i, const struct part_run *runs);

#endif
