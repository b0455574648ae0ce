#ifndef DESK_SIGNALS_GROUP_H
#define DESK_SIGNALS_GROUP_H

#include "desk/signals.h"

/*
 * The one in a process that writes signals.  Callers leave theirs and are told
 * when they are on the disk; whatever has gathered while the disk was busy is the
 * next transaction.  So many callers share a flush, and nobody waits for a lock.
 */
struct signals_group;

/*
 * With what the desk has, which is copied; its db, of which the group becomes the
 * only user, and its arena, which is cleared each time, stay the caller's to close
 * after signals_group_stop().
 */
struct signals_group *signals_group_start(const struct desk *d);
/* Those that wait are written first. */
void signals_group_stop(struct signals_group *g);

/*
 * Leaves what signals_read() has read.  s->told(s->ctx) is called once, in
 * another thread or, when more than LIMIT_SIGNALS_WAITING identifiers wait
 * (ERR_UNAVAILABLE), in this one; s and what it points to must live until then.
 */
void signals_send(struct signals_group *g, struct signals *s);

/* Its connection to the database is gone for good. */
bool signals_group_is_lost(const struct signals_group *g);

#endif
