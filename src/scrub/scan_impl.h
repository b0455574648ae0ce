#ifndef SCRUB_SCAN_IMPL_H
#define SCRUB_SCAN_IMPL_H

#include <string.h>

#include "scrub/scan.h"

/*
 * The scan, for each instruction set the same but for two things: how 64 bytes
 * are compared with one, and how positions are written.  Both are inlined: a
 * function of an instruction set gives its own to scan_all(), which is then
 * compiled for that set.
 */
struct scan_masks {
	uint64_t sep;
	uint64_t line; /* '\n' */
	uint64_t quote;
	uint64_t nul;
	uint64_t cr; /* asked for only where there are quotes */
};

/* One for each instruction set; called by scan_cells() and scan_last_row(). */
typedef void scan_cells_fn(
	const char *p, size_t n, char sep, uint32_t *at, struct scan *out);
typedef size_t scan_quotes_fn(const char *p, size_t n);

scan_cells_fn scan_cells_portable;
scan_cells_fn scan_cells_avx2;
scan_cells_fn scan_cells_avx512;
scan_quotes_fn scan_quotes_portable;
scan_quotes_fn scan_quotes_avx2;
scan_quotes_fn scan_quotes_avx512;

#define SCAN_INLINE inline __attribute__((always_inline))

/* What one step leaves for the next. */
struct scan_carry {
	uint64_t quoted;   /* all ones inside quotes */
	uint64_t may_open; /* bit 0: the byte before lets a quote open */
	uint64_t closed;   /* bit 0: the byte before was a closing quote */
};

/* Bit i: an odd number of bits up to i. */
static SCAN_INLINE uint64_t scan_prefix_xor(uint64_t x)
{
	x ^= x << 1;
	x ^= x << 2;
	x ^= x << 4;
	x ^= x << 8;
	x ^= x << 16;
	return x ^ x << 32;
}

/* Bits of quotes that stand where none may, or behind which none may. */
static SCAN_INLINE uint64_t scan_strays(
	const struct scan_masks *m, uint64_t inside, struct scan_carry *c)
{
	uint64_t edge = m->sep | m->line | m->quote;
	uint64_t opening = m->quote & inside;
	uint64_t closing = m->quote & ~inside;
	uint64_t bad = (opening & ~(edge << 1 | c->may_open)) |
		       ((closing << 1 | c->closed) & ~(edge | m->cr));

	c->may_open = edge >> 63;
	c->closed = closing >> 63;
	return bad;
}

static SCAN_INLINE void scan_note(size_t *first, uint64_t mask, size_t at)
{
	if (mask && !*first)
		*first = at + (size_t)__builtin_ctzll(mask) + 1;
}

/*
 * Makes m what is outside quotes.  Most steps have no quotes and are outside
 * them: these only pass on whether a quote may open next.
 */
static SCAN_INLINE void scan_quoting(
	struct scan_masks *m, struct scan_carry *c, struct scan *out, size_t at)
{
	uint64_t inside;

	if (!(m->quote | c->quoted | c->closed)) {
		c->may_open = (m->sep | m->line) >> 63;
		return;
	}
	inside = scan_prefix_xor(m->quote) ^ c->quoted;
	scan_note(&out->stray, scan_strays(m, inside, c), at);
	m->sep &= ~inside;
	m->line &= ~inside;
	c->quoted = (uint64_t)((int64_t)inside >> 63);
}

static SCAN_INLINE void scan_clip(struct scan_masks *m, size_t left)
{
	uint64_t keep = left < 64 ? ((uint64_t)1 << left) - 1 : UINT64_MAX;

	m->sep &= keep;
	m->line &= keep;
	m->quote &= keep;
	m->nul &= keep;
}

/* A bit for each of the 64 bytes at p that is c. */
typedef uint64_t scan_equal_fn(const char *p, char c);

/* The positions of the `count` bits of cells, each added to base; may write up to
 * 64 of them. */
typedef void scan_put_fn(
	uint32_t *at, uint32_t base, uint64_t cells, size_t count);

struct scan_text {
	const char *p;
	size_t n;
	char sep;
	uint32_t *at;
};

static SCAN_INLINE void scan_all(const struct scan_text *t, struct scan *out,
	scan_equal_fn *equal, scan_put_fn *put)
{
	struct scan_carry c = { .may_open = 1 };
	size_t found = 0, rows = 0, lines = 0;

	*out = (struct scan){ 0 };
	for (size_t i = 0; i < t->n; i += 64) {
		const char *p = t->p + i;
		struct scan_masks m = { equal(p, t->sep), equal(p, '\n'),
			equal(p, '"'), equal(p, 0), 0 };
		size_t count;

		if (t->n - i < 64)
			scan_clip(&m, t->n - i);
		if (m.nul)
			scan_note(&out->nul, m.nul, i);
		lines += (size_t)__builtin_popcountll(m.line);
		if (m.quote | c.quoted | c.closed)
			m.cr = equal(p, '\r');
		scan_quoting(&m, &c, out, i);
		rows += (size_t)__builtin_popcountll(m.line);
		count = (size_t)__builtin_popcountll(m.sep | m.line);
		put(t->at + found, (uint32_t)i, m.sep | m.line, count);
		found += count;
	}
	out->found = found;
	out->rows = rows;
	out->lines = lines;
	out->is_quoted = c.quoted != 0;
}

static SCAN_INLINE size_t scan_count_quotes(
	const char *p, size_t n, scan_equal_fn *equal)
{
	size_t quotes = 0;

	for (size_t i = 0; i < n; i += 64) {
		struct scan_masks m = { .quote = equal(p + i, '"') };

		if (n - i < 64)
			scan_clip(&m, n - i);
		quotes += (size_t)__builtin_popcountll(m.quote);
	}
	return quotes;
}

#endif
