#ifndef DESK_KEYS_H
#define DESK_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * The secrets of an installation, in DIR/keys/ (0700), one a file (0600), as 64
 * hex digits and a line end:
 *
 *	master.key  wraps the key of each request, and gives the derived keys
 *	index.key   keys the identifiers of the suppression record and index
 *	audit.key   Ed25519 seed that signs the audit trail
 *	audit.pub   its public half, to be given to auditors
 *
 * Losing master.key is losing what is sealed; losing index.key is losing the
 * suppression index.  A process asks for the ones it needs: the web process
 * never holds the audit secret, so that who takes it over cannot sign a history
 * of its own.
 */
enum { KEY_SIZE = 32, SIGNATURE_SIZE = 64 };

enum keys_which {
	KEYS_MASTER = 1,
	KEYS_INDEX = 2,
	KEYS_AUDIT = 4,
	KEYS_WEB = KEYS_MASTER | KEYS_INDEX,
	KEYS_ALL = KEYS_MASTER | KEYS_INDEX | KEYS_AUDIT,
};

/* The public audit key is always loaded. */
struct keys;

/*
 * Makes DIR/keys with new secrets, complete or not at all.  ERR_CONFLICT when
 * the folder is there: keys are never written over.
 */
int keys_make(const char *dir, struct err *e);

/*
 * Loads them into locked memory that is wiped when the arena ends.  A file that
 * is missing (ERR_NOT_FOUND), that others may read (ERR_DENIED), of the wrong
 * length or form, or an audit.pub that does not belong to audit.key
 * (ERR_CORRUPT) is refused, with a hint what to do.
 */
int keys_load(struct arena *a, const char *dir, unsigned which,
	struct keys **out, struct err *e);

/*
 * A name for each key that says nothing about it, kept in the database, so that
 * a key from another installation is noticed before anything is looked up or
 * sealed with it.  Empty when it was not loaded.
 */
str keys_fingerprint(
	struct arena *a, const struct keys *k, enum keys_which which);

/* Asking for a secret that was not loaded is a broken promise. */
const unsigned char *keys_index(const struct keys *k); /* KEY_SIZE bytes */
const unsigned char *keys_audit_public(const struct keys *k);
void keys_audit_sign(const struct keys *k, str message,
	unsigned char signature[SIGNATURE_SIZE]);
/* Was the audit secret loaded? */
bool keys_can_sign(const struct keys *k);
bool keys_audit_verify(const unsigned char public_key[KEY_SIZE], str message,
	const unsigned char signature[SIGNATURE_SIZE]);

/*
 * A key of its own for each purpose ("draft", "session", "code", "link" ...),
 * derived from the master key: BLAKE2b-256 keyed with it over
 * "toyon subkey 1 " purpose.  The caller wipes it (sodium_memzero).
 */
void keys_subkey(
	const struct keys *k, const char *purpose, unsigned char out[KEY_SIZE]);

/*
 * The one-way form of a short secret we hand out (code, session, link): BLAKE2b
 * keyed with the purpose's key.  What a database thief finds cannot be tried.
 */
str keys_hash(
	struct arena *a, const struct keys *k, const char *purpose, str secret);

#endif
