#ifndef BASE_SHELF_H
#define BASE_SHELF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * A few things that the threads of a process share, each in the hands of one
 * thread at a time: connections, memory.  A thread gets the one it had last when
 * that is free, so that it finds it warm and meets nobody.  Nobody ever waits.
 *
 * It does not own the things; its own memory is the arena's.
 */
struct shelf;

enum { SHELF_MAX = 64 };

/* An empty one with n places, 1 to SHELF_MAX. */
struct shelf *shelf_new(struct arena *a, size_t n);
/* NULL when all places are empty. */
void *shelf_take(struct shelf *s);
/* False when no place is empty: then the thing is still the caller's. */
bool shelf_put(struct shelf *s, void *thing);

#endif
