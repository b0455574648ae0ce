#ifndef INDEX_PROBE_H
#define INDEX_PROBE_H

#include <stddef.h>
#include <stdint.h>

#include "index/format.h"

/*
 * The look-up in the lines (format.h), once for each instruction set: they
 * differ in how eight tags are compared with one, and in nothing else.
 */
struct probe_table {
	const uint64_t *line;
	uint64_t home;
};

#define PROBE_NONE UINT64_MAX

/* slot[i]: where the tag of key i stands, counted from the first line; or
 * PROBE_NONE.  key is n times IDENT_KEY_SIZE bytes; n is at most PROBE_MANY. */
typedef void probe_batch(const struct probe_table *t, const uint8_t *key,
	size_t n, uint64_t *slot);

probe_batch probe_batch_portable;
probe_batch probe_batch_avx2;
probe_batch probe_batch_avx512;

enum {
	PROBE_MANY = 256,
	/* So many are fetched ahead.  A core keeps fewer lines on their way,
	 * but the rest then need not wait for a look-up to ask for them. */
	PROBE_AHEAD = 64,
};

/* Of the keys that are looked for in a second line, four in five have a tag above
 * this, for a line keeps its smallest; of all keys, two in five. */
#define PROBE_HIGH_TAG (UINT64_MAX / 5 * 3)

#define PROBE_INLINE inline __attribute__((always_inline))

/*
 * A bit for each of the 8 tags that is the one.  A byte and not wider: GCC 12 puts
 * a mask register away as a byte, and was seen to take it back as a word.
 */
typedef uint8_t probe_match(const uint64_t *line, uint64_t tag);

struct probe_round {
	const struct probe_table *t;
	const uint8_t *key;
	uint64_t *slot; /* until a key is found: the first of its line */
	uint16_t later[PROBE_MANY + 1]; /* looked for in the next line */
	size_t laters;
};

static PROBE_INLINE const uint8_t *probe_key(
	const struct probe_round *r, size_t i)
{
	return r->key + i * IDENT_KEY_SIZE;
}

static PROBE_INLINE void probe_fetch(
	struct probe_round *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const uint8_t *key = probe_key(r, i);
		size_t next = index_key_tag(key) > PROBE_HIGH_TAG
				      ? INDEX_LINE_SLOTS
				      : 0;

		r->slot[i] = INDEX_LINE_SLOTS *
			     index_home_line(index_key_hi(key), r->t->home);
		__builtin_prefetch(r->t->line + r->slot[i]);
		__builtin_prefetch(r->t->line + r->slot[i] + next);
	}
}

/*
 * Each key in its own line.  No branch hangs on what a line holds: the processor
 * would guess wrong for one key in three, and begin the next ones anew.
 */
static PROBE_INLINE void probe_homes(
	struct probe_round *r, size_t from, size_t to, probe_match *match)
{
	size_t laters = r->laters;

	for (size_t i = from; i < to; i++) {
		const uint64_t *line = r->t->line + r->slot[i];
		uint64_t tag = index_key_tag(probe_key(r, i));
		uint64_t last = line[INDEX_LINE_SLOTS - 1];
		uint8_t m = match(line, tag);
		/* 0, there is room, becomes the greatest. */
		unsigned is_later = !m & (last - 1 < tag - 1);
		unsigned at = (unsigned)__builtin_ctz(m | 1 << 8) & 7;

		__builtin_prefetch(line + (is_later ? INDEX_LINE_SLOTS : 0));
		r->later[laters] = (uint16_t)i;
		laters += is_later;
		r->slot[i] += at;
		r->slot[i] |= (uint64_t)((m != 0) | is_later) - 1;
	}
	r->laters = laters;
}

/*
 * Ends inside the table: the last line of a valid one is not full (its last tag
 * is 0), and a line is gone past only when its last tag is not.
 */
static PROBE_INLINE uint64_t probe_on(const struct probe_table *t,
	uint64_t slot, uint64_t tag, probe_match *match)
{
	const uint64_t *line = t->line + slot;
	uint8_t m;

	do {
		line += INDEX_LINE_SLOTS;
		m = match(line, tag);
	} while (!m && line[INDEX_LINE_SLOTS - 1] == INDEX_TAG_FULL);
	if (!m)
		return PROBE_NONE;
	return (uint64_t)(line - t->line) + (unsigned)__builtin_ctz(m);
}

static PROBE_INLINE size_t probe_min(size_t a, size_t b)
{
	return a < b ? a : b;
}

static PROBE_INLINE void probe_many(const struct probe_table *t,
	const uint8_t *key, size_t n, uint64_t *slot, probe_match *match)
{
	struct probe_round r;

	r.t = t;
	r.key = key;
	r.slot = slot;
	r.laters = 0;
	probe_fetch(&r, 0, probe_min(n, PROBE_AHEAD));
	for (size_t i = 0; i < n; i += PROBE_AHEAD) {
		size_t to = probe_min(i + PROBE_AHEAD, n);

		probe_fetch(&r, to, probe_min(to + PROBE_AHEAD, n));
		probe_homes(&r, i, to, match);
	}
	for (size_t k = 0; k < r.laters; k++) {
		size_t i = r.later[k];

		slot[i] = probe_on(
			t, slot[i], index_key_tag(probe_key(&r, i)), match);
	}
}

#endif
