/*
 * Listening sockets.  Names are not looked up: an address to listen on is a fact
 * of this machine, and the resolver would drag in half of libc's plug-ins.
 */
#define _GNU_SOURCE /* accept without blocking: SOCK_NONBLOCK, SOCK_CLOEXEC */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024, PORT_MAX = 65535 };

struct address {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} sa;
	socklen_t n;
	bool is_every; /* "*": IPv6 socket that takes IPv4 too */
};

static int bad(str text, struct err *e)
{
	err_set(e, ERR_INVALID, "cannot listen on \"%.*s\": not an address",
		STR_ARG(text));
	return err_hint(e, "write 127.0.0.1:8085, [::1]:8085 or *:8085");
}

/* The last colon divides: IPv6 addresses are in brackets. */
static bool divide(str text, str *host, int64_t *port)
{
	size_t at = text.n;

	while (at && text.p[at - 1] != ':')
		at--;
	if (!at)
		return false;
	*host = str_head(text, at - 1);
	return str_int(str_from(text, at), port) && *port >= 0 &&
	       *port <= PORT_MAX;
}

static bool read_host(str host, uint16_t port, struct address *out)
{
	char c[INET6_ADDRSTRLEN + 1] = "";
	bool is_v6 = str_starts(host, STR("[")) && str_ends(host, STR("]"));

	if (str_eq(host, STR("localhost")))
		host = STR("127.0.0.1");
	if (is_v6)
		host = str_head(str_from(host, 1), host.n - 2);
	out->is_every = str_eq(host, STR("*"));
	if (out->is_every)
		host = STR("::");
	if (!host.n || host.n >= sizeof c)
		return false;
	memcpy(c, host.p, host.n);
	if (is_v6 || out->is_every) {
		out->n = sizeof out->sa.v6;
		out->sa.v6.sin6_family = AF_INET6;
		out->sa.v6.sin6_port = htons(port);
		return inet_pton(AF_INET6, c, &out->sa.v6.sin6_addr) == 1;
	}
	out->n = sizeof out->sa.v4;
	out->sa.v4.sin_family = AF_INET;
	out->sa.v4.sin_port = htons(port);
	return inet_pton(AF_INET, c, &out->sa.v4.sin_addr) == 1;
}

static int say_why(str text, struct err *e)
{
	int why = errno;

	err_errno(e, "listen on %.*s", STR_ARG(text));
	if (why == EADDRINUSE)
		err_hint(e, "another program has this port; stop it or choose "
			    "another port");
	if (why == EACCES)
		err_hint(e, "ports below 1024 need a right of their own; use "
			    "8085 behind a proxy");
	return -1;
}

static int bind_and_listen(int fd, const struct address *a)
{
	int yes = 1, no = 0;

	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes))
		return -1;
	if (a->sa.any.sa_family == AF_INET6 &&
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY,
			a->is_every ? &no : &yes, sizeof yes))
		return -1;
	return bind(fd, &a->sa.any, a->n) || listen(fd, BACKLOG) ? -1 : 0;
}

/* What the kernel chose, for port 0. */
static int read_name(struct http_listener *l)
{
	struct address a = { 0 };
	char host[INET6_ADDRSTRLEN] = "";

	a.n = sizeof a.sa;
	if (getsockname(l->fd, &a.sa.any, &a.n))
		return -1;
	if (a.sa.any.sa_family == AF_INET6) {
		l->port = ntohs(a.sa.v6.sin6_port);
		inet_ntop(AF_INET6, &a.sa.v6.sin6_addr, host, sizeof host);
		snprintf(l->name, sizeof l->name, "[%s]:%d", host, l->port);
	} else {
		l->port = ntohs(a.sa.v4.sin_port);
		inet_ntop(AF_INET, &a.sa.v4.sin_addr, host, sizeof host);
		snprintf(l->name, sizeof l->name, "%s:%d", host, l->port);
	}
	return 0;
}

int http_listen(str address, struct http_listener *out, struct err *e)
{
	struct address a = { 0 };
	int64_t port;
	str host;

	if (!divide(address, &host, &port) ||
		!read_host(host, (uint16_t)port, &a))
		return bad(address, e);
	out->fd = socket(a.sa.any.sa_family,
		SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (out->fd < 0)
		return say_why(address, e);
	if (bind_and_listen(out->fd, &a) || read_name(out)) {
		say_why(address, e);
		close(out->fd);
		out->fd = -1;
		return -1;
	}
	return 0;
}
