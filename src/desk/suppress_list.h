#ifndef DESK_SUPPRESS_LIST_H
#define DESK_SUPPRESS_LIST_H

#include "desk/suppress.h"
#include "desk/suppress_log.h"

/* The list in memory, for who adds to the log.  Inside of desk/suppress*.c and
 * desk/signals*.c, desk/said.c and desk/own_act.c only. */

/*
 * Follows to the end of the log, in a transaction that holds the head of the
 * audit trail and has added nothing to the log yet.  Until it ends nobody else
 * can add, so the list then is what holds.
 */
int suppress_catch_up(
	struct suppress *s, struct db *db, struct arena *a, struct err *e);

/* What stands in the log at seq, as an index file names it; 1, 0 nothing, -1. */
int suppress_origin_at(struct db *db, struct arena *a, uint64_t seq,
	uint8_t origin[INDEX_ORIGIN_SIZE], struct err *e);
/* Is this file of this log?  One of before, that says nothing, is believed. */
int suppress_is_of_log(const struct index *base, struct db *db, struct arena *a,
	struct err *e);

/* What is said once more: desk/said.h. */
struct said;
struct said *suppress_said(const struct suppress *s);
/* Whose word is known to be the newest: desk/own_newer.h. */
struct own_newer;
struct own_newer *suppress_own_newer(const struct suppress *s);

/* The last entry that the list contains. */
uint64_t suppress_seq(const struct suppress *s);

/* All keys of all packs; the last entry's seq. */
uint64_t suppress_delta_put(
	struct index_delta *delta, const struct packs *packs);

/*
 * What this process has just committed, so that nobody needs to read it back.
 * Does nothing when the list is not right before it.
 */
void suppress_take(struct suppress *s, const struct packs *packs);

/* The keys of n questions, their faults set; those with a fault have none. */
void suppress_keys(const struct ident_keyring *k, struct suppress_query *q,
	size_t n, uint8_t *key);

#endif
