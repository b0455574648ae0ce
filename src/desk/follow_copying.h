#ifndef DESK_FOLLOW_COPYING_H
#define DESK_FOLLOW_COPYING_H

#include "desk/follow_part.h"
#include "desk/follow_state.h"

/*
 * A copy that is open for writing, to those who add to it: pages, snapshots, and
 * what folds them into the index.  Inside of desk/follow_copy*.c only.
 */
struct follow_copy {
	struct arena *arena;
	struct arena *page; /* cleared for each */
	const char *dir;
	struct follow_state state;
	uint8_t base_hash[FOLLOW_HASH_SIZE];
	uint8_t *entries; /* the tail's, state.count of them */
	size_t cap;
	size_t signed_n; /* the first of them are signed */
	bool has_index;
	uint64_t index_seq; /* newer than the tail after a kill: see fold */
	int64_t folded_at;
	struct follow_part part;
	uint64_t top; /* as the last page said */
	int tail_fd;  /* -1: no tail yet */
	int lock_fd;
};

/* ERR_CORRUPT with why, and the hint that nothing was changed; -1. */
int follow_refuse(struct err *e, const char *why);

/* Whether it was told once whose list it is. */
bool follow_is_known(const struct follow_state *s);
int follow_check_secret(
	const uint8_t *secret, const uint8_t *fingerprint, struct err *e);
/* Is what arrives of the installation that this copy is of? */
int follow_check_ours(
	struct follow_copy *c, const uint8_t *fingerprint, struct err *e);

/* Room for n entries in memory; tail.log, open; its end as the state says. */
void follow_tail_grow(struct follow_copy *c, size_t n);
int follow_tail_open(struct follow_copy *c, struct err *e);
int follow_tail_cut(struct follow_copy *c, struct err *e);

#endif
