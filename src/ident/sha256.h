#ifndef IDENT_SHA256_H
#define IDENT_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "ident/cpu.h"

/*
 * SHA-256 (FIPS 180-4) of very many short messages.  An identifier nearly
 * always fits one 64-byte block with its padding, so the batch works on padded
 * blocks: 16 at a time with AVX-512, 2 or 1 with the SHA extensions, 8 with AVX2,
 * one by one through OpenSSL's low-level calls otherwise.  (OpenSSL's one-shot
 * SHA256() takes a global lock and 330 ns; Init/Update/Final takes 56.)
 */
enum {
	SHA256_SIZE = 32,
	SHA256_BLOCK = 64,
	SHA256_SHORT_MAX = 55, /* the longest message of one padded block */
	SHA256_LONG_MAX = 3,   /* blocks of one message in a batch */
};

/* Any message; not for loops over millions. */
void sha256(str message, uint8_t digest[SHA256_SIZE]);

/* Pads a message of at most SHA256_SHORT_MAX bytes into one block. */
void sha256_pad(uint8_t block[SHA256_BLOCK], str message);

/*
 * The digests of n messages of one block each: block is n padded blocks of 64
 * bytes, digest n times 32 bytes, one after the other.  p is resolved (not
 * CPU_BEST).  No alignment is asked for; the two do not overlap.
 */
void sha256_blocks(
	enum cpu_path p, const uint8_t *block, size_t n, uint8_t *digest);

/*
 * The same for messages that have k blocks each, with sha256_pad_long(): what a
 * composite is made of.
 */
void sha256_long_blocks(enum cpu_path p, const uint8_t *block, size_t k,
	size_t n, uint8_t *digest);

/* The padding of k blocks that begin with a message of n bytes: one that fits k
 * blocks with its padding, and no fewer. */
void sha256_pad_long(uint8_t *block, size_t k, size_t n);

/* The same for whole messages of any length, in any mix. */
void sha256_batch(
	enum cpu_path p, const str *message, size_t n, uint8_t *digest);

#endif
