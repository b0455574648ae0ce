#ifndef DESK_FOLLOW_COPY_H
#define DESK_FOLLOW_COPY_H

#include <stdbool.h>
#include <stdint.h>

#include "desk/follow_page.h"
#include "desk/follow_snapshot.h"
#include "index/suppress_set.h"

/*
 * A read-only copy of the suppression list, in a folder of any machine:
 *
 *	follow.json	where it comes from and how far it is (struct follow_state)
 *	index.tyx	the list up to a signed entry; a usual index file
 *	tail.log	the entries behind: signed ones, then those not yet signed
 *	snapshot.part	a snapshot that is on its way (desk/follow_part.h)
 *	index.key	the identifiers' secret, if it was given: without it nobody
 *			can ask, as hashes are keyed too
 *	follow.lock	held by the one process that writes
 *
 * tail.log is "TYTAIL1\n", the seq and the hash that its entries go on from, the
 * fingerprint (64 bytes together), then entries as in a page.
 *
 * What must stay true, killed at any instant: follow.json never says more than
 * what is flushed in tail.log; index.tyx never stands before where the tail
 * begins; only signed entries are folded into it.
 */
enum { FOLLOW_URL_MAX = 1000 };

struct follow_state {
	char url[FOLLOW_URL_MAX + 1];
	uint8_t public_key[KEY_SIZE];
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE]; /* zeros: not known yet */
	int64_t max_age_ms;                          /* 0: none */
	uint64_t base_seq;                           /* where the tail begins */
	uint64_t count;                              /* its entries */
	uint64_t seq;                                /* the last one */
	uint64_t signed_seq; /* a seal covered all up to here */
	uint8_t hash[FOLLOW_HASH_SIZE];
	uint8_t signed_hash[FOLLOW_HASH_SIZE];
	int64_t sealed_at;  /* of the newest seal, the server's clock */
	int64_t contact_at; /* all was read then, this machine's clock */
	bool is_in_doubt;   /* a seal did not fit: ask from signed_seq on */
};

/* --- who follows --- */

struct follow_copy;

/* What a folder is told when it is first used; later it may be left out, and
 * may not change but for max_age_ms (-1: as it was). */
struct follow_start {
	const char *url;           /* NULL: as it was */
	const uint8_t *public_key; /* NULL: as it was */
	int64_t max_age_ms;
	const uint8_t *secret; /* for index.key; NULL: none */
	/* Forgets what the copy holds, damaged or not, and begins again: until it
	 * was read to its end there is no answer from it. */
	bool is_anew;
};

/*
 * Opens or begins the folder, and holds it until the arena ends: ERR_CONFLICT
 * when another process does.  What a killed one left half is put right.
 */
int follow_copy_open(struct arena *a, const char *dir,
	const struct follow_start *start, struct follow_copy **out,
	struct err *e);
const struct follow_state *follow_copy_state(const struct follow_copy *c);

/* Behind which entry the next page is to begin. */
uint64_t follow_copy_next(const struct follow_copy *c);

/*
 * Takes the bytes of a page.  1: there is more; 0: this was all there is, and
 * contact_at is now; -1: refused, nothing changed.  ERR_CORRUPT: it is damaged,
 * not from there, signed wrongly, or contradicts what was signed.
 */
int follow_copy_take(
	struct follow_copy *c, str bytes, int64_t now, struct err *e);

/*
 * A snapshot instead of the changes up to it: take a manifest, then each block
 * that is wanted.  What was taken stays on the disk when this process is killed.
 */

/* Whether to ask for a manifest: the copy is new, or more than a page behind
 * what the last page said. */
bool follow_copy_is_far(const struct follow_copy *c);

/*
 * 1: taken, its blocks are wanted; 0: the changes since are fewer bytes than it,
 * so it is not; -1: refused, nothing changed.  ERR_CORRUPT: damaged, of another
 * installation or signed wrongly.
 */
int follow_copy_offer(struct follow_copy *c, str manifest, struct err *e);

/* Which block to ask for: seq and n.  False: none, no snapshot is under way. */
bool follow_copy_wants(const struct follow_copy *c, uint64_t *seq, uint32_t *n);

/*
 * 1: more are wanted; 0: that was the last one, and the copy stands at the
 * snapshot's entry, signed; -1: refused, nothing changed.
 */
int follow_copy_take_block(
	struct follow_copy *c, str block, int64_t now, struct err *e);

/* It is not offered any more: what was taken of it goes. */
void follow_copy_give_up(struct follow_copy *c);

/* Folds what is signed into index.tyx, when it is worth it or `always`. */
int follow_copy_fold(
	struct follow_copy *c, bool always, int64_t now, struct err *e);

/* --- who asks --- */

/* How old an answer from the copy is. */
struct follow_age {
	int64_t contact_s;   /* since all was read; -1: never */
	int64_t sealed_s;    /* since what is signed was signed; -1: never */
	uint64_t seq;        /* the last entry in it */
	uint64_t unsigned_n; /* entries that nobody signed yet */
};

struct follow_reader {
	struct follow_state state;
	struct suppress_set set; /* lives in the arena given */
	struct ident_keyring keyring;
	struct follow_age age;
};

/*
 * Opens the copy for questions, while another process may be following.
 * ERR_NOT_FOUND when there is none or its key was not given; ERR_UNAVAILABLE
 * when it is older than what the folder allows: then there is no answer.
 */
int follow_reader_open(struct arena *a, const char *dir, int64_t now,
	struct follow_reader *out, struct err *e);

#endif
