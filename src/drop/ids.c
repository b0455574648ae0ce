/* A hash table with open addressing: 12 bytes a slot, a NUL first when free. */
#include "drop/ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/rand.h"
#include "drop/limit.h"

enum { SLOTS_LEAST = 1024 };

struct drop_ids {
	char (*slot)[DROP_ID_SIZE];
	size_t mask;
	size_t held;
	size_t most; /* of one part: there is always a free slot */
	uint64_t key[2];
	uint64_t parts;
	uint64_t part;
};

int drop_ids_new(struct drop_ids **out, int64_t most, struct err *e)
{
	struct drop_ids *s = calloc(1, sizeof *s);
	size_t slots = SLOTS_LEAST, each;

	must(s && most >= 0 && most <= LIMIT_DROP_ITEMS);
	s->parts = 1 + (uint64_t)most / LIMIT_DROP_IDS_AT_ONCE;
	each = (size_t)((uint64_t)most / s->parts + 1);
	while (slots / 4 * 3 < each)
		slots *= 2;
	s->slot = calloc(slots, DROP_ID_SIZE);
	if (!s->slot) {
		free(s);
		return err_set(e, ERR_UNAVAILABLE,
			"no memory to compare the batch's IDs");
	}
	s->mask = slots - 1;
	s->most = slots / 16 * 15;
	rand_bytes(s->key, sizeof s->key);
	*out = s;
	return 0;
}

void drop_ids_free(struct drop_ids *s)
{
	if (s)
		free(s->slot);
	free(s);
}

int drop_ids_parts(const struct drop_ids *s)
{
	return (int)s->parts;
}

void drop_ids_begin(struct drop_ids *s, int part)
{
	memset(s->slot, 0, (s->mask + 1) * DROP_ID_SIZE);
	s->held = 0;
	s->part = (uint64_t)part;
}

/* The last step of splitmix64. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static uint64_t hash_of(const struct drop_ids *s, const char *id)
{
	uint64_t head;
	uint32_t tail;

	memcpy(&head, id, sizeof head);
	memcpy(&tail, id + sizeof head, sizeof tail);
	return mix(mix(head ^ s->key[0]) + (tail ^ s->key[1]));
}

int drop_ids_add(struct drop_ids *s, const char id[DROP_ID_SIZE], struct err *e)
{
	uint64_t h = hash_of(s, id);
	size_t at = (size_t)(h >> 16) & s->mask;

	/* The low bits choose the part, others the slot. */
	if (h % s->parts != s->part)
		return 0;
	for (; s->slot[at][0]; at = (at + 1) & s->mask) {
		if (!memcmp(s->slot[at], id, DROP_ID_SIZE))
			return err_set(e, ERR_INVALID,
				"an ID that the batch has already");
	}
	if (s->held == s->most)
		return err_set(e, ERR_LIMIT, "more IDs than were promised");
	memcpy(s->slot[at], id, DROP_ID_SIZE);
	s->held++;
	return 0;
}
