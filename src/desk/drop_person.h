#ifndef DESK_DROP_PERSON_H
#define DESK_DROP_PERSON_H

#include "desk/desk.h"
#include "desk/seal.h"

/*
 * Somebody who has an item's identifier: the key of a row in a system.  In the
 * record it is a keyed value, to tell people apart, and a sealed one, to find
 * the row again.
 */
struct drop_person {
	str system;
	str table;
	personal key;
};

/* The two keys, opened once; wiped with the desk's arena. */
struct drop_people {
	struct seal *seal;
	unsigned char *key; /* KEY_SIZE */
};
void drop_people_init(struct drop_people *p, struct desk *d);

str drop_person_key(struct arena *a, const struct drop_people *p,
	const struct drop_person *who);
str drop_person_seal(struct arena *a, const struct drop_people *p,
	const struct drop_person *who);
/* The row's key. */
int drop_person_open(struct arena *a, const struct drop_people *p, str sealed,
	personal *key, struct err *e);

#endif
