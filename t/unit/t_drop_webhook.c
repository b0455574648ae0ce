/*
 * Whose call a webhook is.  The signatures are made by another program:
 *	printf '%s' TIMESTAMP.BODY | openssl dgst -sha256 -hmac SECRET
 */
#include "drop/webhook.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "check.h"

#define BODY   "{\"type\":\"download.ready\"}"
#define SECRET "whsec-made-up"
#define AT_S   "1795305600"
#define AT_MS  1795305600000
#define MINUTE 60000

static str of_openssl(struct arena *a, const char *secret, const char *text)
{
	char line[256] = "";
	str command = arena_fmt(a,
		"printf '%%s' '%s' | openssl dgst -sha256 -hmac '%s' -r%c",
		text, secret, 0);
	FILE *p = popen(command.p, "r");

	CHECK(p && fgets(line, sizeof line, p), "openssl runs");
	if (p)
		pclose(p);
	return arena_fmt(a, "sha256=%.64s", line);
}

static bool is_ours(str signature, const char *at, int64_t now_ms,
	const char *body, const char *secret)
{
	struct drop_webhook w = { .event_id = STR("evt-1"),
		.type = STR("download.ready"),
		.timestamp = str_of(at),
		.signature = signature,
		.body = str_of(body) };
	struct err e = { 0 };
	int rc = drop_webhook_verify(&w, str_of(secret), now_ms, &e);

	CHECK(!rc || e.code == ERR_DENIED, "%s", e.message);
	return !rc;
}

int main(void)
{
	struct arena *a = arena_new(1 << 20);
	str good = of_openssl(a, SECRET, AT_S "." BODY);
	str words = of_openssl(a, SECRET, "2026-11-22T00:00:00Z." BODY);
	uint8_t raw[DROP_SIGNATURE_SIZE];
	uint8_t same[crypto_hash_sha256_BYTES];

	drop_webhook_sign(STR(SECRET), STR(AT_S), STR(BODY), raw);
	CHECK(str_eq(str_from(good, 7), hex_of(a, raw, sizeof raw)),
		"ours is openssl's");
	drop_webhook_signed(STR(AT_S), STR(BODY), raw);
	crypto_hash_sha256(same, (const unsigned char *)AT_S "." BODY,
		strlen(AT_S "." BODY));
	CHECK(!memcmp(raw, same, sizeof same), "what the signature is over");
	CHECK(is_ours(good, AT_S, AT_MS, BODY, SECRET), "as sent");
	CHECK(is_ours(good, AT_S, AT_MS + 5 * MINUTE, BODY, SECRET),
		"five minutes old");
	CHECK(!is_ours(good, AT_S, AT_MS + 5 * MINUTE + 1, BODY, SECRET),
		"older");
	CHECK(is_ours(good, AT_S, AT_MS - 5 * MINUTE, BODY, SECRET),
		"a clock that is behind");
	CHECK(!is_ours(good, AT_S, AT_MS - 5 * MINUTE - 1, BODY, SECRET),
		"more behind");
	CHECK(is_ours(words, "2026-11-22T00:00:00Z", AT_MS, BODY, SECRET),
		"an instant in words");
	CHECK(!is_ours(good, AT_S, AT_MS, BODY " ", SECRET), "another body");
	CHECK(!is_ours(good, "1795305601", AT_MS, BODY, SECRET),
		"another timestamp");
	CHECK(!is_ours(good, AT_S, AT_MS, BODY, "whsec"), "another secret");
	CHECK(!is_ours(good, AT_S, AT_MS, BODY, ""), "no secret is no proof");
	CHECK(!is_ours(str_from(good, 7), AT_S, AT_MS, BODY, SECRET),
		"without sha256=");
	CHECK(!is_ours(str_head(good, 70), AT_S, AT_MS, BODY, SECRET), "short");
	CHECK(!is_ours((str){ 0 }, AT_S, AT_MS, BODY, SECRET), "none");
	CHECK(!is_ours(of_openssl(a, SECRET, "soon." BODY), "soon", AT_MS, BODY,
		      SECRET),
		"a timestamp that is none");
	arena_free(a);
	return CHECK_DONE();
}
