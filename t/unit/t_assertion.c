/*
 * What the business's own site says of an account holder (11 CCR 7061; row V-06):
 * what was signed as agreed is read, and nothing else is believed.
 */
#include "desk/assertion.h"

#include <sodium.h>
#include <string.h>

#include "base/base.h"
#include "base/enc.h"
#include "check.h"

static struct arena *arena;
static unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
static unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
static const char shared[] = "0123456789abcdef0123456789abcdef";

#define NOW_S INT64_C(1795295045)

static struct assertion_key key_of(enum assertion_alg alg)
{
	struct assertion_key key;
	struct err e = { 0 };
	str text = alg == ASSERTION_EDDSA
			   ? arena_fmt(arena, "ed25519:%.*s",
				     STR_ARG(hex_of(arena, public_key,
					     sizeof public_key)))
			   : arena_fmt(arena, "hs256:%.*s",
				     STR_ARG(hex_of(arena, shared, 32)));

	CHECK(!assertion_key_read(text, &key, &e), "%s", e.message);
	return key;
}

/* As a site makes one. */
static str sign(enum assertion_alg alg, const char *header, const char *claims)
{
	str both = arena_fmt(arena, "%.*s.%.*s",
		STR_ARG(base64url_of(arena, header, strlen(header))),
		STR_ARG(base64url_of(arena, claims, strlen(claims))));
	unsigned char s[crypto_sign_BYTES];
	size_t n = crypto_sign_BYTES;

	if (alg == ASSERTION_EDDSA) {
		crypto_sign_detached(s, NULL, (const unsigned char *)both.p,
			both.n, secret_key);
	} else {
		n = crypto_auth_hmacsha256_BYTES;
		crypto_auth_hmacsha256(s, (const unsigned char *)both.p, both.n,
			(const unsigned char *)shared);
	}
	return arena_fmt(arena, "%.*s.%.*s", STR_ARG(both),
		STR_ARG(base64url_of(arena, s, n)));
}

#define CLAIMS                                                      \
	"{\"aud\":\"https://p.example\",\"email\":\"l@x.example\"," \
	"\"nonce\":\"n-1\",\"iat\":1795295040,\"exp\":1795295100}"

