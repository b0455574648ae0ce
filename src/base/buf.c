/*
 * Builders in an arena.  Room doubles up to `max`, so that a builder of n bytes
 * costs its arena at most about 2n.  The first put that would go over `max` is
 * left out as a whole, and so is everything after it: what is there is always a
 * clean beginning of what was meant.  Behind `cap` there is always one byte more,
 * for the NUL that vsnprintf() insists on.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"

enum { FIRST_SIZE = 256, INT_SIZE = 20 };

struct buf buf_in(struct arena *a, size_t max)
{
	return (struct buf){ .arena = a, .max = max };
}

struct buf buf_on(char *space, size_t size)
{
	must(size);
	return (struct buf){ .p = space, .cap = size - 1, .max = size - 1 };
}

static void grow(struct buf *b, size_t cap)
{
	char *p;

	must(b->arena);
	p = arena_alloc(b->arena, cap + 1);
	if (b->n)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
}

/* False when n more bytes are over the maximum. */
static bool make_room(struct buf *b, size_t n)
{
	size_t cap = b->cap ? b->cap : FIRST_SIZE;

	if (b->is_over || n > b->max - b->n) {
		b->is_over = true;
		return false;
	}
	if (n <= b->cap - b->n)
		return true;
	while (cap < b->n + n)
		cap = cap <= b->max / 2 ? cap * 2 : b->max;
	grow(b, cap < b->max ? cap : b->max);
	return true;
}

void buf_reserve(struct buf *b, size_t n)
{
	size_t most = b->max - b->n;

	if (n > most)
		n = most;
	if (n > b->cap - b->n)
		grow(b, b->n + n);
}

void buf_put(struct buf *b, str s)
{
	if (!make_room(b, s.n) || !s.n)
		return;
	memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_putc(struct buf *b, char c)
{
	if (!make_room(b, 1))
		return;
	b->p[b->n++] = c;
}

void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, str_of(s));
}

void buf_int(struct buf *b, int64_t n)
{
	char digits[INT_SIZE];
	size_t at = sizeof digits;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (n < 0)
		digits[--at] = '-';
	buf_put(b, (str){ digits + at, sizeof digits - at });
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
	char few[256];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(few, sizeof few, fmt, ap);
	va_end(ap);
	must(n >= 0);
	if ((size_t)n < sizeof few) {
		buf_put(b, (str){ few, (size_t)n });
		return;
	}
	if (!make_room(b, (size_t)n))
		return;
	va_start(ap, fmt);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->is_over = false;
}

bool buf_ok(const struct buf *b)
{
	return !b->is_over;
}

str buf_str(const struct buf *b)
{
	return (str){ b->p, b->n };
}
