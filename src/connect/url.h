#ifndef CONNECT_URL_H
#define CONNECT_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * The address of a server, as a secret holds it:
 *
 *	SCHEME://USER:PASSWORD@HOST:PORT/PATH?socket=FILE&tls=on&ca=FILE
 *
 * Parts are percent-encoded where they hold what divides them.  With a socket the
 * host is not looked at.  Personal data does not leave this machine in the clear
 * unless the address says so: a host elsewhere means TLS with a certificate that
 * is checked, by the machine's own authorities or those in the file `ca`, but for
 * `tls=off`.
 */
enum url_tls {
	URL_TLS_BY_HOST, /* nothing said */
	URL_TLS_ON,
	URL_TLS_OFF,
};

struct conn_url {
	const char *scheme;
	const char *user;
	const char *password; /* empty: none */
	const char *host;
	unsigned port; /* 0: the usual one */
	const char *path;
	const char *socket; /* NULL: none */
	const char *ca;     /* NULL: the machine's */
	enum url_tls tls;
};

/* Which addresses a kind of system takes. */
struct url_form {
	const char *const *schemes; /* NULL at the end */
	bool needs_user;
	bool needs_path;
	const char *example; /* for the hint; begins with the scheme */
};

/* ERR_INVALID; the URL is a secret, and no error carries any of it. */
int conn_url_read(struct arena *a, str url, const struct url_form *form,
	struct conn_url *out, struct err *e);

bool conn_url_wants_tls(const struct conn_url *u);

#endif
