#ifndef DESK_FOLLOW_SNAPSHOT_H
#define DESK_FOLLOW_SNAPSHOT_H

#include "desk/follow_page.h"

/*
 * What holds when the suppression log stands at a signed entry, for a copy that
 * would else read every change up to there.  A manifest names the blocks by
 * their hashes and is signed; a block has the identifiers whose keys begin with
 * the bits of its number, so that it can be made, asked for and verified alone.
 * Released ones are in no block.  Numbers are big-endian.
 *
 *	manifest
 *		 8  magic: "TYSNP" 01 0D 0A
 *		 8  seq: the entry of the log
 *		 8  at: ms since 1970-01-01T00:00Z, when it was signed
 *		16  fingerprint of the key ring (ident/key.h)
 *		32  hash of the log's chain at seq (desk/follow_page.h)
 *		 4  kinds: 1 << enum ident_kind, of what may be in
 *		 4  bits: there are 2^bits blocks, 0 to FOLLOW_BITS_MAX
 *		 8  keys: how many identifiers
 *		 8  size: bytes of all blocks
 *		64  signature
 *		32  SHA-256 of each block, one after the other
 *
 *	block
 *		 4  count of identifiers, 0 to FOLLOW_BLOCK_MAX
 *		    for each, by ascending key:
 *		..  step * 2, + 1 when other reasons follow; step is the distance
 *		    of the key's first 8 bytes, as a number, to those before (the
 *		    first one: to the least that the block can have)
 *		 8  the key's next 8 bytes
 *		..  the reasons, when they are not those of the one before (0)
 *
 * ".." is a number of 7 bits a byte, the lowest first, the top bit set on all but
 * the last.  A key's 16 bytes are all that look-ups read (index/format.h); they
 * are random, so nothing but the steps could be made smaller.
 *
 * The signature (Ed25519, audit.key) is of
 *	"toyon suppression snapshot 1\n" and SEQ, AT, FINGERPRINT, HASH, KINDS, BITS,
 *	KEYS, SIZE, and the SHA-256 of all block hashes, with "\n" between them,
 * numbers in decimal and the rest in hex.
 */
enum {
	FOLLOW_BITS_MAX = 16,
	FOLLOW_BLOCK_KEYS = 32768, /* what blocks are cut to hold at most... */
	FOLLOW_BLOCK_MAX = 65536,  /* ...and what chance may make of it */
	FOLLOW_KEY_SIZE = 16,      /* what a snapshot has of a key */
	FOLLOW_BLOCK_SIZE_MAX = 4 + FOLLOW_BLOCK_MAX * (10 + 8 + 5),
	FOLLOW_MANIFEST_HEAD = 160,
	FOLLOW_MANIFEST_SIZE_MAX = FOLLOW_MANIFEST_HEAD +
				   (1 << FOLLOW_BITS_MAX) * FOLLOW_HASH_SIZE,
};

struct follow_manifest {
	uint64_t seq;
	int64_t at;
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE];
	uint8_t hash[FOLLOW_HASH_SIZE];
	uint32_t kinds;
	uint32_t bits;
	uint64_t keys;
	uint64_t size;
	uint8_t signature[SIGNATURE_SIZE];
	const uint8_t *blocks; /* hash of each, not aligned */
};

/* How many bits a log of so many entries is cut by. */
uint32_t follow_bits_of(uint64_t entries);
size_t follow_blocks_n(const struct follow_manifest *m);

void follow_manifest_put(struct buf *b, const struct follow_manifest *m);
/* The hashes stay in `bytes`.  ERR_CORRUPT when anything is not as drawn above;
 * the signature is not looked at. */
int follow_manifest_read(str bytes, struct follow_manifest *out, struct err *e);
/* What is signed. */
str follow_manifest_text(struct arena *a, const struct follow_manifest *m);

/* A block's cut: its number among 2^bits. */
struct follow_cut {
	uint32_t bits;
	uint32_t n;
};

/* The least first 8 bytes of a key in it, as a number; of the next block. */
uint64_t follow_cut_low(struct follow_cut cut);

struct follow_held {
	uint8_t key[FOLLOW_KEY_SIZE];
	uint32_t reasons; /* not 0 */
};

/* Keys ascend, and are of this block: else it is a broken promise. */
void follow_block_put(struct buf *b, struct follow_cut cut,
	const struct follow_held *held, size_t n);

/* As it stands in the manifest. */
void follow_block_hash(str block, uint8_t out[FOLLOW_HASH_SIZE]);

/* Stops when fn returns something else than 0, and returns that. */
typedef int follow_held_fn(void *ctx, const struct follow_held *held);

/*
 * Reads a block whose hash was right.  ERR_CORRUPT when it is not as drawn above
 * all the same, or longer than it says; never reads behind its end.
 */
int follow_block_read(str bytes, struct follow_cut cut, follow_held_fn *fn,
	void *ctx, struct err *e);

#endif
