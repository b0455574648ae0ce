#ifndef CONNECT_SIGPIPE_H
#define CONNECT_SIGPIPE_H

#include <signal.h>

/*
 * Around a call that may write to somebody who is gone: the signal that would end
 * the process does not come, and the call says EPIPE.  For one thread.
 */
struct sigpipe {
	sigset_t before;
};

void sigpipe_hold(struct sigpipe *s);
void sigpipe_release(const struct sigpipe *s); /* errno stays */

#endif