static const struct {
	const char *why;
	enum assertion_alg alg;  /* it is signed with */
	enum assertion_alg want; /* that was agreed */
	const char *header;
	const char *claims;
	enum err_code code; /* ERR_NONE: read */
} rows[] = {
	{ "Ed25519", ASSERTION_EDDSA, ASSERTION_EDDSA, "{\"alg\":\"EdDSA\"}",
		CLAIMS, 0 },
	{ "HMAC with SHA-256", ASSERTION_HS256, ASSERTION_HS256,
		"{\"alg\":\"HS256\",\"typ\":\"JWT\"}", CLAIMS, 0 },
	{ "members that we don't know are passed over", ASSERTION_EDDSA,
		ASSERTION_EDDSA, "{\"alg\":\"EdDSA\",\"kid\":\"1\"}",
		"{\"aud\":\"https://p.example\",\"email\":\"l@x.example\","
		"\"nonce\":\"n-1\",\"iat\":1795295040,\"exp\":1795295100,"
		"\"name\":\"Luis\"}",
		0 },
	{ "signed in the other way", ASSERTION_HS256, ASSERTION_EDDSA,
		"{\"alg\":\"HS256\"}", CLAIMS, ERR_DENIED },
	{ "says that nobody signed it", ASSERTION_EDDSA, ASSERTION_EDDSA,
		"{\"alg\":\"none\"}", CLAIMS, ERR_DENIED },
	{ "says nothing of it", ASSERTION_EDDSA, ASSERTION_EDDSA, "{}", CLAIMS,
		ERR_DENIED },
	{ "wants more to be understood", ASSERTION_EDDSA, ASSERTION_EDDSA,
		"{\"alg\":\"EdDSA\",\"crit\":[\"b64\"],\"b64\":false}", CLAIMS,
		ERR_DENIED },
	{ "no object", ASSERTION_EDDSA, ASSERTION_EDDSA, "[\"EdDSA\"]", CLAIMS,
		ERR_INVALID },
	{ "no claims", ASSERTION_EDDSA, ASSERTION_EDDSA, "{\"alg\":\"EdDSA\"}",
		"7", ERR_INVALID },
	{ "no nonce", ASSERTION_EDDSA, ASSERTION_EDDSA, "{\"alg\":\"EdDSA\"}",
		"{\"aud\":\"https://p.example\",\"email\":\"l@x.example\","
		"\"iat\":1795295040,\"exp\":1795295100}",
		ERR_INVALID },
	{ "no end", ASSERTION_EDDSA, ASSERTION_EDDSA, "{\"alg\":\"EdDSA\"}",
		"{\"aud\":\"https://p.example\",\"email\":\"l@x.example\","
		"\"nonce\":\"n-1\",\"iat\":1795295040}",
		ERR_INVALID },
	{ "a time as text", ASSERTION_EDDSA, ASSERTION_EDDSA,
		"{\"alg\":\"EdDSA\"}",
		"{\"aud\":\"https://p.example\",\"email\":\"l@x.example\","
		"\"nonce\":\"n-1\",\"iat\":\"1795295040\",\"exp\":1795295100}",
		ERR_INVALID },
	{ "when they signed in", ASSERTION_EDDSA, ASSERTION_EDDSA,
		"{\"alg\":\"EdDSA\"}",
		"{\"aud\":\"https://p.example\",\"email\":\"l@x.example\","
		"\"nonce\":\"n-1\",\"iat\":1795295040,\"exp\":1795295100,"
		"\"auth_time\":1795295030}",
		0 },
	{ "when they signed in, as text", ASSERTION_EDDSA, ASSERTION_EDDSA,
		"{\"alg\":\"EdDSA\"}",
		"{\"aud\":\"https://p.example\",\"email\":\"l@x.example\","
		"\"nonce\":\"n-1\",\"iat\":1795295040,\"exp\":1795295100,"
		"\"auth_time\":\"just now\"}",
		ERR_INVALID },
	{ "several audiences: one is agreed", ASSERTION_EDDSA, ASSERTION_EDDSA,
		"{\"alg\":\"EdDSA\"}",
		"{\"aud\":[\"https://p.example\"],\"email\":\"l@x.example\","
		"\"nonce\":\"n-1\",\"iat\":1795295040,\"exp\":1795295100}",
		ERR_INVALID },
};

static void tokens(void)
{
	for (size_t i = 0; i < COUNTOF(rows); i++) {
		struct assertion_key key = key_of(rows[i].want);
		struct assertion x = { 0 };
		struct err e = { 0 };
		int rc = assertion_read(arena, &key,
			sign(rows[i].alg, rows[i].header, rows[i].claims), &x,
			&e);

		CHECK(rc == (rows[i].code ? -1 : 0) && e.code == rows[i].code,
			"%s: %s", rows[i].why, e.message);
		CHECK(!strstr(e.message, "l@x.example"), "%s: quotes nothing",
			rows[i].why);
		CHECK(rc || (str_eq(x.email.v, STR("l@x.example")) &&
				    str_eq(x.nonce, STR("n-1")) &&
				    str_eq(x.audience,
					    STR("https://p.example")) &&
				    x.issued_at_s == 1795295040 &&
				    x.signed_in_at_s ==
					    (strstr(rows[i].claims, "auth_time")
							    ? 1795295030
							    : 0) &&
				    x.expires_at_s == 1795295100),
			"%s: what it says", rows[i].why);
	}
}

/* Each byte changed, dropped or doubled: nothing of it is believed. */
static void every_byte(void)
{
	for (int alg = 0; alg <= ASSERTION_HS256; alg++) {
		struct assertion_key key = key_of((enum assertion_alg)alg);
		str good = sign((enum assertion_alg)alg,
			alg ? "{\"alg\":\"HS256\"}" : "{\"alg\":\"EdDSA\"}",
			CLAIMS);
		int believed = 0;

		for (size_t i = 0; i < good.n; i++) {
			char *p = arena_cstr(arena, good);
			struct assertion x;
			struct err e = { 0 };

			p[i] = p[i] == 'A' ? 'B' : 'A';
			believed += !assertion_read(
				arena, &key, (str){ p, good.n }, &x, &e);
			believed += !assertion_read(
				arena, &key, str_head(good, i), &x, &e);
		}
		CHECK(good.n > 150 && !believed, "%s: %d believed of %zu",
			alg ? "HS256" : "EdDSA", believed, good.n);
	}
}

