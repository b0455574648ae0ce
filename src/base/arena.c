/*
 * Bump allocation in blocks of 64 KiB.  A piece of more than a quarter of a
 * block gets a block of its own, so that at most a quarter of a block is lost
 * at its end.  With AddressSanitizer the block size is 0, which makes every
 * piece such a large one: the same code, and each overrun is seen.
 *
 * What must stay true: `used` counts what was handed out, rounded up to the
 * alignment, and never exceeds `max`; bump memory that is not handed out is all
 * zero.  So it is wiped when it is taken back: what one request left there is
 * gone before the next begins, and not only hidden from it.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#	define BLOCK_SIZE 0
#elif defined(__has_feature)
#	if __has_feature(address_sanitizer)
#		define BLOCK_SIZE 0
#	endif
#endif
#ifndef BLOCK_SIZE
#	define BLOCK_SIZE 65536
#endif

enum {
	ALIGN = _Alignof(max_align_t),
	OWN_BLOCK_OVER = BLOCK_SIZE / 4,
	FMT_FEW = 256,
};

struct block {
	struct block *next;
	max_align_t bytes[];
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *);
	void *ctx;
};

struct arena {
	size_t max;
	size_t used;
	struct block *blocks;
	struct block *bump; /* one of blocks; survives arena_clear() */
	char *at;           /* in bump */
	size_t left;
	struct deferred *deferred;
};

static void *memory(size_t n)
{
	void *p = calloc(1, n);

	if (!p) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return p;
}

static struct block *add_block(struct arena *a, size_t n)
{
	struct block *b = memory(sizeof *b + n);

	b->next = a->blocks;
	a->blocks = b;
	return b;
}

struct arena *arena_new(size_t max)
{
	struct arena *a = memory(sizeof *a);

	must(max <= SIZE_MAX / 2);
	a->max = max;
	return a;
}

static void run_deferred(struct arena *a)
{
	/* Unlinked before the call: a clean-up may use the arena. */
	while (a->deferred) {
		struct deferred *d = a->deferred;

		a->deferred = d->next;
		d->fn(d->ctx);
	}
}

void arena_clear(struct arena *a)
{
	struct block *next;

	run_deferred(a);
	for (struct block *b = a->blocks; b; b = next) {
		next = b->next;
		if (b != a->bump)
			free(b);
	}
	a->blocks = a->bump;
	a->used = 0;
	a->left = 0;
	if (a->bump) {
		memset(a->bump->bytes, 0,
			(size_t)(a->at - (char *)a->bump->bytes));
		a->bump->next = NULL;
		a->at = (char *)a->bump->bytes;
		a->left = BLOCK_SIZE;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_clear(a);
	free(a->bump);
	free(a);
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

void *arena_alloc(struct arena *a, size_t n)
{
	size_t size;
	void *p;

	must(n <= a->max);
	size = (n + ALIGN - 1) / ALIGN * ALIGN;
	must(size <= a->max - a->used);
	a->used += size;
	if (n + ALIGN > OWN_BLOCK_OVER)
		return add_block(a, n)->bytes;
	if (!a->bump || size > a->left) {
		a->bump = add_block(a, BLOCK_SIZE);
		a->at = (char *)a->bump->bytes;
		a->left = BLOCK_SIZE;
	}
	p = a->at;
	a->at += size;
	a->left -= size;
	return p;
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
	must(!size || n <= SIZE_MAX / size);
	return arena_alloc(a, size * n);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *ctx)
{
	struct deferred *d = arena_one(a, struct deferred);

	*d = (struct deferred){ a->deferred, fn, ctx };
	a->deferred = d;
}

char *arena_cstr(struct arena *a, str s)
{
	char *p;

	must(!str_has(s, '\0'));
	p = arena_alloc(a, s.n + 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

str arena_dup(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n);

	if (s.n)
		memcpy(p, s.p, s.n);
	return (str){ p, s.n };
}

str arena_fmt(struct arena *a, const char *fmt, ...)
{
	char few[FMT_FEW];
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(few, sizeof few, fmt, ap);
	va_end(ap);
	must(n >= 0);
	p = arena_alloc(a, (size_t)n + 1);
	if ((size_t)n < sizeof few) {
		memcpy(p, few, (size_t)n);
		return (str){ p, (size_t)n };
	}
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (str){ p, (size_t)n };
}

str arena_join(struct arena *a, const str *parts, size_t n, str between)
{
	size_t total = 0;
	char *p, *at;

	for (size_t i = 0; i < n; i++)
		total += parts[i].n + (i ? between.n : 0);
	p = at = arena_alloc(a, total);
	for (size_t i = 0; i < n; i++) {
		if (i && between.n)
			memcpy(at, between.p, between.n);
		at += i ? between.n : 0;
		if (parts[i].n)
			memcpy(at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	return (str){ p, total };
}
