#ifndef DESK_STAFF_H
#define DESK_STAFF_H

#include "desk/desk.h"
#include "desk/scope.h"

/* Roles are rows of tbl/roles.h: "owner", "officer", "agent", "auditor". */
struct staff_new {
	str email;
	str name;
	str role;
	personal passphrase;
};

/* Bad input comes back in ps (fields email, name, role, passphrase). */
int staff_add(struct desk *d, const struct staff_new *in, int64_t *id,
	struct problems *ps, struct err *e);
int staff_set_passphrase(struct desk *d, str email, personal passphrase,
	struct problems *ps, struct err *e);
int staff_disable(struct desk *d, str email, struct err *e);
bool role_is_known(str role);
const char *role_title(str role); /* "Privacy officer" */

/*
 * Signs in: a session token for the cookie, or ERR_DENIED ("email or
 * passphrase is not right", whichever it was, after the same time), or
 * ERR_TOO_MANY.  peer is the client's address: counted, never stored as such.
 */
int staff_sign_in(struct desk *d, str email, personal passphrase, str peer,
	str *token, struct err *e);
int staff_sign_out(struct desk *d, struct err *e);

/* Puts the session's member of staff into d->actor.  1, 0 without a session. */
int staff_of_session(struct desk *d, str token, struct err *e);

/* The CSRF token of a form against the session's, in constant time. */
bool staff_csrf_is_right(const struct desk *d, str token);

/* An API key, shown once.  Only its hash is kept. */
/* scopes: those of desk/scope.h, as bits; at least one. */
int api_key_add(
	struct desk *d, str name, unsigned scopes, str *key, struct err *e);
int api_key_of(struct desk *d, str key, struct err *e); /* 1, 0 */

#endif
