#ifndef DESK_SEAL_H
#define DESK_SEAL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "desk/keys.h"

/*
 * What identifies a person is kept sealed: each request has a random key, the
 * request's row keeps that key wrapped by the master key, and everything about
 * the person is sealed with it.  Overwriting the wrapped key is deletion, in
 * every copy that is left behind.
 *
 *	blob = version 1 (1 byte) | nonce (24) | secretbox: tag (16), text
 *
 * secretbox has no room for associated data, so each label seals with a key of
 * its own (BLAKE2b-256 keyed with the request's key over "toyon seal 1 " label):
 * a blob moved to another column, or another request, does not open.
 */
enum { SEAL_OVERHEAD = 1 + 24 + 16, SEAL_WRAPPED_SIZE = SEAL_OVERHEAD + 32 };

/* An open key; wiped when the arena ends. */
struct seal;

/* A new key and its wrapped form, for the request's row. */
struct seal *seal_new(struct arena *a, const struct keys *k, str *wrapped);

/*
 * ERR_NOT_FOUND when the wrapped key is empty: it was destroyed, the person's
 * data with it.  ERR_CORRUPT when it does not open.
 */
int seal_open(struct arena *a, const struct keys *k, str wrapped,
	struct seal **out, struct err *e);

/* The key of what has no request yet: drafts, by purpose. */
struct seal *seal_derived(
	struct arena *a, const struct keys *k, const char *purpose);

/* label: what and where ("request", "task:14", "mail"), the same for both. */
str seal_put(struct arena *a, const struct seal *s, str label, str text);
int seal_get(struct arena *a, const struct seal *s, str label, str blob,
	str *text, struct err *e);

#endif
