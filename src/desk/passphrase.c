/*
 * Argon2id through libsodium's own text form, which carries its costs, so that
 * they can be raised later and old hashes still verify.
 */
#include "desk/passphrase.h"

#include <sodium.h>
#include <string.h>

#include "base/base.h"

enum { PASSES = 3, MEMORY = 32 << 20 };

/*
 * The hash of nobody's passphrase, with today's costs: what an unknown account
 * is compared with.  A test holds it to PASSES and MEMORY.
 */
static const char nobody[] =
	"$argon2id$v=19$m=32768,t=3,p=1$KV6f9vx804de54tPfGKFfg$wpm1gHkjC+cTL+e0OoSVvG2pSCtLojF2iepbGg6mlAg";

static size_t characters(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}

/* Whether a passphrase is the word and little else: "ellen.tran@x" and "1". */
static bool is_little_but(str passphrase, str word)
{
	if (word.n < 3 || passphrase.n < word.n ||
		passphrase.n - word.n >= PASSPHRASE_CHARS_MIN / 2)
		return false;
	for (size_t i = 0; i + word.n <= passphrase.n; i++)
		if (str_eq_nocase(
			    str_head(str_from(passphrase, i), word.n), word))
			return true;
	return false;
}

void passphrase_check(
	personal passphrase, personal email, personal name, struct problems *ps)
{
	str p = passphrase.v, user, host;

	str_cut(email.v, '@', &user, &host);
	if (characters(p) < PASSPHRASE_CHARS_MIN)
		problem_add(ps, "passphrase", "too_short",
			"Use at least 12 characters. Four or five words that "
			"you can remember do well.");
	else if (p.n > PASSPHRASE_BYTES_MAX)
		problem_add(ps, "passphrase", "too_long",
			"Use a shorter passphrase, at most 512 bytes.");
	else if (is_little_but(p, email.v) || is_little_but(p, user) ||
		 is_little_but(p, name.v))
		problem_add(ps, "passphrase", "too_plain",
			"Don't use the email address or the name as the "
			"passphrase.");
}

str passphrase_hash(struct arena *a, personal passphrase)
{
	char *out = arena_alloc(a, crypto_pwhash_STRBYTES);

	must(sodium_init() >= 0);
	/* Fails only without the memory, which stops us anywhere else too. */
	must(!crypto_pwhash_str_alg(out, passphrase.v.p, passphrase.v.n, PASSES,
		MEMORY, crypto_pwhash_ALG_ARGON2ID13));
	return str_of(out);
}

/* As libsodium wants it: NUL-terminated in a field of fixed size. */
static bool field_of(str hash, char field[crypto_pwhash_STRBYTES])
{
	memset(field, 0, crypto_pwhash_STRBYTES);
	if (!hash.n || hash.n >= crypto_pwhash_STRBYTES)
		return false;
	memcpy(field, hash.p, hash.n);
	return true;
}

bool passphrase_verify(str hash, personal passphrase)
{
	char field[crypto_pwhash_STRBYTES];
	bool is_known = field_of(hash, field);
	bool is_right;

	must(sodium_init() >= 0);
	if (!is_known)
		field_of(STR(nobody), field);
	/* What is longer was never hashed; it costs the same all the same. */
	if (passphrase.v.n > PASSPHRASE_BYTES_MAX) {
		is_known = false;
		passphrase.v = str_head(passphrase.v, PASSPHRASE_BYTES_MAX);
	}
	is_right = !crypto_pwhash_str_verify(
		field, passphrase.v.p ? passphrase.v.p : "", passphrase.v.n);
	return is_right && is_known;
}

bool passphrase_is_stale(str hash)
{
	char field[crypto_pwhash_STRBYTES];

	if (!field_of(hash, field))
		field_of(STR(nobody), field);
	return crypto_pwhash_str_needs_rehash(field, PASSES, MEMORY) != 0;
}
