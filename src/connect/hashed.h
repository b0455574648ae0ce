#ifndef CONNECT_HASHED_H
#define CONNECT_HASHED_H

#include "base/arena.h"
#include "connect/connector.h"

/*
 * Hashing where the data lives: what the databases share that may have
 * toyon_drop_hash() (postgres/hash.h, mariadb/hash.h).
 *
 * A column that is hashed there comes as text with a mark in front, "=" for a
 * hash in Base64 and "-" for a value as it is, so that no value is ever taken for
 * a hash.  As they are come values that give no key, to be counted here with the
 * reason, and those as long as a hash, which may be one already.
 */

/* What the function must hash as ident/ does before it is trusted. */
struct hash_try {
	const char *kind;
	const char *value;
};

size_t hash_tries(const struct hash_try **out);
/* What it must give, one after the other: a hash in Base64, or "-" for none. */
str hash_tries_wanted(struct arena *a);

/* The cell of such a column: its value as it is, or its hash.  -1: it is
 * neither.  table is for the error. */
int hashed_cell(str table, str text, struct cell *out, struct err *e);

#endif
