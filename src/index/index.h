#ifndef INDEX_INDEX_H
#define INDEX_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ident/key.h"

/*
 * The suppression index: an immutable file that answers "is this key in, and
 * why" with one cache line.  It is a cache of the suppression log: `seq` says
 * up to where.  What the log says after that lives in a delta
 * (index/delta.h); suppress_set joins the two.  format.h draws the file.
 *
 * A file is published whole or not at all, and never changes afterwards, so any
 * number of processes map it without a lock.  Nothing of it is believed before
 * its checksum is right, and no file, damaged or made up, can cause a read
 * outside the map.
 */
struct index_entry {
	uint8_t key[IDENT_KEY_SIZE]; /* ident_key() */
	uint32_t reasons; /* law/reason.h; only carried here; not 0 */
};

/*
 * What a log's entry at `seq` is, hashed by whoever has the log: a log that went
 * another way, as one that was put back from a back-up and grew again, has
 * another one there.  Zeros: nobody said.
 */
enum { INDEX_ORIGIN_SIZE = 32 };

struct index_opts {
	uint64_t seq;        /* the last log entry contained */
	uint64_t generation; /* grows with each build of an installation */
	int64_t built_at;    /* ms; the caller's clock */
	uint32_t kinds;      /* 1 << enum ident_kind, of what it may hold */
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE]; /* of the keyring */
	uint8_t origin[INDEX_ORIGIN_SIZE];
	enum cpu_path cpu;
	int load_percent;   /* of the lines; 0 is 75 (10.7 bytes a key) */
	bool without_proof; /* leave the full keys out: 1/4 of the size */
};

/*
 * Writes the entries, in any order, as an index at `path`: beside it, flushed,
 * renamed, the folder flushed.  A key given twice has the reasons of both.
 * Sorts `entry` in place; needs about n bytes of memory beyond it.
 */
int index_build(const char *path, struct index_entry *entry, size_t n,
	const struct index_opts *opts, struct err *e);

/* By key, in place; several of one key are in no order. */
void index_sort(struct index_entry *entry, size_t n);

struct index;

struct index_info {
	uint64_t seq;
	uint64_t generation;
	int64_t built_at;
	uint64_t keys;
	uint64_t lines;
	uint64_t size;     /* bytes of the file */
	uint64_t hot_size; /* bytes that look-ups touch */
	uint32_t kinds;
	uint32_t reasons; /* every bit that occurs */
	bool has_proof;
	uint8_t origin[INDEX_ORIGIN_SIZE];
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE];
};

struct index_open_opts {
	/* NULL: any; else a file made under another secret is refused. */
	const uint8_t *fingerprint;
	enum cpu_path cpu;
};

/*
 * Maps and checks the file.  -1 with ERR_NOT_FOUND, or ERR_CORRUPT when it is
 * no index, damaged, cut short, of a newer version or of another installation;
 * the message says which.
 */
int index_open(struct index **out, const char *path,
	const struct index_open_opts *opts, struct err *e);
void index_close(struct index *ix); /* NULL is fine */
void index_info(const struct index *ix, struct index_info *out);

/* A newer file stands at path than the one that is open (by inode). */
bool index_is_stale(const struct index *ix, const char *path);

/* The reasons of a key; 0 when it is not in. */
uint32_t index_find(const struct index *ix, const uint8_t key[IDENT_KEY_SIZE]);
/* n keys of 32 bytes, one after the other. */
void index_find_batch(const struct index *ix, const uint8_t *key, size_t n,
	uint32_t *reasons);

/*
 * For who asks one by one: from here on index_find() answers for most who are not
 * in without waiting for the memory of a line (filter.h).  Reads all lines once
 * and takes 0.7 bytes a key; nothing where more would be needed than a processor's
 * cache holds, or than there is.  Not while others look.
 */
void index_expect_single(struct index *ix);

/*
 * The full key is in the file's sorted segment: proves a hit to all 256 bits.
 * Returns 1, 0, or -1 when the segment is damaged or was left out.  Checks the
 * segment once, at first use.
 */
int index_prove(struct index *ix, const uint8_t key[IDENT_KEY_SIZE],
	uint32_t *reasons, struct err *e);

/* All entries by ascending key, to fold a delta into the next base; stops when
 * fn returns something else than 0 and returns that. */
int index_each(struct index *ix,
	int (*fn)(void *ctx, const struct index_entry *entry), void *ctx,
	struct err *e);

/* Every byte and every rule of the format; for `toyon index verify`. */
int index_verify(struct index *ix, struct err *e);

#endif
