#ifndef DESK_DOOR_H
#define DESK_DOOR_H

#include "desk/record.h"

/*
 * What a requester opens or does after the answer, on the page of the request: whoever
 * has its number may read that page, so each time a fresh code to the address of the
 * request shows that it is them.  Inside of desk/ only.
 */
struct door {
	const char *use; /* of its codes, as in code.h */
	/* 1: it is there for this request; 0; or -1. */
	int (*is_there)(struct desk *d, const struct record *r, struct err *e);
};

/* Problems of the field "code". */
int door_send_code(struct desk *d, const struct door *door, str reference,
	struct problems *ps, struct err *e);

/*
 * In the caller's transaction: locks the request and tries the code, six digits that
 * code_read() took.  *why_not NULL: it was right.  ERR_NOT_FOUND: nothing is there.
 */
struct door_try {
	str reference;
	str code;
	const char *why_not;
};
int door_enter(struct desk *d, const struct door *door, struct door_try *t,
	struct record *r, struct err *e);

/* Can a code be sent to somebody here? */
bool door_has_address(const struct record *r);

#endif
