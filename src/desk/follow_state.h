#ifndef DESK_FOLLOW_STATE_H
#define DESK_FOLLOW_STATE_H

#include "desk/follow_copy.h"

/* The files of a copy.  Inside of desk/follow_*.c only. */

#define FOLLOW_ANEW_HINT \
	"begin again, with --anew: what the copy holds is thrown away"

int follow_state_read(struct arena *a, const char *dir,
	struct follow_state *out, struct err *e);
int follow_state_write(struct arena *a, const char *dir,
	const struct follow_state *s, struct err *e);

/* tail.log, whole: how many entries of it count is for the state to say. */
struct follow_tail {
	uint64_t base_seq;
	uint8_t base_hash[FOLLOW_HASH_SIZE];
	uint8_t fingerprint[IDENT_FINGERPRINT_SIZE];
	const uint8_t *entries; /* in the arena */
	size_t n;
};

enum { FOLLOW_TAIL_HEAD = 64 };

int follow_tail_read(struct arena *a, const char *dir, struct follow_tail *out,
	struct err *e);
/* A new one, by rename. */
int follow_tail_write(
	const char *dir, const struct follow_tail *t, struct err *e);

/*
 * The entries that count: those that the state says; all of them when the tail
 * is newer than the state, as it was then published whole.  ERR_CORRUPT when
 * the two do not belong together.
 */
int follow_tail_count(const struct follow_tail *t, const struct follow_state *s,
	size_t *out, struct err *e);

/* NULL when there is no index.tyx; closed with the arena. */
int follow_index_open(struct arena *a, const char *dir,
	const struct follow_state *s, struct index **out, struct err *e);

#endif
