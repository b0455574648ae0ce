#ifndef CLI_SERVE_H
#define CLI_SERVE_H

#include "cli/command.h"

/*
 * The supervisor: makes the listening socket, then keeps a web and a worker
 * process alive until SIGTERM or SIGINT.  Returns the exit status, or -1.
 */
struct serve_opts {
	const char *listen; /* NULL: as configured */
	/* Called once, when pages are answered at this address ("http://..."). */
	void (*ready)(void *ctx, const char *url);
	void *ctx;
};
int serve_run(struct cli *c, const struct serve_opts *opts, struct err *e);

#endif
