#ifndef CONNECT_MARIADB_URL_H
#define CONNECT_MARIADB_URL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * mysql://USER:PASSWORD@HOST:PORT/DATABASE?socket=PATH, or mariadb://.  Parts are
 * percent-encoded where they hold what divides them.  Port, password and socket
 * may be left out; with a socket the host is not looked at.
 */
struct maria_url {
	const char *user;
	const char *password; /* empty: none */
	const char *host;
	unsigned port; /* 0: the usual one */
	const char *database;
	const char *socket; /* NULL: none */
};

/* ERR_INVALID; the URL is a secret, and no error carries any of it. */
int maria_url_read(
	struct arena *a, str url, struct maria_url *out, struct err *e);

#endif
