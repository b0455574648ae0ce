#ifndef DESK_FOLLOW_PAGE_H
#define DESK_FOLLOW_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "desk/keys.h"
#include "ident/key.h"

/*
 * A page of the suppression log as it travels to machines that follow it.
 * Numbers are big-endian.
 *
 *	head	 8  magic: "TYLOG" 01 0D 0A
 *		 8  after: the page has entries with a greater seq
 *		 8  top: the last seq of the log when the page was made
 *		16  fingerprint of the key ring (ident/key.h)
 *		 4  count of entries, 0 to FOLLOW_PAGE_MAX
 *		 4  count of seals, 0 or 1
 *	seal	 8  seq: covers all entries up to here; not behind the last one
 *		 8  at: ms since 1970-01-01T00:00Z
 *		32  hash
 *		64  signature
 *	entry	 8  seq, ascending
 *		 1  kind (enum ident_kind)
 *		 4  reasons; 0 is a release
 *		32  key of the identifier
 *	end	32  SHA-256 of everything before
 *
 * hash is a chain over the 45 bytes of each entry: SHA-256(hash before, entry),
 * from 32 zeros on.  A seal signs (Ed25519, audit.key)
 *	"toyon suppression seal 1\n" SEQ "\n" AT "\n" FINGERPRINT "\n" HASH
 * with numbers in decimal and the rest in hex.  The end guards against accident
 * only; what the seal covers is safe from everybody without audit.key.
 */
enum {
	FOLLOW_HEAD_SIZE = 48,
	FOLLOW_SEAL_SIZE = 112,
	FOLLOW_ENTRY_SIZE = 45,
	FOLLOW_END_SIZE = 32,
	FOLLOW_HASH_SIZE = 32,
	FOLLOW_PAGE_MAX = 20000,
	FOLLOW_PAGE_SIZE_MAX = FOLLOW_HEAD_SIZE + FOLLOW_SEAL_SIZE +
			       FOLLOW_PAGE_MAX * FOLLOW_ENTRY_SIZE +
			       FOLLOW_END_SIZE,
};

struct follow_entry {
	uint64_t seq;
	enum ident_kind kind;
	uint32_t reasons;
	const uint8_t *key; /* IDENT_KEY_SIZE */
};

struct follow_seal {
	uint64_t seq;
	int64_t at;
	uint8_t hash[FOLLOW_HASH_SIZE];
	uint8_t signature[SIGNATURE_SIZE];
};

struct follow_page {
	uint64_t after;
	uint64_t top;
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE];
	bool has_seal;
	struct follow_seal seal;
	const uint8_t *entries; /* n of FOLLOW_ENTRY_SIZE */
	size_t n;
};

void follow_entry_put(
	uint8_t out[FOLLOW_ENTRY_SIZE], const struct follow_entry *entry);
/* Of an entry that was in a page. */
struct follow_entry follow_entry_at(const uint8_t *entries, size_t i);

/* The chain, one entry further. */
void follow_chain(
	uint8_t hash[FOLLOW_HASH_SIZE], const uint8_t entry[FOLLOW_ENTRY_SIZE]);

void follow_page_put(struct buf *b, const struct follow_page *p);

/*
 * Takes a page apart; the entries stay where they are in `bytes`.  ERR_CORRUPT
 * when anything is not as drawn above.  Signature and chain are not looked at.
 */
int follow_page_read(str bytes, struct follow_page *out, struct err *e);

/* What a seal signs. */
str follow_seal_text(struct arena *a, const struct follow_seal *s,
	const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE]);

#endif
