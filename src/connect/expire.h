#ifndef CONNECT_EXPIRE_H
#define CONNECT_EXPIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "connect/connector.h"
#include "connect/map.h"

/*
 * Rows that are kept longer than the map says (struct map_expires), found and erased:
 * the business keeps no more than is reasonably necessary (11 CCR 7002).
 *
 * What must stay true:
 * - A row goes only when a day can be told from it, that day's time is up, and it is so
 *   when the row is read again just before it is erased.
 * - It goes with all that belongs to it, or not at all.  What belongs to it and is kept,
 *   needed, younger by its own word, or another row's too, makes it wait.
 * - A row is erased by its key, so a key that stands on two rows, or that the system
 *   takes for another, erases neither: they wait.
 * - Nothing is climbed to: that a message is too old says nothing of who wrote it.
 * - A table that is kept on an exception is kept to the end of its time: then its rows
 *   go like others.
 * - Killed anywhere, the next run finds what is left.  Nothing is added to totals.
 */
enum expire_why {
	EXPIRE_GOES,
#define EXPIRE_WHY(NAME, code, words) EXPIRE_##NAME,
#include "connect/tbl/expire_whys.h"
	EXPIRE_WHYS,
};
const char *expire_why_code(enum expire_why w);  /* "younger" */
const char *expire_why_words(enum expire_why w); /* of rows that wait */

/* Where no program can look for them; NULL: one can.  In words. */
const char *expire_cant(const struct map_system *s);

/* The system as it is erased then: tables that are kept until their time is up. */
const struct map_system *expire_system(
	struct arena *a, const struct map_system *s);

enum { EXPIRE_SAMPLES = 5 };
struct expire_sample {
	personal key;
	struct date day; /* that its time is counted from */
};

/* Of one table.  A row that is counted as waiting has its reason. */
struct expire_count {
	int64_t rows;       /* that were read */
	int64_t old;        /* of these, kept too long */
	int64_t undated;    /* whose day can't be told: they stay */
	struct date oldest; /* of the old ones */
	int64_t goes;       /* of the old ones: may go, or went */
	int64_t along;      /* rows of other tables with them */
	int64_t waiting[EXPIRE_WHYS];
	int64_t left; /* of what went, found again by its key */
	bool is_more; /* more wait than are remembered: not all was tried */
	bool is_again; /* some were tried twice, and may be counted so in `waiting` */
	struct expire_sample sample[EXPIRE_SAMPLES];
	size_t samples_n;
};

/* What a batch came to, for whoever stores it: goes and along are what the system erased. */
struct expire_batch {
	const struct map_table *table;
	int64_t goes;
	int64_t along;
	bool is_proven;
	str evidence; /* as in struct erase_result */
};

struct expire_way {
	struct conn *conn; /* of expire_system(); CONN_WRITE where it erases */
	struct date today; /* Pacific */
	int64_t at_ms;
	bool is_preview; /* reads only: what would go, and what would wait */
	/* Before a batch is erased: -1 with *e set ends the run.  NULL: nothing. */
	int (*before)(void *ctx, struct err *e);
	/* After it was erased and read again; NULL: nothing. */
	int (*done)(void *ctx, const struct expire_batch *b, struct err *e);
	void *ctx;
};

/* The order in which tables are taken, `n` of them: what belongs to a row before it.
 * Those without "expires" are left out. */
const struct map_table **expire_order(
	struct arena *a, const struct map_system *s, size_t *n);

/* One table.  Texts of *out live in `a`. */
int expire_table(const struct expire_way *w, struct arena *a,
	const struct map_table *t, struct expire_count *out, struct err *e);

/* Counts only: rows, old, undated, oldest, samples. */
int expire_count(struct conn *c, struct arena *a, const struct map_table *t,
	struct date today, struct expire_count *out, struct err *e);

#endif
