#ifndef INDEX_LIBRARY_H
#define INDEX_LIBRARY_H

#include <pthread.h>
#include <toyon.h>

#include "index/index.h"

/*
 * What a struct toyon is to the files of the library: library.c (open, refresh),
 * library_check.c, library_text.c.
 *
 * A check holds the lock of its stripe while it reads; toyon_refresh() holds all
 * of them while it changes `index`.  One lock for all would be one cache line
 * that every core writes to for each check.  A slot for each thread and
 * membarrier(2) instead of locks was measured too, and was no faster; no lock at
 * all saves 1 of 21 ns a value where a call has 16: a check waits for the memory
 * of the index, not for its lock.
 */
enum { LIBRARY_STRIPES = 16 };

struct library_stripe {
	_Alignas(128) pthread_rwlock_t lock;
};

struct toyon {
	struct index *index; /* under the stripes */
	bool expects_single;
	struct library_stripe *stripe;
	pthread_mutex_t *refreshing; /* one at a time */
	struct ident_keyring keyring;
	char *path;
};

/* The lock of the calling thread's stripe, taken for reading. */
pthread_rwlock_t *library_enter(const struct toyon *t);
void library_leave(pthread_rwlock_t *lock);

#endif
