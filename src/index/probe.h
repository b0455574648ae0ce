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
 * PROBE_NONE.  key is n times IDENT_KEY_SIZE bytes. */
typedef void probe_batch(const struct probe_table *t, const uint8_t *key,
	size_t n, uint64_t *slot);

probe_batch probe_batch_portable;
probe_batch probe_batch_avx2;
probe_batch probe_batch_avx512;

#define PROBE_INLINE inline __attribute__((always_inline))

/* A bit for each of the 8 tags that is the one. */
typedef unsigned probe_match(const uint64_t *line, uint64_t tag);

/*
 * Ends inside the table: the last line of a valid one is not full (its last tag
 * is 0), and a line is gone past only when its last tag is not.
 */
static PROBE_INLINE uint64_t probe_one(
	const struct probe_table *t, const uint8_t *key, probe_match *match)
{
	uint64_t tag = index_key_tag(key);
	const uint64_t *line =
		t->line +
		INDEX_LINE_SLOTS * index_home_line(index_key_hi(key), t->home);
	unsigned m = match(line, tag);
	uint64_t last = line[INDEX_LINE_SLOTS - 1];

	if (!m && last != 0 && tag > last)
		do {
			line += INDEX_LINE_SLOTS;
			m = match(line, tag);
		} while (!m && line[INDEX_LINE_SLOTS - 1] == INDEX_TAG_FULL);
	if (!m)
		return PROBE_NONE;
	return (uint64_t)(line - t->line) + (unsigned)__builtin_ctz(m);
}

#define THR (UINT64_MAX / 100 * 60)
static PROBE_INLINE void probe_prefetch(
	const struct probe_table *t, const uint8_t *key)
{
	const uint64_t *line =
		t->line +
		INDEX_LINE_SLOTS * index_home_line(index_key_hi(key), t->home);

	__builtin_prefetch(line);
	__builtin_prefetch(
		line + (index_key_tag(key) > THR ? INDEX_LINE_SLOTS : 0));
}

#define THR (UINT64_MAX / 100 * 60)
/* 16 lines in flight: what a core keeps open at once. */
static PROBE_INLINE void probe_many(const struct probe_table *t,
	const uint8_t *key, size_t n, uint64_t *slot, probe_match *match)
{
	enum { AHEAD = 48 };

	for (size_t i = 0; i < n && i < AHEAD; i++)
		probe_prefetch(t, key + i * IDENT_KEY_SIZE);
	for (size_t i = 0; i < n; i++) {
		if (i + AHEAD < n)
			probe_prefetch(t, key + (i + AHEAD) * IDENT_KEY_SIZE);
		slot[i] = probe_one(t, key + i * IDENT_KEY_SIZE, match);
	}
}

#endif
