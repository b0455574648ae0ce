#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

/*
 * Memory with the life of one request, one job or one run of a command: taken
 * in pieces, freed whole.  Nothing in an arena is freed singly.
 *
 * An arena never answers "no memory": what can come from outside is bounded at
 * the door (tbl/limits.h), so going over `max` is a broken promise of ours and
 * stops the process, as does a machine without memory.  In sanitizer builds
 * each piece is an allocation of its own, so that overruns are seen.
 */
struct arena;

struct arena *arena_new(size_t max);
void arena_free(struct arena *a); /* runs the clean-ups, newest first */
/* The same, and it can be used again.  What it keeps for that is wiped. */
void arena_clear(struct arena *a);
/* What was handed out, each piece rounded up to the alignment of any type. */
size_t arena_used(const struct arena *a);

/* Zeroed, aligned for any type; n may be 0. */
void *arena_alloc(struct arena *a, size_t n);
#define arena_one(a, type)     ((type *)arena_alloc((a), sizeof(type)))
#define arena_many(a, type, n) ((type *)arena_array((a), sizeof(type), (n)))
void *arena_array(struct arena *a, size_t size, size_t n);

/* Calls fn(ctx) when the arena ends: for what is not memory (files, handles). */
void arena_defer(struct arena *a, void (*fn)(void *), void *ctx);

str arena_dup(struct arena *a, str s);
/* NUL-terminated, for libc and SQL; s must not hold a NUL (broken promise). */
char *arena_cstr(struct arena *a, str s);
str arena_fmt(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The n parts one after the other, with `between` between them. */
str arena_join(struct arena *a, const str *parts, size_t n, str between);

#endif
