#ifndef DESK_RETURNED_KEYS_H
#define DESK_RETURNED_KEYS_H

#include "connect/screen.h"
#include "desk/returned.h"
#include "desk/returned_pending.h"
#include "index/suppress_set.h"

/*
 * People who came back to a system that does not say who they are: by keys of other
 * systems (desk/deleted_key.h).
 *
 * What must stay true: a key that was given to somebody else meanwhile is theirs.  So
 * the systems that such a key is from are asked: when rows have it there, the
 * identifiers that they lead to decide, as in any look.  One that can't be reached ends
 * the look; so does one that was put back itself and has rows that lead to nobody,
 * until it was replayed.
 */
struct returned_key {
	str table;
	str row; /* its key */
	bool is_owned;
};

struct returned_keys_way {
	struct desk *desk;
	const struct returned_way *way;
	const struct map *map;
	const struct map_system *system;
	const struct suppress_set *set;
	const struct returned_pending *pending;
	/* Rows that are left alone, whoever's they are. */
	bool (*stays)(void *ctx, const struct screened *s);
	int (*fn)(void *ctx, const struct returned_key *k, struct err *e);
	void *ctx;
};

/* In the desk's arena.  w stays longer. */
struct returned_keys;
int returned_keys_init(struct desk *d, const struct returned_keys_way *w,
	struct returned_keys **out, struct err *e);

/* The columns to read; NULL when there is nobody to look for: a warehouse is not read
 * for nothing. */
const struct find_crossings *returned_keys_columns(
	const struct returned_keys *x);

/* One key of a row.  fn is told of who came back, some time: at the latest by
 * returned_keys_end().  Not in a transaction. */
int returned_keys_take(
	struct returned_keys *x, const struct screened *s, struct err *e);
int returned_keys_end(struct returned_keys *x, struct err *e);

#endif
