/* Whose call it is: HMAC-SHA256 by libsodium, compared in constant time. */
#include "drop/webhook.h"

#include <sodium.h>
#include <string.h>

#include "base/enc.h"

enum { FIVE_MINUTES_MS = 5 * 60 * 1000 };

void drop_webhook_sign(
	str secret, str timestamp, str body, uint8_t out[DROP_SIGNATURE_SIZE])
{
	crypto_auth_hmacsha256_state st;

	crypto_auth_hmacsha256_init(
		&st, (const unsigned char *)secret.p, secret.n);
	crypto_auth_hmacsha256_update(
		&st, (const unsigned char *)timestamp.p, timestamp.n);
	crypto_auth_hmacsha256_update(&st, (const unsigned char *)".", 1);
	crypto_auth_hmacsha256_update(
		&st, (const unsigned char *)body.p, body.n);
	crypto_auth_hmacsha256_final(&st, out);
}

void drop_webhook_signed(str timestamp, str body, uint8_t out[DROP_SIGNED_SIZE])
{
	crypto_hash_sha256_state st;

	crypto_hash_sha256_init(&st);
	crypto_hash_sha256_update(
		&st, (const unsigned char *)timestamp.p, timestamp.n);
	crypto_hash_sha256_update(&st, (const unsigned char *)".", 1);
	crypto_hash_sha256_update(&st, (const unsigned char *)body.p, body.n);
	crypto_hash_sha256_final(&st, out);
}

/* Seconds since 1970, as the examples have it, or RFC 3339. */
static bool read_instant(str s, int64_t *ms)
{
	int64_t seconds;

	if (!str_int(s, &seconds))
		return instant_parse(s, ms);
	if (seconds < 0 || seconds > INT64_MAX / 1000)
		return false;
	*ms = seconds * 1000;
	return true;
}

static bool is_signed(const struct drop_webhook *w, str secret)
{
	uint8_t given[DROP_SIGNATURE_SIZE], right[DROP_SIGNATURE_SIZE];
	str hex = w->signature;

	if (!secret.n || !str_starts(hex, STR("sha256=")) ||
		!hex_read(str_from(hex, 7), given, sizeof given))
		return false;
	drop_webhook_sign(secret, w->timestamp, w->body, right);
	return !sodium_memcmp(given, right, sizeof right);
}

int drop_webhook_verify(
	const struct drop_webhook *w, str secret, int64_t now_ms, struct err *e)
{
	int64_t at;

	if (!is_signed(w, secret))
		return err_set(e, ERR_DENIED,
			"the webhook's signature is not the platform's");
	if (!read_instant(w->timestamp, &at) || at < now_ms - FIVE_MINUTES_MS ||
		at > now_ms + FIVE_MINUTES_MS)
		return err_set(e, ERR_DENIED,
			"the webhook is more than five minutes old, or this "
			"machine's clock is wrong");
	return 0;
}
