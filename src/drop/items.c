/*
 * The work items by hash: cache lines of eight slots, a slot being a tag (32
 * bits of the hash) and the item's number.  What is not there is known after one line; a
 * slot that fits is compared whole, so an answer is exact.
 *
 * Items with one hash hang in a chain from the first, and one slot leads to
 * them: a number that a million consumers give fills no lines.
 *
 * Where a hash goes is mixed with a number of this run: who writes a list can't
 * choose hashes that meet in one line.
 */
#include "drop/items.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/base.h"
#include "base/rand.h"

enum {
	LINE_SLOTS = 8,
	FILL = 5, /* of the 8, on the average: few lines are full */
};

typedef uint32_t four_tags __attribute__((vector_size(16)));

struct line {
	uint32_t tag[LINE_SLOTS];
	uint32_t item[LINE_SLOTS]; /* and 1; 0: empty, and so are all behind */
};

struct drop_items {
	struct drop_item *at;
	uint32_t *next; /* NULL: no two items have one hash */
	struct line *line;
	uint64_t lines;
	uint64_t mix[2];
	size_t n;
	size_t most;
	bool is_sealed;
};

/* Pages come as they are touched, so `most` costs nothing. */
static void *pages(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static size_t items_size(const struct drop_items *s)
{
	return (s->most + 1) * sizeof *s->at;
}

int drop_items_new(struct drop_items **out, size_t most, struct err *e)
{
	struct drop_items *s;

	if (most >= ITEMS_NONE)
		return err_set(e, ERR_LIMIT, "more than %u work items at once",
			ITEMS_NONE - 1);
	s = calloc(1, sizeof *s);
	must(s != NULL);
	s->most = most;
	s->at = pages(items_size(s));
	if (!s->at) {
		free(s);
		return err_set(
			e, ERR_LIMIT, "no memory for %zu work items", most);
	}
	rand_bytes(s->mix, sizeof s->mix);
	*out = s;
	return 0;
}

void drop_items_free(struct drop_items *s)
{
	if (!s)
		return;
	munmap(s->at, items_size(s));
	if (s->line)
		munmap(s->line, s->lines * sizeof *s->line);
	free(s->next);
	free(s);
}

int drop_items_add(
	struct drop_items *s, const struct drop_item *it, struct err *e)
{
	must(!s->is_sealed && it->list < DROP_LISTS);
	if (s->n == s->most)
		return err_set(
			e, ERR_LIMIT, "more than %zu work items", s->most);
	s->at[s->n++] = *it;
	return 0;
}

size_t drop_items_n(const struct drop_items *s)
{
	return s->n;
}

const struct drop_item *drop_items_at(const struct drop_items *s, size_t i)
{
	must(i < s->n);
	return &s->at[i];
}

/* Where a digest goes: the line by the upper half, the slot's tag the lower. */
static inline uint64_t place(const struct drop_items *s, const uint8_t *digest)
{
	uint64_t a, b;

	memcpy(&a, digest, sizeof a);
	memcpy(&b, digest + sizeof a, sizeof b);
	a = (a ^ s->mix[0]) * 0x9E3779B97F4A7C15u;
	b = (b ^ s->mix[1]) * 0xD6E8FEB86659FD93u;
	a ^= b ^ b >> 32;
	return (a ^ a >> 29) * 0xBF58476D1CE4E5B9u;
}

static inline uint64_t home(const struct drop_items *s, uint64_t where)
{
	return (where >> 32) * s->lines >> 32;
}

static inline bool is_same(const struct drop_items *s, uint32_t item,
	const uint8_t *digest, uint8_t list)
{
	const struct drop_item *it = &s->at[item];

	return it->list == list && !memcmp(it->digest, digest, SHA256_SIZE);
}

/* Whether one of the eight is this; nearly always none is. */
static inline bool has_tag(const struct line *l, uint32_t tag)
{
	const four_tags wanted = { tag, tag, tag, tag };
	four_tags a, b;
	uint64_t any[2];

	memcpy(&a, l->tag, sizeof a);
	memcpy(&b, l->tag + 4, sizeof b);
	a = (four_tags)((a == wanted) | (b == wanted));
	memcpy(any, &a, sizeof any);
	return (any[0] | any[1]) != 0;
}

static uint32_t find_in_line(const struct drop_items *s, const struct line *l,
	uint32_t tag, const uint8_t *digest, uint8_t list)
{
	for (size_t i = 0; i < LINE_SLOTS && l->item[i]; i++)
		if (l->tag[i] == tag &&
			is_same(s, l->item[i] - 1, digest, list))
			return l->item[i] - 1;
	return ITEMS_NONE;
}

static inline uint32_t find(const struct drop_items *s, uint64_t where,
	const uint8_t *digest, uint8_t list)
{
	const struct line *l = s->line + home(s, where);
	uint32_t item = ITEMS_NONE;

	for (;;) {
		if (has_tag(l, (uint32_t)where))
			item = find_in_line(
				s, l, (uint32_t)where, digest, list);
		if (item != ITEMS_NONE || !l->item[LINE_SLOTS - 1])
			return item;
		if (++l == s->line + s->lines)
			l = s->line;
	}
}

static void put(struct drop_items *s, uint64_t where, uint32_t item)
{
	struct line *l = s->line + home(s, where);
	size_t i = 0;

	while (l->item[i]) {
		if (++i < LINE_SLOTS)
			continue;
		i = 0;
		if (++l == s->line + s->lines)
			l = s->line;
	}
	l->tag[i] = (uint32_t)where;
	l->item[i] = item + 1;
}

/* Behind the first with this hash. */
static void chain(struct drop_items *s, uint32_t first, uint32_t item)
{
	if (!s->next) {
		s->next = malloc((s->n + 1) * sizeof *s->next);
		must(s->next != NULL);
		memset(s->next, 0xff, (s->n + 1) * sizeof *s->next);
	}
	s->next[item] = s->next[first];
	s->next[first] = item;
}

void drop_items_seal(struct drop_items *s)
{
	enum { AHEAD = 16 };

	must(!s->is_sealed);
	s->is_sealed = true;
	s->lines = s->n / FILL + 1;
	s->line = pages(s->lines * sizeof *s->line);
	must(s->line != NULL);
	madvise(s->line, s->lines * sizeof *s->line, MADV_HUGEPAGE);
	for (uint32_t i = 0; i < s->n; i++) {
		const struct drop_item *it = &s->at[i];
		uint64_t where = place(s, it->digest);
		uint32_t first;

		if (i + AHEAD < s->n)
			__builtin_prefetch(
				s->line + home(s, place(s, it[AHEAD].digest)));
		first = find(s, where, it->digest, it->list);
		if (first == ITEMS_NONE)
			put(s, where, i);
		else
			chain(s, first, i);
	}
}

/* The item behind the first slot with this tag, which find() will compare. */
static inline void prefetch_item(
	const struct drop_items *s, const struct line *l, uint32_t tag)
{
	for (size_t i = 0; i < LINE_SLOTS; i++)
		if (l->tag[i] == tag && l->item[i])
			__builtin_prefetch(&s->at[l->item[i] - 1]);
}

/*
 * In three rounds, so that no look-up waits for another's memory: the lines, then
 * the items of slots that fit, then the comparison of the few that are left.
 */
void items_find_batch(const struct drop_items *s, const uint8_t *digest,
	const uint8_t *list, size_t n, uint32_t *first)
{
	uint64_t where[ITEMS_BATCH];
	uint16_t left[ITEMS_BATCH];
	size_t left_n = 0;

	must(s->is_sealed && n <= ITEMS_BATCH);
	for (size_t i = 0; i < n; i++) {
		where[i] = place(s, digest + i * SHA256_SIZE);
		__builtin_prefetch(s->line + home(s, where[i]));
	}
	for (size_t i = 0; i < n; i++) {
		const struct line *l = s->line + home(s, where[i]);

		first[i] = ITEMS_NONE;
		if (!has_tag(l, (uint32_t)where[i]) && !l->item[LINE_SLOTS - 1])
			continue;
		prefetch_item(s, l, (uint32_t)where[i]);
		left[left_n++] = (uint16_t)i;
	}
	for (size_t i = 0; i < left_n; i++)
		first[left[i]] = find(s, where[left[i]],
			digest + left[i] * SHA256_SIZE, list[left[i]]);
}

uint32_t items_next(const struct drop_items *s, uint32_t item)
{
	return s->next ? s->next[item] : ITEMS_NONE;
}
