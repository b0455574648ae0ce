#ifndef T_CONNECT_RELAY_H
#define T_CONNECT_RELAY_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/base.h"

/*
 * Between a test and its server, so that a connection can be dropped at every step:
 * once relay_cut_after(r, n) was called, the n-th message of the connections that were
 * made since, in either direction, is not passed on, they are closed, and nobody gets
 * through any more until relay_heal().  Connections from before stay.  127.0.0.1, or a
 * socket in a folder.
 */
enum { RELAY_PAIRS_MAX = 64, RELAY_WHOLE = -1 };

struct relay_pair {
	int end[2]; /* who asks, who answers; -1: none */
	bool is_counted;
};

struct relay {
	struct sockaddr_un un; /* of the server, when un.sun_path says so */
	struct sockaddr_in in;
	char path[100]; /* of ours, as with the server's */
	int port;
	int listener;
	struct relay_pair pairs[RELAY_PAIRS_MAX];
	_Atomic int after;  /* RELAY_WHOLE: nothing is counted */
	_Atomic int passed; /* messages */
	_Atomic bool is_cut;
};

static inline void relay_die(const char *what)
{
	perror(what);
	exit(1);
}

static inline int relay_reach(const struct relay *r)
{
	bool is_un = r->un.sun_path[0] != 0;
	int fd = socket(is_un ? AF_UNIX : AF_INET, SOCK_STREAM, 0), yes = 1;

	if (fd < 0)
		relay_die("relay: socket");
	if (is_un ? connect(fd, (const struct sockaddr *)&r->un, sizeof r->un)
		  : connect(fd, (const struct sockaddr *)&r->in, sizeof r->in))
		relay_die("relay: connect");
	if (!is_un)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	return fd;
}

static inline void relay_close(struct relay_pair *p)
{
	for (int i = 0; i < 2; i++) {
		if (p->end[i] >= 0)
			close(p->end[i]);
		p->end[i] = -1;
	}
}

static inline void relay_take(struct relay *r)
{
	int fd = accept(r->listener, NULL, NULL);
	size_t i = 0;

	if (fd < 0)
		return;
	while (i < RELAY_PAIRS_MAX && r->pairs[i].end[0] >= 0)
		i++;
	if (r->is_cut || i == RELAY_PAIRS_MAX) {
		close(fd);
		return;
	}
	r->pairs[i] = (struct relay_pair){ .end = { fd, relay_reach(r) },
		.is_counted = r->after != RELAY_WHOLE };
}

static inline bool relay_write(int fd, const char *p, ssize_t n)
{
	while (n > 0) {
		ssize_t put = send(fd, p, (size_t)n, MSG_NOSIGNAL);

		if (put <= 0)
			return false;
		p += put;
		n -= put;
	}
	return true;
}

static inline void relay_pass(struct relay *r, struct relay_pair *p, int from)
{
	char bytes[1 << 16];
	ssize_t n = recv(p->end[from], bytes, sizeof bytes, 0);

	if (n <= 0) {
		relay_close(p);
		return;
	}
	if (p->is_counted && r->after != RELAY_WHOLE &&
		(r->is_cut || r->passed == r->after)) {
		r->is_cut = true;
		relay_close(p);
		return;
	}
	if (!relay_write(p->end[!from], bytes, n))
		relay_close(p);
	if (p->is_counted)
		r->passed++;
}

static inline void relay_turn(struct relay *r)
{
	struct pollfd fds[1 + 2 * RELAY_PAIRS_MAX];

	fds[0] = (struct pollfd){ r->listener, POLLIN, 0 };
	for (size_t i = 0; i < RELAY_PAIRS_MAX; i++)
		for (int k = 0; k < 2; k++)
			fds[1 + 2 * i + (size_t)k] =
				(struct pollfd){ r->pairs[i].end[k], POLLIN,
					0 };
	if (poll(fds, COUNTOF(fds), -1) < 0)
		return;
	for (size_t i = 0; i < RELAY_PAIRS_MAX; i++)
		for (int k = 0; k < 2; k++)
			if (fds[1 + 2 * i + (size_t)k].revents &&
				r->pairs[i].end[k] >= 0)
				relay_pass(r, &r->pairs[i], k);
	if (fds[0].revents)
		relay_take(r);
}

static inline void *relay_run(void *ctx)
{
	for (;;)
		relay_turn(ctx);
	return NULL;
}

static inline void relay_listen(struct relay *r)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	socklen_t n = sizeof in;
	bool is_un = r->un.sun_path[0] != 0;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	snprintf(r->path, sizeof r->path, "/tmp/t_relay.%d", (int)getpid());
	memcpy(un.sun_path, r->path, strlen(r->path) + 1);
	unlink(r->path);
	r->listener = socket(is_un ? AF_UNIX : AF_INET, SOCK_STREAM, 0);
	if (is_un ? bind(r->listener, (struct sockaddr *)&un, sizeof un)
		  : bind(r->listener, (struct sockaddr *)&in, sizeof in))
		relay_die("relay: bind");
	if (listen(r->listener, 16) ||
		(!is_un &&
			getsockname(r->listener, (struct sockaddr *)&in, &n)))
		relay_die("relay: listen");
	r->port = ntohs(in.sin_port);
}

/* Before the server whose address that environment variable has, which has the relay's
 * from then on.  It ends with the process. */
static inline void relay_before(struct relay *r, const char *variable)
{
	static const char host[] = "127.0.0.1:", folder[] = "socket=";
	const char *url = getenv(variable);
	const char *tcp = url ? strstr(url, host) : NULL;
	const char *un = url ? strstr(url, folder) : NULL;
	char changed[400], *rest;
	pthread_t thread;

	*r = (struct relay){ .after = RELAY_WHOLE };
	for (size_t i = 0; i < RELAY_PAIRS_MAX; i++)
		r->pairs[i].end[0] = r->pairs[i].end[1] = -1;
	must(tcp || un);
	if (tcp) {
		long port = strtol(tcp + strlen(host), &rest, 10);

		r->in = (struct sockaddr_in){ .sin_family = AF_INET,
			.sin_port = htons((unsigned short)port) };
		r->in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		relay_listen(r);
		snprintf(changed, sizeof changed, "%.*s%s%d%s",
			(int)(tcp - url), url, host, r->port, rest);
	} else {
		r->un.sun_family = AF_UNIX;
		snprintf(r->un.sun_path, sizeof r->un.sun_path, "%s",
			un + strlen(folder));
		relay_listen(r);
		snprintf(changed, sizeof changed, "%.*s%s%s", (int)(un - url),
			url, folder, r->path);
	}
	setenv(variable, changed, 1);
	if (pthread_create(&thread, NULL, relay_run, r))
		relay_die("relay: thread");
	pthread_detach(thread);
}

static inline void relay_cut_after(struct relay *r, int n)
{
	r->passed = 0;
	r->is_cut = false;
	r->after = n;
}

/* Whether it was cut; from here on all gets through. */
static inline bool relay_heal(struct relay *r)
{
	bool was = r->is_cut;

	r->after = RELAY_WHOLE;
	r->is_cut = false;
	return was;
}

#endif
