#ifndef DESK_ASSERTION_H
#define DESK_ASSERTION_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

/*
 * What the business's own site says of somebody who signed in to their account
 * again (11 CCR 7061): a compact token in the form of a JSON Web Signature (RFC
 * 7515),
 *
 *	base64url(header) "." base64url(claims) "." base64url(signature)
 *
 * signed over the first two parts with the dot between.  docs/identity.md is the
 * manual.  The key says which algorithm there is, and a header that says another
 * one is refused, "none" like every other; so is a header with "crit".
 *
 *	{"alg": "EdDSA" or "HS256"}
 *	{"aud": "https://privacy.example.com", "email": "...", "nonce": "...",
 *	 "iat": 1795295045, "exp": 1795295105, "auth_time": 1795295040}
 *
 * auth_time says when they signed in; without it that is not known.
 *
 * Pure: no clock, no store.  Errors quote nothing of a token.
 */
enum assertion_alg { ASSERTION_EDDSA, ASSERTION_HS256 };

enum {
	ASSERTION_MAX = 4096, /* bytes of a token */
	ASSERTION_KEY_MAX = 128,
	ASSERTION_LIFE_S = 600, /* exp is at most so long after iat */
	ASSERTION_SKEW_S = 60,  /* their clock and ours */
};

struct assertion_key {
	enum assertion_alg alg;
	unsigned char bytes[ASSERTION_KEY_MAX];
	size_t n;
};

/*
 * "ed25519:" and the public key, 64 hex digits; or "hs256:" and the shared secret,
 * 64 to 256 hex digits.  The caller wipes it (sodium_memzero).
 */
int assertion_key_read(str text, struct assertion_key *out, struct err *e);

struct assertion {
	str audience;
	personal email;
	str nonce;
	int64_t issued_at_s;
	int64_t expires_at_s;
	int64_t signed_in_at_s; /* 0: not said */
};

/* The signature first, then what it says; ERR_DENIED when it does not hold,
 * ERR_INVALID when it is no such token. */
int assertion_read(struct arena *a, const struct assertion_key *key, str token,
	struct assertion *out, struct err *e);

/* For us, and now; else ERR_DENIED with why. */
int assertion_check(
	const struct assertion *x, str audience, int64_t now_ms, struct err *e);

#endif
