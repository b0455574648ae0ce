/* Open addressing; the table is at least half empty. */
#include "connect/keys.h"

#include "base/base.h"

static uint64_t hash_of(str s)
{
	uint64_t h = str_hash(s);

	return h ^ h >> 29;
}

static uint64_t length_bit(size_t n)
{
	return (uint64_t)1 << (n < 63 ? n : 63);
}

struct key_set key_set_in(struct arena *a, size_t n_max)
{
	struct key_set s = { .arena = a, .slots_n = 16 };

	must(n_max < UINT32_MAX / 4);
	while (s.slots_n < 2 * n_max)
		s.slots_n *= 2;
	s.slots = arena_many(a, uint32_t, s.slots_n);
	s.at = arena_many(a, struct key_entry, n_max);
	return s;
}

static uint32_t *slot_of(const struct key_set *s, str text)
{
	size_t i = hash_of(text) & (s->slots_n - 1);

	while (s->slots[i] && !str_eq(s->at[s->slots[i] - 1].text, text))
		i = (i + 1) & (s->slots_n - 1);
	return &s->slots[i];
}

static void add_one(struct key_set *s, str text, size_t number)
{
	uint32_t *slot = slot_of(s, text);
	struct key_use *use = arena_one(s->arena, struct key_use);
	struct key_entry *k;

	if (!*slot) {
		s->at[s->n].text = text;
		*slot = (uint32_t)++s->n;
		s->lengths |= length_bit(text.n);
	}
	k = &s->at[*slot - 1];
	use->number = number;
	if (k->last)
		k->last->next = use;
	else
		k->uses = use;
	k->last = use;
}

void key_set_add(
	struct key_set *s, const struct cell *cells, size_t n, size_t number)
{
	for (size_t i = 0; i < n; i++)
		if (cells[i].type != CELL_NULL)
			add_one(s, cells[i].v.v, number);
}

struct key_entry *key_set_find(const struct key_set *s, str text)
{
	uint32_t at;

	if (!(s->lengths & length_bit(text.n)))
		return NULL;
	at = *slot_of(s, text);
	return at ? &s->at[at - 1] : NULL;
}
