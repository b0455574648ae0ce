/* The signal is blocked, and one that came meanwhile is taken back. */
#include "connect/sigpipe.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <time.h>

static sigset_t only_pipe(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	return set;
}

void sigpipe_hold(struct sigpipe *s)
{
	sigset_t set = only_pipe();

	pthread_sigmask(SIG_BLOCK, &set, &s->before);
}

void sigpipe_release(const struct sigpipe *s)
{
	static const struct timespec at_once = { 0, 0 };
	sigset_t set = only_pipe();
	int why = errno;

	/* Blocked before, it is the caller's. */
	if (!sigismember(&s->before, SIGPIPE))
		sigtimedwait(&set, NULL, &at_once);
	pthread_sigmask(SIG_SETMASK, &s->before, NULL);
	errno = why;
}
