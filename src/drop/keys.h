#ifndef DROP_KEYS_H
#define DROP_KEYS_H

#include "drop/items.h"
#include "drop/limit.h"
#include "drop/memo.h"

/*
 * From the values of one record to its keys, and from keys to the items that
 * have them.  Values are hashed and looked up many at a time, so what is found
 * of a record is known after keys_flush() only.  One a thread.  Internal to the
 * match.
 */
enum {
	KEYS_BLOCKS = 3,   /* of a composite: 3 or 4 hashes of 44 characters */
	KEYS_ASKS = 512,   /* parts that wait for their hashes */
	KEYS_WAITING = 64, /* records that do */
	KEYS_VALUES_MAX = 256, /* of parts, of one record that is read */
};

/* Digests on their way to the look-up. */
struct key_batch {
	size_t n;
	uint32_t who[ITEMS_BATCH];
	uint8_t list[ITEMS_BATCH];
	uint8_t digest[ITEMS_BATCH * SHA256_SIZE];
};

/* Texts on their way to the hash: k padded blocks each. */
struct text_batch {
	size_t k;
	size_t n;
	uint32_t who[ITEMS_BATCH];
	uint8_t list[ITEMS_BATCH];
	uint8_t *block; /* on cache lines */
};

struct key_hit {
	uint32_t who;
	uint32_t item;
};

/* The values of one part that the open record has, as Base64 hashes. */
struct part_values {
	size_t n;
	enum ident_fault fault; /* of the first that could not be read */
	const char *hash[LIMIT_DROP_VALUES];
};

#define COMPOSITES ((1u << DROP_NDZ) | (1u << DROP_NAME_VIN))
enum { KEYS_COMPOSITES = 2 };

struct keys {
	const struct drop_items *items; /* NULL: keys are made and forgotten */
	unsigned lists;                 /* looked at: a bit each */
	enum cpu_path cpu;
	struct memo memo;
	cell_fn *way[ROLES];
	enum drop_list list[ROLES]; /* of a role that is no part */
	struct text_batch one;      /* of one block */
	struct text_batch composite[KEYS_COMPOSITES]; /* of KEYS_BLOCKS */
	struct key_batch ready;
	/* Records whose parts wait for their hashes. */
	struct memo_ask ask[KEYS_ASKS];
	size_t asks;
	struct {
		uint32_t who;
		uint32_t asks; /* up to the last of its own */
	} waiting[KEYS_WAITING];
	size_t waiting_n;
	/* The open record. */
	uint32_t who;
	unsigned seen; /* lists: a bit each */
	/* The record whose parts are combined, and of its parts (a bit each): some
	 * value, a readable one, several, more than LIMIT_DROP_VALUES. */
	unsigned parts_seen, parts, parts_several, parts_over;
	struct part_values part[ROLE_PARTS];
	size_t bad_n; /* values of a part that could not be read */
	struct {
		uint8_t role;
		uint8_t fault;
	} bad[LIMIT_DROP_VALUES];
	/* What was found, in no order; the caller empties it. */
	struct key_hit *hit;
	size_t hits;
	size_t hits_size;
	/* Its records are numbers `who`, from 0; the caller adds it up. */
	struct drop_match_report tally;
};

void keys_init(struct keys *k, struct arena *a, const struct drop_items *items,
	unsigned lists, enum cpu_path cpu);
void keys_fini(struct keys *k);

void keys_begin(struct keys *k, uint32_t who);
/* MEMO_PAD bytes behind it can be read. */
void keys_value(struct keys *k, enum role role, str value);
/* A value that was hashed before, as Base64. */
void keys_put_hash(struct keys *k, enum role role, const char *hash);
void keys_end(struct keys *k);

/* A record of parts that were hashed before (people.h).  It is not counted; the
 * hashes stand where they are until keys_end_held(). */
void keys_begin_held(struct keys *k, uint32_t who);
void keys_part(struct keys *k, enum role role, const char *hash);
void keys_bad_part(struct keys *k, enum role role, enum ident_fault f);
void keys_end_held(struct keys *k);

/* All that waits is looked up. */
void keys_flush(struct keys *k);

/* Adds t to *to, its records' numbers moved on by `before`. */
void keys_tally_add(struct drop_match_report *to,
	const struct drop_match_report *t, int64_t before);

/* The lists that values of these roles (a bit each) can be keys of. */
unsigned keys_lists_of(unsigned roles);

#endif
