/*
 * The delta: open addressing in lines of eight, at most half full.  The writer
 * stores a value before its tag, with release; a reader loads the tag with
 * acquire and then the value, so it sees an entry whole or not at all.  Tags
 * never move within a table and are never taken out: a release is a value of 0.
 *
 * Nearly no key that is asked for is in, so a filter is asked first: two bits of
 * one word for each key that is in, 16 bits of filter a key or more.  They are
 * set before the tag is stored and never cleared, so it never says no of a key
 * that is in; of 100 others it says yes of two at most.
 */
#include "index/delta.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/base.h"
#include "index/format.h"

enum { LINES_AT_START = 64, TABLES_MAX = 48 };

/* One word of filter for each line: eight slots, of which four are taken. */
_Static_assert((LINES_AT_START & (LINES_AT_START - 1)) == 0,
	"the lines are counted by powers of two, and so a mask finds a word");

struct table {
	size_t lines;
	_Atomic uint64_t *tag;   /* lines * 8; 0 is free */
	_Atomic uint32_t *value; /* the reasons */
	_Atomic uint64_t *filter;
	void *memory[3]; /* of the three above */
	uint64_t *hi; /* the writer's, to fill the next table from this one */
};

struct index_delta {
	_Atomic(struct table *) now;
	_Atomic uint64_t seq;
	_Atomic size_t count;
	struct table *made[TABLES_MAX]; /* outgrown ones may still be read */
	size_t tables;
};

static struct table *table_new(size_t lines)
{
	size_t slots = lines * INDEX_LINE_SLOTS;
	struct table *t = malloc(sizeof *t);

	must(t != NULL);
	t->lines = lines;
	t->memory[0] = aligned_alloc(INDEX_LINE_SIZE, slots * sizeof *t->tag);
	t->memory[1] = calloc(slots, sizeof *t->value);
	t->memory[2] = calloc(lines, sizeof *t->filter);
	t->tag = t->memory[0];
	t->value = t->memory[1];
	t->filter = t->memory[2];
	t->hi = calloc(slots, sizeof *t->hi);
	must(t->tag && t->value && t->filter && t->hi);
	for (size_t i = 0; i < slots; i++)
		atomic_init(&t->tag[i], 0);
	return t;
}

static void table_free(struct table *t)
{
	for (size_t i = 0; i < COUNTOF(t->memory); i++)
		free(t->memory[i]);
	free(t->hi);
	free(t);
}

struct index_delta *index_delta_new(enum cpu_path cpu)
{
	struct index_delta *d = calloc(1, sizeof *d);

	(void)cpu; /* tags are read one by one: they may change meanwhile */

	must(d != NULL);
	d->made[d->tables++] = table_new(LINES_AT_START);
	atomic_init(&d->now, d->made[0]);
	return d;
}

void index_delta_free(struct index_delta *d)
{
	for (size_t i = 0; d && i < d->tables; i++)
		table_free(d->made[i]);
	free(d);
}

/* The line of a key is in the high bits of hi, so these are the low ones. */
static inline uint64_t filter_bits(uint64_t hi)
{
	return (uint64_t)1 << (hi >> 32 & 63) | (uint64_t)1 << (hi >> 38 & 63);
}

static inline _Atomic uint64_t *filter_word(const struct table *t, uint64_t hi)
{
	return &t->filter[hi & (t->lines - 1)];
}

static inline bool may_have(const struct table *t, uint64_t hi)
{
	uint64_t word =
		atomic_load_explicit(filter_word(t, hi), memory_order_relaxed);

	return !(filter_bits(hi) & ~word);
}

struct place {
	size_t slot;
	bool is_found; /* else slot is the first free one */
};

/* Ends: the table is at most half full, so there is a free slot. */
static struct place find(const struct table *t, uint64_t hi, uint64_t tag)
{
	size_t slots = t->lines * INDEX_LINE_SLOTS;
	size_t slot = index_home_line(hi, t->lines) * INDEX_LINE_SLOTS;

