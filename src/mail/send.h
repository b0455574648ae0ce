#ifndef MAIL_SEND_H
#define MAIL_SEND_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "mail/letter.h"

/*
 * How letters leave: by SMTP to the operator's mail server, or, while none is
 * set up, into a folder that the outbox page shows.
 *
 * What a failure means for the caller:
 *	ERR_INVALID      the server will not take this letter, ever (5xx), or it
 *	                 is no letter: do not try again.
 *	ERR_UNAVAILABLE  not now: no connection, a 4xx, a time-out, TLS or sign-in
 *	                 trouble that the operator can mend.  Try later.
 * A connection lost between the last line and the server's "250" leaves open
 * whether the letter went; it counts as not sent, and goes again with the same
 * Message-ID.  Neither addresses nor anything a server said stand in an error:
 * servers like to repeat the address.
 */
struct mail_server {
	const char *url;  /* smtp://host[:port] or smtps://host[:port] */
	bool require_tls; /* smtp: no letter without STARTTLS */
	const char *user; /* NULL or "": no sign-in */
	str password;     /* of the user: connect/secret.h, "mail_password" */
	const char *ca_path;    /* NULL: the system's certificates */
	const char *hello;      /* our name for EHLO; NULL: libcurl's choice */
	int connect_timeout_ms; /* greeting, TLS and sign-in too; 0: 40 s */
	int timeout_ms;         /* for the whole letter; 0: 50 s */
};

/* A password is never sent without TLS, whatever require_tls says. */
int mail_send(struct arena *a, const struct mail_server *s,
	const struct letter *l, struct err *e);

/* Would it take a letter?  Greeting, TLS and sign-in as for one; none is sent. */
int mail_try(struct arena *a, const struct mail_server *s, struct err *e);

/*
 * Writes DIR/MESSAGE-ID.eml (0600) as a whole; makes DIR (0700).  The same
 * letter again is the same file.  *name, when not NULL, gets the file's name.
 */
int mail_to_outbox(struct arena *a, const char *dir, const struct letter *l,
	str *name, struct err *e);

/* What the installation has: a server, else the outbox folder. */
struct mail_way {
	const struct mail_server *server; /* NULL: none is set up */
	const char *outbox_dir;
};
int mail_deliver(struct arena *a, const struct mail_way *way,
	const struct letter *l, struct err *e);

#endif
