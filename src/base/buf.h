#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * A byte builder with a fixed maximum, in an arena.  What would go over the
 * maximum is left out and `is_over` stays set: the writer goes on, and the one
 * who sends the result asks buf_ok() once at the end.
 */
struct buf {
	struct arena *arena;
	char *p;
	size_t n;
	size_t cap;
	size_t max;
	bool is_over;
};

struct buf buf_in(struct arena *a, size_t max);
/* The same in the caller's memory, for size - 1 bytes, without an arena. */
struct buf buf_on(char *space, size_t size);
/* So that the next n bytes find room without growing; of more than the maximum,
 * as many as it has. */
void buf_reserve(struct buf *b, size_t n);
void buf_put(struct buf *b, str s);
void buf_putc(struct buf *b, char c);
void buf_puts(struct buf *b, const char *s);
void buf_int(struct buf *b, int64_t n); /* decimal */
void buf_fmt(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b);
bool buf_ok(const struct buf *b);
str buf_str(const struct buf *b); /* a view, until the next put */

#endif
