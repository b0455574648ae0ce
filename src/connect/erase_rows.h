#ifndef CONNECT_ERASE_ROWS_H
#define CONNECT_ERASE_ROWS_H

#include "connect/erase.h"

/*
 * Erasing many people who are known by a row each: together, since for files each
 * time is a pass, and apart where rows of several of them have to be told apart or
 * are too many for one search.
 *
 * Who is looked for again and again comes back with the next import, in rows that the
 * totals may have already: here rows go and are not added to any (connect/summary.h).
 *
 * What must stay true: a row that is somebody else's too is never erased because
 * its owners happen to be erased together.
 */
struct row_group {
	const struct map_table *table;
	const str *key; /* of the rows, as text */
	size_t n;
	bool is_owned;    /* find.h: struct find_keys */
	size_t first;     /* of them all: where this group begins */
	bool is_kept;     /* nothing of them can go, by the map's word */
	int64_t planned;  /* rows that go */
	int64_t standing; /* rows kept, or others' too */
	const struct finding *found; /* in `plan` */
	struct erase_result result;  /* in `done` */
};

/*
 * plan is called before the first row of a group goes, done after it was read
 * again, proven or not: what they store is what is left after a crash.  A group
 * of several that is not proven ends the run, ERR_CONFLICT.
 */
struct row_eraser {
	struct conn *conn; /* opened with CONN_WRITE */
	struct arena *arena;
	int64_t at_ms;
	int (*plan)(void *ctx, struct row_group *g, struct err *e);
	int (*done)(void *ctx, struct row_group *g, struct err *e);
	/* One person's rows could not be erased: 0 goes on with the others, who are not told of
	 * again; -1 ends the run. */
	int (*skip)(void *ctx, const struct row_group *g, struct err *e);
	void *ctx;
};

/* g: table, key and n are set; n at most FIND_KEYS_MAX. */
int erase_rows(
	const struct row_eraser *x, const struct row_group *g, struct err *e);

#endif
