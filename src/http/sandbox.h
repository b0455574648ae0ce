#ifndef HTTP_SANDBOX_H
#define HTTP_SANDBOX_H

#include "base/err.h"

/*
 * Takes from this process, for good, what a web server that was broken into
 * would be used for: it can open no connection and no further socket, run no
 * program, start no process, look into no other one, and load nothing into the
 * kernel.  What is open already stays usable: listening sockets, database
 * files, connected libpq sockets.  Threads can still be made.
 *
 * Call it once, before the first thread; it holds for all that come later.
 * A call that is refused answers EPERM (clone3: ENOSYS, so that libc falls back
 * to clone); one that no honest path of ours makes ends the process.
 *
 * A connection to PostgreSQL that breaks cannot be made again from inside: the
 * process ends, and its supervisor starts a new one.
 *
 * Under AddressSanitizer it works as it is; the search for leaks at the exit,
 * which would need a process of its own, is left out.
 */
int sandbox_web(struct err *e);

#endif
