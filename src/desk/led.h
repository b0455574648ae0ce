#ifndef DESK_LED_H
#define DESK_LED_H

#include "connect/connector.h"
#include "connect/find.h"
#include "connect/map.h"
#include "desk/desk.h"
#include "store/sql.h"

/*
 * Other systems that a person's rows lead to while these are erased
 * (connect/erase_led.h): each opened once, for writing, with what staff keep in it; and
 * who is held for law enforcement in what was found there (Civ. Code 1798.145(a)).
 */
struct led {
	struct desk *desk;
	const struct map *map;
	const char *credentials;
	struct arena *arena;
	struct led_conn {
		struct conn *conn; /* NULL: not opened yet */
		struct err *away;  /* why it can't be; NULL */
	} * at;                    /* of the map's systems */
};

void led_init(struct led *l, struct desk *d, const struct map *map,
	const char *credentials);
void led_fini(struct led *l);

/* One that can't be opened is not tried again. */
int led_open(struct led *l, const struct map_system *s, struct conn **out,
	struct err *e);

/* The holds that are on, on whoever has an identifier in any of these rows, also where it is
 * not known as the person's; but not in rows that are somebody else's for another reason
 * and stay as they are.  Under the first one that has any; 0 rows: none has.  In `a`. */
int led_holds(struct desk *d, struct arena *a, const struct finding *f,
	struct sql_hold_ids_of_key_rows *out, struct err *e);

#endif
