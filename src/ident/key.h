#ifndef IDENT_KEY_H
#define IDENT_KEY_H

#include <stddef.h>
#include <stdint.h>

#include "ident/ident.h"

/*
 * The key under which an identifier is kept in the suppression record and the
 * index: its 32-byte digest, encrypted as two AES-128 blocks with two subkeys
 * of the kind, derived from the installation's 32-byte index secret.
 *
 * Why not the digest: ten digits of a phone number are found from their SHA-256
 * in minutes, and whoever can choose digests can fill one bucket of a table.
 * Why a cipher and not another hash: the holder of the secret gets the full
 * digest back to prove a hit (ident_unkey), and nothing is lost of its 256
 * bits.  Kinds have subkeys of their own, so the same digest under two kinds
 * gives keys that have nothing to do with each other.
 *
 *	subkeys = HMAC-SHA256(secret, "toyon index key 1 " kind name)
 *	key     = AES128(subkeys[0..15], digest[0..15])
 *	          AES128(subkeys[16..31], digest[16..31])
 *	fingerprint = HMAC-SHA256(secret, "toyon index fingerprint 1")[0..15]
 */
enum {
	IDENT_KEY_SIZE = 32,
	IDENT_SECRET_SIZE = 32,
	IDENT_FINGERPRINT_SIZE = 16,
};

/* The two subkeys of a kind. */
struct ident_cipher {
	uint8_t secret[2][16];
	/* The round keys of both, side by side, for processors with AES
	 * instructions: making them anew costs as much as some twenty blocks. */
	_Alignas(16) uint8_t round[11][2][16];
};

/* Made once; then read-only and free to share between threads. */
struct ident_keyring {
	struct ident_cipher of[IDENT_KINDS];
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE]; /* names the secret */
	enum cpu_path cpu;                           /* resolved */
	bool has_vaes; /* asked once: a virtual machine is slow to say */
};

void ident_keyring_init(struct ident_keyring *k,
	const uint8_t secret[IDENT_SECRET_SIZE], enum cpu_path cpu);
void ident_keyring_wipe(struct ident_keyring *k);

void ident_key(const struct ident_keyring *k, enum ident_kind kind,
	const uint8_t digest[SHA256_SIZE], uint8_t key[IDENT_KEY_SIZE]);
/* n digests and n keys of 32 bytes, one after the other; may be the same. */
void ident_key_batch(const struct ident_keyring *k, enum ident_kind kind,
	const uint8_t *digest, size_t n, uint8_t *key);
/* The digest back out of the key. */
void ident_unkey(const struct ident_keyring *k, enum ident_kind kind,
	const uint8_t key[IDENT_KEY_SIZE], uint8_t digest[SHA256_SIZE]);

/* A raw or hashed identifier, all the way to its key, by profile toyon/1. */
enum ident_fault ident_key_of(const struct ident_keyring *k,
	enum ident_kind kind, str raw, uint8_t key[IDENT_KEY_SIZE]);

#endif
