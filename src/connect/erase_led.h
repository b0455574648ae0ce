#ifndef CONNECT_ERASE_LED_H
#define CONNECT_ERASE_LED_H

#include "connect/erase.h"
#include "connect/find_cross.h"

/*
 * Erasing what belongs to one person's rows in other systems, by the keys that these rows
 * tell (find_cross.h), before the rows themselves go.
 *
 * Before, since the key stands in them: killed anywhere, the next run finds the same way
 * again.  For the same reason a system goes before those that told the keys of its rows;
 * where this is so of two systems and each other there is no such order, and nothing is
 * erased.
 *
 * What must stay true: nobody else's rows are erased.
 * - Keys lead down only, to what belongs to the person's rows; never up to an owner, who
 *   may be somebody else with the same address.
 * - A key that stands in a row of somebody else's as well leads nowhere: what it opens may
 *   be theirs.  Nor does one that is too long, or that nobody was given; nor one of a row
 *   that says itself that it is somebody else's.
 * - Where staff keep the person's own row, nothing is followed.
 * - What is somebody else's too where it leads (find_others.h) stays, and leads nowhere.
 * The rows that it begins with are none of what they lead to, by whatever circle.
 */
struct led_group {
	const struct map_system *system;
	int64_t planned;            /* rows that go */
	int64_t standing;           /* rows kept, or others' too */
	struct erase_result result; /* in `done` */
};

struct led_eraser {
	const struct map *map;
	struct arena *arena; /* of one person, and not the one of `from` */
	int64_t at_ms;
	/* `from` is several people's: whether staff keep one of them is not asked, and plan()
	 * must not let anything go. */
	bool is_many;
	/* Opened with CONN_WRITE; it is the callee's, and the same the next time. */
	int (*open)(void *ctx, const struct map_system *s, struct conn **out,
		struct err *e);
	/* Of each search: marks (is_shared) what the caller knows to be somebody else's. */
	int (*mark)(void *ctx, struct finding *f, struct err *e);
	/* Of each search, before the first row of any goes: -1 ends it all. */
	int (*found)(void *ctx, const struct finding *f, struct err *e);
	/* As of struct row_eraser; led_erased.found is known. */
	int (*plan)(void *ctx, struct led_group *g, struct err *e);
	int (*done)(void *ctx, struct led_group *g, struct err *e);
	void *ctx;
};

struct led_erased {
	int64_t rows; /* that were to go */
	int64_t found; /* and all that were found there; -1: none was looked for */
	int64_t standing;   /* rows there that stay: kept, or others' too */
	int64_t unfollowed; /* keys that lead nowhere, and are not looked for */
};

/* from: one person's rows, found through c.  -1: nothing of them may be erased yet.
 * ERR_CONFLICT: rows came back meanwhile, or systems lead to each other; ERR_LIMIT: too
 * many keys or rows. */
int erase_led(const struct led_eraser *x, struct conn *c,
	const struct finding *from, struct led_erased *out, struct err *e);

#endif
