#ifndef CLI_SERVE_H
#define CLI_SERVE_H

#include "cli/command.h"
#include "http/listen.h"

/*
 * The supervisor: makes the listening socket, then keeps a web and a worker
 * process alive until SIGTERM or SIGINT.  Returns the exit status, or -1.
 */
struct serve_opts {
	const char *listen; /* NULL: as configured */
	/* NULL: one is made; else it is closed at the end. */
	const struct http_listener *listener;
	/* Called once, when pages are answered at this address ("http://..."). */
	void (*ready)(void *ctx, const char *url);
	void *ctx;
	bool is_calm; /* no word in the log while all goes well */
};
int serve_run(struct cli *c, const struct serve_opts *opts, struct err *e);

#endif
