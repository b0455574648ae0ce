#ifndef DESK_PASSPHRASE_H
#define DESK_PASSPHRASE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * Staff passphrases: Argon2id by libsodium, 32 MiB and three passes, about
 * 30 ms of a core.  Length is the only demand (NIST SP 800-63B 5.1.1): 12
 * characters, any; no classes, no expiry.
 */
enum { PASSPHRASE_CHARS_MIN = 12, PASSPHRASE_BYTES_MAX = 512 };

/* Adds problems under field "passphrase": too short, too long, or nothing but
 * the email address, its first part or the name. */
void passphrase_check(personal passphrase, personal email, personal name,
	struct problems *ps);

/* "$argon2id$..." for the staff row. */
str passphrase_hash(struct arena *a, personal passphrase);

/*
 * Whether it is the one.  An empty hash (no such account, or disabled) takes as
 * long as any other and is never right, so that the time of a sign-in does not
 * tell who has an account.
 */
bool passphrase_verify(str hash, personal passphrase);

/* The hash was made with other costs than today's: make it anew. */
bool passphrase_is_stale(str hash);

#endif
