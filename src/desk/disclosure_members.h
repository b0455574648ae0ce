#ifndef DESK_DISCLOSURE_MEMBERS_H
#define DESK_DISCLOSURE_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "ident/key.h"

/*
 * Who was in a batch: a file of keyed tags, 64 bits of each identifier's key
 * (ident/key.h), sorted, each once.  Nobody can tell from the file who that was
 * without the index key; with it, the answer for one identifier takes about 20
 * reads of 4 KiB, whatever the size.  Two identifiers share a tag once in 2^64.
 *
 *	block 0 (4,096 bytes, numbers little-endian)
 *	     0  "TOYONTYM"
 *	     8  u32 version, 1
 *	    12  u32 bytes of a block, 4096
 *	    16  u64 tags
 *	    24  u64 blocks of tags
 *	    32  the file's mark, 8 bytes: its name, and in its row of the ledger
 *	    40  zero
 *	    48  fingerprint of the keyring, 16 bytes
 *	    64  zero
 *	  4092  u32 CRC-32C of what stands before it
 *	blocks 1 and on
 *	     0  511 u64 tags by ascending value; what is not used is zero
 *	  4088  u32 how many, 1 to 511
 *	  4092  u32 CRC-32C of what stands before it
 *
 * A file is written whole, flushed and named before the ledger's row is, and
 * never changes.  Each block is checked before it is believed.
 */
enum { MEMBERS_MARK_SIZE = 8, MEMBERS_MARK_TEXT = 17 };

/* Constant memory: tags wait in nameless files of the folder, by their first
 * bits; each of these is sorted by itself. */
struct members_writer;

struct members_made {
	char mark[MEMBERS_MARK_TEXT]; /* hex; the file is FOLDER/MARK.tym */
	uint64_t tags;
};

int members_start(
	struct members_writer **out, const char *folder, struct err *e);
int members_add(struct members_writer *w, const uint8_t key[IDENT_KEY_SIZE],
	struct err *e);
/* Publishes the file. */
int members_finish(struct members_writer *w,
	const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE],
	struct members_made *out, struct err *e);
void members_drop(
	struct members_writer *w); /* after finish too; NULL is fine */

/* Takes a published file away again. */
void members_remove(const char *folder, const char *mark);

struct members;

/*
 * ERR_NOT_FOUND, or ERR_CORRUPT when it is damaged, cut short, another batch's
 * or of another keyring.  Closed with the arena.
 */
int members_open(struct arena *a, struct members **out, const char *folder,
	const char *mark, const uint8_t fingerprint[IDENT_FINGERPRINT_SIZE],
	struct err *e);
void members_close(struct members *m); /* sooner, if there are many */
/* 1, 0, or -1 with ERR_CORRUPT. */
int members_have(
	struct members *m, const uint8_t key[IDENT_KEY_SIZE], struct err *e);

#endif
