#ifndef DESK_EXPIRY_ASK_H
#define DESK_EXPIRY_ASK_H

#include "desk/expiry.h"

/*
 * A preview that staff ask for on the desk: the web process opens no system, so the
 * worker looks.  Nothing is erased by it, also where that is turned on, and it lets
 * nothing be erased: for that somebody reads a preview of their own (expiry.h).
 */

/* PERM_DECIDE.  Asking twice is asking once. */
int expiry_ask(struct desk *d, struct err *e);

/* For the worker: previews every system in which a program can look and some table has a
 * time.  A system's trouble is said in its preview, and the others go on. */
int expiry_look(struct desk *d, const struct expiry_way *w, struct err *e);

#endif