	for (;; slot = slot + 1 == slots ? 0 : slot + 1) {
		uint64_t at = atomic_load_explicit(
			&t->tag[slot], memory_order_acquire);

		if (at == tag || at == 0)
			return (struct place){ slot, at == tag };
	}
}

static void set(struct table *t, struct place p, uint64_t hi, uint64_t tag,
	uint32_t reasons)
{
	atomic_store_explicit(&t->value[p.slot], reasons, memory_order_release);
	if (p.is_found)
		return;
	atomic_fetch_or_explicit(
		filter_word(t, hi), filter_bits(hi), memory_order_release);
	t->hi[p.slot] = hi;
	atomic_store_explicit(&t->tag[p.slot], tag, memory_order_release);
}

static struct table *grow(struct index_delta *d, const struct table *old)
{
	struct table *t = table_new(2 * old->lines);

	must(d->tables < TABLES_MAX);
	for (size_t i = 0; i < old->lines * INDEX_LINE_SLOTS; i++) {
		uint64_t tag = atomic_load_explicit(
			&old->tag[i], memory_order_relaxed);
		uint32_t value = atomic_load_explicit(
			&old->value[i], memory_order_relaxed);

		if (tag)
			set(t, find(t, old->hi[i], tag), old->hi[i], tag,
				value);
	}
	d->made[d->tables++] = t;
	atomic_store_explicit(&d->now, t, memory_order_release);
	return t;
}

void index_delta_put(struct index_delta *d, uint64_t seq,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t reasons)
{
	struct table *t = atomic_load_explicit(&d->now, memory_order_relaxed);
	size_t n = atomic_load_explicit(&d->count, memory_order_relaxed);
	uint64_t hi = index_key_hi(key), tag = index_key_tag(key);
	struct place p = find(t, hi, tag);

	must(seq >= atomic_load_explicit(&d->seq, memory_order_relaxed));
	if (!p.is_found && n + 1 > t->lines * INDEX_LINE_SLOTS / 2) {
		t = grow(d, t);
		p = find(t, hi, tag);
	}
	set(t, p, hi, tag, reasons);
	atomic_store_explicit(&d->count, n + !p.is_found, memory_order_relaxed);
	atomic_store_explicit(&d->seq, seq, memory_order_release);
}

void index_delta_expect(
	const struct index_delta *d, const uint8_t key[IDENT_KEY_SIZE])
{
	const struct table *t =
		atomic_load_explicit(&d->now, memory_order_relaxed);
	size_t slot =
		index_home_line(index_key_hi(key), t->lines) * INDEX_LINE_SLOTS;

	__builtin_prefetch(&t->tag[slot], 1);
	__builtin_prefetch(&t->value[slot], 1);
	__builtin_prefetch(&t->hi[slot], 1);
}

size_t index_delta_count(const struct index_delta *d)
{
	return atomic_load_explicit(&d->count, memory_order_relaxed);
}

uint64_t index_delta_seq(const struct index_delta *d)
{
	return atomic_load_explicit(&d->seq, memory_order_acquire);
}

static bool find_in(const struct table *t, const uint8_t key[IDENT_KEY_SIZE],
	uint32_t *reasons)
{
	struct place p = find(t, index_key_hi(key), index_key_tag(key));

	if (!p.is_found)
		return false;
	*reasons =
		atomic_load_explicit(&t->value[p.slot], memory_order_acquire);
	return true;
}

bool index_delta_find(const struct index_delta *d,
	const uint8_t key[IDENT_KEY_SIZE], uint32_t *reasons)
{
	const struct table *t =
		atomic_load_explicit(&d->now, memory_order_acquire);

	return may_have(t, index_key_hi(key)) && find_in(t, key, reasons);
}

void index_delta_find_batch(const struct index_delta *d, const uint8_t *key,
	size_t n, uint32_t *reasons)
{
	const struct table *t =
		atomic_load_explicit(&d->now, memory_order_acquire);

	for (size_t i = 0; i < n; i++, key += IDENT_KEY_SIZE)
		if (may_have(t, index_key_hi(key)))
			find_in(t, key, &reasons[i]);
}
