#include "desk/assertion.h"

#include <sodium.h>

#include "base/base.h"
#include "base/enc.h"
#include "base/json.h"

enum { SECRET_MIN = 32, AUDIENCE_MAX = 512, NONCE_MAX = 128 };

static const char *const algs[] = { "EdDSA", "HS256" };

int assertion_key_read(str text, struct assertion_key *out, struct err *e)
{
	static const str ed = STR_INIT("ed25519:");
	static const str hs = STR_INIT("hs256:");
	bool is_ed = str_starts(text, ed);
	str hex = str_from(text, is_ed ? ed.n : hs.n);

	*out = (struct assertion_key){
		.alg = is_ed ? ASSERTION_EDDSA : ASSERTION_HS256,
		.n = hex.n / 2,
	};
	if ((is_ed ? hex.n == 2 * crypto_sign_PUBLICKEYBYTES
		   : str_starts(text, hs) && hex.n >= 2 * SECRET_MIN &&
				    hex.n <= 2 * ASSERTION_KEY_MAX &&
				    hex.n % 2 == 0) &&
		hex_read(hex, out->bytes, out->n))
		return 0;
	err_set(e, ERR_INVALID, "the key of the business's site is none");
	return err_hint(e, "the secret account_key is ed25519: and 64 hex "
			   "digits, or hs256: and at least 64");
}

static bool verify(const struct assertion_key *key, str message, str signature)
{
	const unsigned char *m = (const unsigned char *)message.p;
	const unsigned char *s = (const unsigned char *)signature.p;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state st;

	if (key->alg == ASSERTION_EDDSA)
		return signature.n == crypto_sign_BYTES &&
		       !crypto_sign_verify_detached(
			       s, m, message.n, key->bytes);
	if (signature.n != sizeof mac)
		return false;
	crypto_auth_hmacsha256_init(&st, key->bytes, key->n);
	crypto_auth_hmacsha256_update(&st, m, message.n);
	crypto_auth_hmacsha256_final(&st, mac);
	return !sodium_memcmp(mac, s, sizeof mac);
}

static int no_token(struct err *e)
{
	return err_set(e, ERR_INVALID, "it is no assertion");
}

static int read_part(struct arena *a, str part, json_t **out, struct err *e)
{
	struct err ignored;
	str text;

	if (!base64url_read(a, part, &text) ||
		json_read(a, text, ASSERTION_MAX, out, &ignored) ||
		!json_is_object(*out))
		return no_token(e);
	return 0;
}

static int check_header(struct arena *a, str part,
	const struct assertion_key *key, struct err *e)
{
	json_t *header;

	if (read_part(a, part, &header, e))
		return -1;
	if (!str_eq(json_text(header, "alg"), str_of(algs[key->alg])) ||
		json_object_get(header, "crit"))
		return err_set(e, ERR_DENIED,
			"it is signed in another way than agreed");
	return 0;
}

static bool read_time(const json_t *claims, const char *name, int64_t *out)
{
	const json_t *v = json_object_get(claims, name);

	*out = json_is_integer(v) ? json_integer_value(v) : 0;
	return *out > 0 && *out < INT64_C(1) << 40;
}

/* Not said is not known; said otherwise than as a time, it is no such token. */
static bool read_sign_in(const json_t *claims, int64_t *out)
{
	*out = 0;
	return !json_object_get(claims, "auth_time") ||
	       read_time(claims, "auth_time", out);
}

static int read_claims(
	struct arena *a, str part, struct assertion *out, struct err *e)
{
	json_t *claims;

	if (read_part(a, part, &claims, e))
		return -1;
	*out = (struct assertion){
		.audience = arena_dup(a, json_text(claims, "aud")),
		.email = { arena_dup(a, json_text(claims, "email")) },
		.nonce = arena_dup(a, json_text(claims, "nonce")),
	};
	if (!read_time(claims, "iat", &out->issued_at_s) ||
		!read_time(claims, "exp", &out->expires_at_s) ||
		!read_sign_in(claims, &out->signed_in_at_s) ||
		!out->audience.n || out->audience.n > AUDIENCE_MAX ||
		!out->email.v.n || !out->nonce.n || out->nonce.n > NONCE_MAX)
		return no_token(e);
	return 0;
}

int assertion_read(struct arena *a, const struct assertion_key *key, str token,
	struct assertion *out, struct err *e)
{
	str header, rest, claims, signature, bytes;

	if (token.n > ASSERTION_MAX || !str_cut(token, '.', &header, &rest) ||
		!str_cut(rest, '.', &claims, &signature) ||
		str_has(signature, '.') ||
		!base64url_read(a, signature, &bytes))
		return no_token(e);
	if (!verify(key, str_head(token, header.n + 1 + claims.n), bytes))
		return err_set(e, ERR_DENIED, "its signature does not fit");
	if (check_header(a, header, key, e))
		return -1;
	return read_claims(a, claims, out, e);
}

int assertion_check(
	const struct assertion *x, str audience, int64_t now_ms, struct err *e)
{
	int64_t now = now_ms / 1000;

	if (!str_eq(x->audience, audience))
		return err_set(e, ERR_DENIED, "it is for somebody else");
	if (x->expires_at_s <= x->issued_at_s ||
		x->expires_at_s - x->issued_at_s > ASSERTION_LIFE_S)
		return err_set(e, ERR_DENIED, "it holds for too long");
	if (x->issued_at_s > now + ASSERTION_SKEW_S)
		return err_set(e, ERR_DENIED, "it is of the future");
	if (x->expires_at_s + ASSERTION_SKEW_S <= now)
		return err_set(e, ERR_DENIED, "its time is over");
	return 0;
}
