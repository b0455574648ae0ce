#ifndef T_SERVER_H
#define T_SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/str.h"
#include "check.h"

/*
 * A server of one connection, on a free port of this machine: it takes one HTTP
 * request, says what it was told to say, byte by byte, and keeps what it got.
 */
enum { REQUEST_MAX = 65536 };

/* says: sent when the request is whole; NULL: the connection just ends. */
struct server {
	int fd;
	int port;
	const char *says;
	size_t n; /* of it; 0: all */
	char got[REQUEST_MAX];
	size_t got_n;
	pthread_t thread;
};

static bool is_whole(const struct server *s)
{
	str got = { s->got, s->got_n };
	ptrdiff_t end = str_find(got, STR("\r\n\r\n"));
	ptrdiff_t at = str_find(got, STR("Content-Length: "));

	if (end < 0)
		return false;
	return at < 0 ||
	       s->got_n >=
		       (size_t)end + 4 + strtoul(s->got + at + 16, NULL, 10);
}

static void *serve(void *ctx)
{
	struct server *s = ctx;
	int c = accept(s->fd, NULL, NULL);
	ssize_t n = 1;

	while (c >= 0 && n > 0 && !is_whole(s)) {
		n = recv(c, s->got + s->got_n, REQUEST_MAX - 1 - s->got_n, 0);
		if (n > 0)
			s->got_n += (size_t)n;
	}
	if (s->says)
		n = send(c, s->says, s->n ? s->n : strlen(s->says),
			MSG_NOSIGNAL);
	close(c);
	return NULL;
}

/* n: bytes of what it says, where a NUL is among them; 0: all of the string. */
static void server_start(struct server *s, const char *says, size_t n)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof at;

	*s = (struct server){ .says = says, .n = n };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->fd = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(s->fd >= 0 && !bind(s->fd, (struct sockaddr *)&at, size) &&
			!listen(s->fd, 4) &&
			!getsockname(s->fd, (struct sockaddr *)&at, &size),
		"a server");
	s->port = ntohs(at.sin_port);
	CHECK(!pthread_create(&s->thread, NULL, serve, s), "a thread");
}

static void server_stop(struct server *s)
{
	pthread_join(s->thread, NULL);
	close(s->fd);
}

#endif
