/*
 * By counting: how many keys each line gets, then each tag to its line, then the
 * few tags of each line into order.  Tags are random, so a sort that asks them
 * one by one guesses wrong half the time, which costs more than the sorting: up
 * to a full line's are sorted without a branch.
 */
#include "index/part.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "index/format.h"
#include "index/lines.h"

void part_runs_free(struct part_run **runs)
{
	while (*runs) {
		struct part_run *next = (*runs)->next;

		free(*runs);
		*runs = next;
	}
}

void part_init(struct part *p, struct arena *a, uint64_t home, size_t keys_max)
{
	must(keys_max < UINT32_MAX - INDEX_LINE_SLOTS);
	p->home = home;
	p->start = arena_many(a, uint32_t, home / PARTS + 4);
	p->tag = arena_many(a, uint64_t, keys_max + INDEX_LINE_SLOTS);
	p->came = arena_many(a, uint64_t, keys_max + INDEX_LINE_SLOTS);
}

static void count(struct part *p, const struct part_run *runs)
{
	for (const struct part_run *r = runs; r; r = r->next)
		for (size_t j = 0; j < r->n; j++)
			p->start[index_home_line(r->key[j].hi, p->home) -
				 p->first]++;
}

static void place(struct part *p, const struct part_run *runs)
{
	for (const struct part_run *r = runs; r; r = r->next)
		for (size_t j = 0; j < r->n; j++) {
			size_t line = index_home_line(r->key[j].hi, p->home) -
				      p->first;

			p->came[--p->start[line]] = r->key[j].tag;
		}
}

static inline void order(uint64_t *low, uint64_t *high)
{
	uint64_t x = *low, y = *high;

	*low = x < y ? x : y;
	*high = x < y ? y : x;
}

/* Batcher's odd-even merge sort of eight. */
static inline void sort_slots(uint64_t t[INDEX_LINE_SLOTS])
{
	order(t + 0, t + 1);
	order(t + 2, t + 3);
	order(t + 4, t + 5);
	order(t + 6, t + 7);
	order(t + 0, t + 2);
	order(t + 1, t + 3);
	order(t + 4, t + 6);
	order(t + 5, t + 7);
	order(t + 1, t + 2);
	order(t + 5, t + 6);
	order(t + 0, t + 4);
	order(t + 1, t + 5);
	order(t + 2, t + 6);
	order(t + 3, t + 7);
	order(t + 2, t + 4);
	order(t + 3, t + 5);
	order(t + 1, t + 2);
	order(t + 3, t + 4);
	order(t + 5, t + 6);
}

static size_t once_each(uint64_t *t, size_t n)
{
	size_t m = 0;

	for (size_t i = 0; i < n; i++)
		if (m == 0 || t[m - 1] != t[i])
			t[m++] = t[i];
	return m;
}

/* n ascending ones get another, unless they have it; how many then. */
static size_t insert(uint64_t *t, size_t n, uint64_t x)
{
	size_t at = n;

	while (at > 0 && t[at - 1] > x)
		at--;
	if (at > 0 && t[at - 1] == x)
		return n;
	memmove(t + at + 1, t + at, (n - at) * sizeof *t);
	t[at] = x;
	return n + 1;
}

/* What does not fit the slots, or is there twice.  Of more than a line may have
 * (lines.h) so many are enough to refuse them. */
static size_t settle_rest(
	const uint64_t *came, size_t n, uint64_t *to, size_t sorted)
{
	size_t m = once_each(to, sorted);

	for (size_t i = sorted; i < n && m <= LINES_OWN_MAX; i++)
		m = insert(to, m, came[i]);
	return m;
}

/*
 * The n tags of a line in order, and how many are different.  All eight slots
 * are sorted, the greatest number in those that are free.
 */
static size_t settle(const uint64_t *came, size_t n, uint64_t *to)
{
	uint64_t t[INDEX_LINE_SLOTS];
	size_t same = 0, same_free = n < 7 ? 7 - n : 0;

	for (size_t i = 0; i < INDEX_LINE_SLOTS; i++)
		t[i] = i < n ? came[i] : UINT64_MAX;
	sort_slots(t);
	for (size_t i = 0; i + 1 < INDEX_LINE_SLOTS; i++)
		same += t[i] == t[i + 1];
	memcpy(to, t, sizeof t);
	if (n <= INDEX_LINE_SLOTS && same == same_free)
		return n;
	return settle_rest(came, n, to,
		n < INDEX_LINE_SLOTS ? n : (size_t)INDEX_LINE_SLOTS);
}

static void settle_all(struct part *p)
{
	size_t to = 0;

	for (size_t line = 0; line < p->lines; line++) {
		size_t from = p->start[line];

		p->start[line] = (uint32_t)to;
		to += settle(
			p->came + from, p->start[line + 1] - from, p->tag + to);
	}
	p->start[p->lines] = (uint32_t)to;
}

void part_sort(struct part *p, size_t i, const struct part_run *runs)
{
	uint64_t low = (uint64_t)i << 56, high = low | UINT64_MAX >> 8;
	uint32_t at = 0;

	p->first = index_home_line(low, p->home);
	p->lines = index_home_line(high, p->home) - p->first + 1;
	memset(p->start, 0, (p->lines + 1) * sizeof *p->start);
	count(p, runs);
	for (size_t line = 0; line <= p->lines; line++) {
		at += p->start[line];
		p->start[line] = at;
	}
	place(p, runs);
	settle_all(p);
}
