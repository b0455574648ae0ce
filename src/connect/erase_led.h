#ifndef CONNECT_ERASE_LED_H
#define CONNECT_ERASE_LED_H

#include "connect/erase.h"
#include "connect/find_cross.h"

/*
 * Erasing what one person's rows lead to in other systems by the keys that they tell
 * (find_cross.h), before these rows themselves go.
 *
 * Before, since the key stands in them: killed anywhere, the next run finds the same
 * way again.  For the same reason a system goes before those that first told its keys;
 * where systems lead to each other in a circle, no order does that for all of them.
 *
 * What must stay true: nobody else's rows are erased.  A key leads on by the rules of
 * find_cross.h, and a key that stands in a row of somebody else's as well leads nowhere:
 * what it opens may be theirs.
 */
struct led_group {
	const struct map_system *system;
	int64_t planned;            /* rows that go */
	int64_t standing;           /* rows kept, or others' too */
	struct erase_result result; /* in `done` */
};

struct led_eraser {
	const struct map *map;
	struct arena *arena; /* of one person */
	int64_t at_ms;
	/* Opened with CONN_WRITE; it is the callee's, and the same the next time. */
	int (*open)(void *ctx, const struct map_system *s, struct conn **out,
		struct err *e);
	/* Of each search, before the first row of any goes: -1 ends it all. */
	int (*found)(void *ctx, const struct finding *f, struct err *e);
	/* As of struct row_eraser. */
	int (*plan)(void *ctx, struct led_group *g, struct err *e);
	int (*done)(void *ctx, struct led_group *g, struct err *e);
	void *ctx;
};

/* from: one person's rows, found through c.  -1: nothing of them may be erased yet.
 * ERR_CONFLICT: rows came back meanwhile; ERR_LIMIT: too many keys. */
int erase_led(const struct led_eraser *x, struct conn *c,
	const struct finding *from, struct err *e);

#endif
