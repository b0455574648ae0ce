#ifndef DESK_HELD_LED_H
#define DESK_HELD_LED_H

#include "connect/connector.h"
#include "connect/find.h"
#include "desk/hold_row.h"

/*
 * Which rows of a system are a person's though they carry no identifier: those that keys
 * of other systems lead to (connect/find_cross.h), over as many systems as it takes.
 *
 * What must stay true: in doubt a row is theirs.  What is shared with others leads on, and
 * a system that can't be asked ends it: nobody may think then that the rest is all.
 */
struct held_led;

/* conn: of a system of the map, open for reading, longer there than what is made; so is
 * `a`, in which it is made.  Systems are opened when they are asked. */
struct held_led_way {
	struct conn *conn;
	const struct map *map;
	const char *credentials; /* the folder with secrets of systems */
	/* A row of two owners is no way to either of them: for who would be told that one of
	 * them is held. */
	bool is_narrow;
};
struct held_led *held_led_new(struct arena *a, const struct held_led_way *w);
void held_led_free(struct held_led *l);

/* In whatever order: the system itself, and those from which a key may come to it.  A
 * system in which a person looks tells no keys, and is none of them. */
bool held_led_has(const struct held_led *l, const struct map_system *s);

/* What to start from in the system besides the identifiers, in `a`.  ERR_LIMIT: there are
 * more keys than are remembered; ERR_CONFLICT: rows belong to what only a person can look
 * in, so that nobody knows whose they are. */
struct held_starts {
	const struct find_start *at;
	size_t n;
};
int held_led_starts(struct held_led *l, struct arena *a,
	const struct hold_idents *ids, struct held_starts *out, struct err *e);

#endif
