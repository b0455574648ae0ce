/*
 * Digest to key and back.  With AES instructions eight blocks are in the air at
 * once, with wide ones 32; elsewhere OpenSSL's block function does one after the
 * other.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* one bare block, no mode, no context */
#include "ident/key.h"

#include <openssl/aes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "base/base.h"
#include "ident/key_aes.h"

enum { KEYS_FEW = 4 };

static void derive(const uint8_t *secret, const char *label, const char *name,
	uint8_t out[SHA256_SIZE])
{
	char text[96];
	size_t n = strlen(label), m = strlen(name);

	must(n + m <= sizeof text);
	memcpy(text, label, n);
	memcpy(text + n, name, m);
	must(HMAC(EVP_sha256(), secret, IDENT_SECRET_SIZE,
		     (const unsigned char *)text, n + m, out, NULL) != NULL);
	OPENSSL_cleanse(text, sizeof text);
}

void ident_keyring_init(struct ident_keyring *k,
	const uint8_t secret[IDENT_SECRET_SIZE], enum cpu_path cpu)
{
	uint8_t d[SHA256_SIZE];

	k->cpu = cpu_path_resolve(cpu);
	k->has_vaes = k->cpu == CPU_AVX512 && key_vaes_runs();
	for (size_t i = 0; i < IDENT_KINDS; i++) {
		derive(secret, "toyon index key 1 ",
			ident_kind_name((enum ident_kind)i), d);
		memcpy(k->of[i].secret, d, sizeof d);
		if (key_aes_runs())
			key_aes_prepare(&k->of[i]);
	}
	derive(secret, "toyon index fingerprint 1", "", d);
	memcpy(k->fingerprint, d, sizeof k->fingerprint);
	OPENSSL_cleanse(d, sizeof d);
}

void ident_keyring_wipe(struct ident_keyring *k)
{
	OPENSSL_cleanse(k, sizeof *k);
}

static bool has_aes(const struct ident_keyring *k)
{
	return k->cpu != CPU_PORTABLE && key_aes_runs();
}

static void encrypt_portable(const struct ident_cipher *c,
	const uint8_t *digest, size_t n, uint8_t *key)
{
	AES_KEY a[2];

	for (int i = 0; i < 2; i++)
		must(!AES_set_encrypt_key(c->secret[i], 128, &a[i]));
	for (; n > 0; n--, digest += SHA256_SIZE, key += IDENT_KEY_SIZE) {
		AES_encrypt(digest, key, &a[0]);
		AES_encrypt(digest + 16, key + 16, &a[1]);
	}
	OPENSSL_cleanse(a, sizeof a);
}

void ident_key_batch(const struct ident_keyring *k, enum ident_kind kind,
	const uint8_t *digest, size_t n, uint8_t *key)
{
	must(kind < IDENT_KINDS);
	/* For few, wide registers are mostly empty, and slow to read back. */
	if (k->has_vaes && n > KEYS_FEW)
		key_vaes_encrypt(&k->of[kind], digest, n, key);
	else if (has_aes(k))
		key_aes_encrypt(&k->of[kind], digest, n, key);
	else
		encrypt_portable(&k->of[kind], digest, n, key);
}

void ident_key(const struct ident_keyring *k, enum ident_kind kind,
	const uint8_t digest[SHA256_SIZE], uint8_t key[IDENT_KEY_SIZE])
{
	ident_key_batch(k, kind, digest, 1, key);
}

void ident_unkey(const struct ident_keyring *k, enum ident_kind kind,
	const uint8_t key[IDENT_KEY_SIZE], uint8_t digest[SHA256_SIZE])
{
	must(kind < IDENT_KINDS);
	for (int i = 0; i < 2; i++) {
		AES_KEY a;

		must(!AES_set_decrypt_key(k->of[kind].secret[i], 128, &a));
		AES_decrypt(key + 16 * i, digest + 16 * i, &a);
		OPENSSL_cleanse(&a, sizeof a);
	}
}

enum ident_fault ident_key_of(const struct ident_keyring *k,
	enum ident_kind kind, str raw, uint8_t key[IDENT_KEY_SIZE])
{
	uint8_t digest[SHA256_SIZE];
	enum ident_fault f = ident_digest_of(IDENT_TOYON_1, kind, raw, digest);

	if (!f)
		ident_key(k, kind, digest, key);
	return f;
}
