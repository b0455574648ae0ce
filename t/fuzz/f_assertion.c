/*
 * Any bytes as an assertion of the business's site: nothing is believed that was not
 * signed; and signed, any bytes as its header and claims are read or refused, within
 * the bounds.
 */
#include "desk/assertion.h"

#include <sodium.h>
#include <stdint.h>

#include "base/base.h"
#include "base/enc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const unsigned char secret[crypto_auth_hmacsha256_KEYBYTES] = { 7 };

static struct assertion_key key_of(void)
{
	struct assertion_key key = { .alg = ASSERTION_HS256,
		.n = sizeof secret };

	for (size_t i = 0; i < sizeof secret; i++)
		key.bytes[i] = secret[i];
	return key;
}

static void as_it_is(struct arena *a, str token)
{
	struct assertion_key key = key_of();
	struct assertion x;
	struct err e = { 0 };

	/* A right MAC by chance is 1 in 2^256. */
	must(assertion_read(a, &key, token, &x, &e) == -1);
	must(e.code == ERR_INVALID || e.code == ERR_DENIED);
}

/* The part before the first line end is the header, the rest the claims. */
static void as_claims(struct arena *a, str text)
{
	struct assertion_key key = key_of();
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	struct assertion x;
	struct err e = { 0 };
	str header, claims, both, token;

	str_cut(text, '\n', &header, &claims);
	both = arena_fmt(a, "%.*s.%.*s",
		STR_ARG(base64url_of(a, header.p, header.n)),
		STR_ARG(base64url_of(a, claims.p, claims.n)));
	crypto_auth_hmacsha256(
		mac, (const unsigned char *)both.p, both.n, secret);
	token = arena_fmt(a, "%.*s.%.*s", STR_ARG(both),
		STR_ARG(base64url_of(a, mac, sizeof mac)));
	if (assertion_read(a, &key, token, &x, &e)) {
		must(e.code == ERR_INVALID || e.code == ERR_DENIED);
		return;
	}
	must(x.audience.n && x.email.v.n && x.nonce.n);
	must(x.issued_at_s > 0 && x.expires_at_s > 0);
	if (!assertion_check(&x, x.audience, x.issued_at_s * 1000, &e))
		must(x.expires_at_s - x.issued_at_s <= ASSERTION_LIFE_S);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a;
	str text = { (const char *)data, size };

	if (size > 2 * ASSERTION_MAX)
		return 0;
	a = arena_new(1 << 20);
	as_it_is(a, text);
	as_claims(a, text);
	arena_free(a);
	return 0;
}