static const struct {
	const char *why;
	const char *audience;
	int64_t issued_s, expires_s; /* from now */
	bool is_good;
} times[] = {
	{ "now, for a minute", "https://p.example", -5, 55, true },
	{ "for another desk", "https://q.example", -5, 55, false },
	{ "for one whose name begins so", "https://p.example.org", -5, 55,
		false },
	{ "their clock is a minute ahead", "https://p.example", 60, 120, true },
	{ "more than a minute ahead", "https://p.example", 61, 121, false },
	{ "a minute behind", "https://p.example", -119, -59, true },
	{ "more than that: its time is over", "https://p.example", -120, -60,
		false },
	{ "ten minutes at the longest", "https://p.example", 0, 600, true },
	{ "longer", "https://p.example", 0, 601, false },
	{ "ends before it begins", "https://p.example", 10, 5, false },
};

static void checked(void)
{
	for (size_t i = 0; i < COUNTOF(times); i++) {
		struct assertion x = { .audience = str_of(times[i].audience),
			.issued_at_s = NOW_S + times[i].issued_s,
			.expires_at_s = NOW_S + times[i].expires_s };
		struct err e = { 0 };

		CHECK((assertion_check(&x, STR("https://p.example"),
			       NOW_S * 1000, &e) == 0) == times[i].is_good,
			"%s: %s", times[i].why, e.message);
	}
}

static const struct {
	const char *why;
	int digits; /* behind the word */
	const char *word;
	bool is_good;
} keys[] = {
	{ "a public key", 64, "ed25519:", true },
	{ "half of one", 32, "ed25519:", false },
	{ "a shared secret", 64, "hs256:", true },
	{ "the longest", 256, "hs256:", true },
	{ "too long", 258, "hs256:", false },
	{ "a short one can be guessed", 62, "hs256:", false },
	{ "half a byte", 65, "hs256:", false },
	{ "no word in front", 64, "", false },
	{ "another one", 64, "rs256:", false },
};

static void key_texts(void)
{
	char hex[300];

	memset(hex, 'a', sizeof hex);
	for (size_t i = 0; i < COUNTOF(keys); i++) {
		struct assertion_key key;
		struct err e = { 0 };
		str text = arena_fmt(
			arena, "%s%.*s", keys[i].word, keys[i].digits, hex);

		CHECK((assertion_key_read(text, &key, &e) == 0) ==
				keys[i].is_good,
			"%s: %s", keys[i].why, e.message);
		CHECK(keys[i].is_good || !strstr(e.message, "aaaa"),
			"%s: the key is not said", keys[i].why);
	}
}

static void too_long(void)
{
	struct assertion_key key = key_of(ASSERTION_EDDSA);
	struct assertion x;
	struct err e = { 0 };
	char *p = arena_alloc(arena, ASSERTION_MAX + 1);

	memset(p, 'A', ASSERTION_MAX + 1);
	p[10] = p[20] = '.';
	CHECK(assertion_read(arena, &key, (str){ p, ASSERTION_MAX }, &x, &e) ==
				-1 &&
			e.code == ERR_DENIED,
		"as long as may be: looked at");
	CHECK(assertion_read(arena, &key, (str){ p, ASSERTION_MAX + 1 }, &x,
		      &e) == -1 &&
			e.code == ERR_INVALID,
		"longer: not looked at");
}

int main(void)
{
	must(sodium_init() >= 0);
	arena = arena_new(1 << 26);
	crypto_sign_keypair(public_key, secret_key);
	tokens();
	every_byte();
	checked();
	key_texts();
	too_long();
	arena_free(arena);
	return CHECK_DONE();
}
