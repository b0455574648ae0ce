#ifndef DESK_OWN_NEWER_H
#define DESK_OWN_NEWER_H

#include "ident/key.h"

/*
 * Whose opt-out is known to be newer than the last opt-in of anybody, in memory: their
 * signals come with every page, and have nothing to write down (desk/own_act.h).  Only
 * what is committed is put here.  Another opt-in, or more keys than are worth the memory,
 * and it begins anew.  From several threads.
 */
struct own_newer;
struct own_newer *own_newer_new(enum cpu_path cpu);
void own_newer_free(struct own_newer *s);

/* Which of n keys are known to be newer than an opt-in at `in_at`. */
void own_newer_find(struct own_newer *s, int64_t in_at, const uint8_t *key,
	size_t n, bool *out);
void own_newer_put(
	struct own_newer *s, int64_t in_at, const uint8_t key[IDENT_KEY_SIZE]);

/*
 * When anybody opted in last, as it was at the end of a log that ends with `seq`: an opt-in
 * leaves an entry, so it is that as long as the log ends there.  False: not known.
 */
bool own_newer_in_at(struct own_newer *s, uint64_t seq, int64_t *in_at);
void own_newer_put_in_at(struct own_newer *s, uint64_t seq, int64_t in_at);

#endif
