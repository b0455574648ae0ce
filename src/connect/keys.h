#ifndef CONNECT_KEYS_H
#define CONNECT_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "connect/connector.h"

/*
 * A set of texts that every row of a look-up is held against: a hash table, and in
 * front of it one bit a length, which turns nearly all rows away.  Each text
 * carries the numbers it was put in with, in that order.
 */
struct key_use {
	size_t number;
	struct key_use *next;
};

struct key_entry {
	str text;
	struct key_use *uses;
	struct key_use *last;
	bool is_seen; /* the caller's to set */
};

struct key_set {
	struct arena *arena;
	struct key_entry *at;
	size_t n;
	uint32_t *slots; /* index + 1 */
	size_t slots_n;
	uint64_t lengths; /* bit: length, the last one for all longer */
};

/* Room for n_max texts. */
struct key_set key_set_in(struct arena *a, size_t n_max);
/* What the cells hold, whatever their types; null is nothing. */
void key_set_add(
	struct key_set *s, const struct cell *cells, size_t n, size_t number);
/* NULL when the text is not in the set. */
struct key_entry *key_set_find(const struct key_set *s, str text);

#endif
