#ifndef DESK_DESKS_H
#define DESK_DESKS_H

#include "desk/desk.h"
#include "desk/install.h"

/*
 * The desks of one process: as many as it has threads, each with a connection of
 * its own.  All connections are opened here, so that the process can give up the
 * right to open more afterwards.
 */
struct desks;

/*
 * The install must outlive the desks; wake_fd as in struct desk.  Opens the
 * suppression index, too.
 */
int desks_open(struct desks **out, const struct install *in, int n, int wake_fd,
	struct err *e);
/*
 * Starts the thread that writes the signals of all callers.  After the sandbox is
 * closed: a thread from before would stand outside of it.
 */
void desks_start(struct desks *s);
void desks_close(struct desks *s); /* all must have been given back */

/*
 * A desk in d, for a consumer until somebody is found out to be more, with
 * everything it returns in the arena.  ERR_UNAVAILABLE when all are taken for
 * some seconds.
 */
int desks_take(struct desks *s, struct arena *a, struct desk *d, struct err *e);
void desks_give(struct desks *s, struct desk *d);

/* A connection was lost: finish what is under way, end, be started anew. */
bool desks_are_lost(struct desks *s);

#endif
