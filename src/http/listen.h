#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include "base/err.h"
#include "base/str.h"

/*
 * A listening TCP socket, made before the process gives up the right to make
 * sockets (http/sandbox.h).  Close-on-exec, non-blocking.
 */
struct http_listener {
	int fd;
	int port;
	char name[64]; /* "127.0.0.1:8085", as bound */
};

/*
 * address: "127.0.0.1:8085", "[::1]:8085", "localhost:8085" (IPv4) or "*:8085"
 * (every address, both families).  Port 0 takes a free one and says which.
 */
int http_listen(str address, struct http_listener *out, struct err *e);

#endif
