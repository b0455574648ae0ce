/*
 * People and their parts, in arrays that only grow; a person's parts are a list
 * through one of them.
 */
#include "drop/people.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/rand.h"

enum { ROLE_SHIFT = 28, BAD = 1 << 27, KEY_MAX = UINT16_MAX };

/* Numbers of things by their hash: open addressing, at most half full. */
struct slots {
	uint32_t *at; /* number + 1 */
	size_t size;  /* a power of two */
};

struct person {
	struct who who;
	uint64_t key_at;
	uint32_t parts; /* number + 1 of the newest */
	uint16_t key_n;
	uint16_t table;
};

struct part {
	uint32_t next;  /* number + 1 */
	uint32_t value; /* role, and the number of the value or the fault */
};

struct value {
	char hash[IDENT_HASH_CHARS];
};

struct people {
	size_t size_max;
	size_t size; /* of all arrays */
	struct slots person_slots;
	struct slots value_slots;
	struct person *person;
	size_t people, people_size;
	struct part *part;
	size_t parts, parts_size;
	struct value *value;
	size_t values, values_size;
	char *key;
	size_t keys, keys_size;
	uint8_t secret[crypto_shorthash_siphashx24_KEYBYTES];
};

struct people *people_new(size_t size_max)
{
	struct people *p = calloc(1, sizeof *p);

	must(p != NULL);
	p->size_max = size_max;
	rand_bytes(p->secret, sizeof p->secret);
	return p;
}

void people_clear(struct people *p)
{
	struct people empty = { .size_max = p->size_max };

	free(p->person_slots.at);
	free(p->value_slots.at);
	free(p->person);
	free(p->part);
	free(p->value);
	free(p->key);
	memcpy(empty.secret, p->secret, sizeof empty.secret);
	*p = empty;
}

void people_free(struct people *p)
{
	if (!p)
		return;
	people_clear(p);
	free(p);
}

struct who people_who(const struct people *p, size_t table, str key)
{
	uint8_t out[crypto_shorthash_siphashx24_BYTES];
	uint64_t salt = (uint64_t)table * 0x9E3779B97F4A7C15u;
	uint8_t secret[sizeof p->secret];
	struct who w;

	/* A table has a key of its own. */
	memcpy(secret, p->secret, sizeof secret);
	for (size_t i = 0; i < 8; i++)
		secret[i] ^= (uint8_t)(salt >> 8 * i);
	crypto_shorthash_siphashx24(
		out, (const unsigned char *)key.p, key.n, secret);
	memcpy(&w, out, sizeof w);
	return w;
}

uint64_t people_place(struct who w)
{
	return w.h[1];
}

/* The array with room for `more` behind n; NULL when the memory is used up. */
static void *grow(struct people *p, void *at, size_t n, size_t *size,
	size_t more, size_t unit)
{
	size_t want = *size + *size / 2 + more + 1024;

	if (at && n + more <= *size)
		return at;
	if (p->size + (want - *size) * unit > p->size_max)
		want = n + more + (p->size_max / 64) / unit;
	if (p->size + (want - *size) * unit > p->size_max)
		return NULL;
	p->size += (want - *size) * unit;
	*size = want;
	at = realloc(at, want * unit);
	must(at != NULL);
	return at;
}

static bool grow_people(struct people *p)
{
	void *at = grow(
		p, p->person, p->people, &p->people_size, 1, sizeof *p->person);

	if (at)
		p->person = at;
	return at != NULL;
}

static bool grow_keys(struct people *p, size_t more)
{
	void *at = grow(p, p->key, p->keys, &p->keys_size, more, 1);

	if (at)
		p->key = at;
	return at != NULL;
}

static bool grow_values(struct people *p)
{
	void *at = grow(
		p, p->value, p->values, &p->values_size, 1, sizeof *p->value);

	if (at)
		p->value = at;
	return at != NULL;
}

static bool grow_parts(struct people *p)
{
	void *at =
		grow(p, p->part, p->parts, &p->parts_size, 1, sizeof *p->part);

	if (at)
		p->part = at;
	return at != NULL;
}

typedef uint64_t hash_fn(const struct people *p, size_t i);

static uint64_t person_hash(const struct people *p, size_t i)
{
	return p->person[i].who.h[0];
}

static uint64_t hash_of_hash(const char *hash)
{
	uint64_t h;

	memcpy(&h, hash, sizeof h);
	return h * 0x9E3779B97F4A7C15u >> 20;
}

static uint64_t value_hash(const struct people *p, size_t i)
{
	return hash_of_hash(p->value[i].hash);
}

static void slots_put(struct slots *s, uint64_t hash, size_t i)
{
	size_t at = hash & (s->size - 1);

	while (s->at[at])
		at = (at + 1) & (s->size - 1);
	s->at[at] = (uint32_t)i + 1;
}

/* Room for one more of n. */
static bool slots_grow(
	struct people *p, struct slots *s, size_t n, hash_fn *hash)
{
	size_t size = s->size ? 2 * s->size : 4096;
	size_t more = (size - s->size) * sizeof *s->at;

	if (2 * (n + 1) <= s->size)
		return true;
	if (p->size + more > p->size_max)
		return false;
	p->size += more;
	free(s->at);
	s->at = calloc(size, sizeof *s->at);
	must(s->at != NULL);
	s->size = size;
	for (size_t i = 0; i < n; i++)
		slots_put(s, hash(p, i), i);
	return true;
}

uint32_t people_find(const struct people *p, struct who w)
{
	const struct slots *s = &p->person_slots;
	size_t at = w.h[0] & (s->size - 1);

	if (!s->size)
		return PEOPLE_NOBODY;
	for (; s->at[at]; at = (at + 1) & (s->size - 1)) {
		const struct person *q = &p->person[s->at[at] - 1];

		if (q->who.h[0] == w.h[0] && q->who.h[1] == w.h[1])
			return s->at[at] - 1;
	}
	return PEOPLE_NOBODY;
}

uint32_t people_add(struct people *p, struct who w, size_t table, str key)
{
	uint32_t found = people_find(p, w);

	must(key.n <= KEY_MAX && table <= UINT16_MAX);
	if (found != PEOPLE_NOBODY)
		return found;
	if (p->people + 1 >= PEOPLE_FULL ||
		!slots_grow(p, &p->person_slots, p->people, person_hash) ||
		!grow_people(p) || !grow_keys(p, key.n))
		return PEOPLE_FULL;
	p->person[p->people] = (struct person){ .who = w,
		.key_at = p->keys,
		.key_n = (uint16_t)key.n,
		.table = (uint16_t)table };
	if (key.n)
		memcpy(p->key + p->keys, key.p, key.n);
	p->keys += key.n;
	slots_put(&p->person_slots, w.h[0], p->people);
	return (uint32_t)p->people++;
}

size_t people_n(const struct people *p)
{
	return p->people;
}

size_t people_table(const struct people *p, uint32_t person)
{
	return p->person[person].table;
}

str people_key(const struct people *p, uint32_t person)
{
	return (str){ p->key + p->person[person].key_at,
		p->person[person].key_n };
}

/* The number of a value, added when it is new; BAD: full. */
static uint32_t value_of(struct people *p, const char *hash)
{
	struct slots *s = &p->value_slots;
	uint64_t h = hash_of_hash(hash);

	if (!slots_grow(p, s, p->values, value_hash))
		return BAD;
	for (size_t at = h & (s->size - 1); s->at[at];
		at = (at + 1) & (s->size - 1)) {
		uint32_t i = s->at[at] - 1;

		if (!memcmp(p->value[i].hash, hash, IDENT_HASH_CHARS))
			return i;
	}
	if (p->values + 1 >= BAD || !grow_values(p))
		return BAD;
	memcpy(p->value[p->values].hash, hash, IDENT_HASH_CHARS);
	slots_put(s, h, p->values);
	return (uint32_t)p->values++;
}

static bool link_part(struct people *p, uint32_t person, uint32_t value)
{
	if (p->parts + 1 >= UINT32_MAX || !grow_parts(p))
		return false;
	p->part[p->parts] = (struct part){ p->person[person].parts, value };
	p->person[person].parts = (uint32_t)++p->parts;
	return true;
}

bool people_part(
	struct people *p, uint32_t person, enum role role, const char *hash)
{
	uint32_t v = value_of(p, hash);

	return v != BAD &&
	       link_part(p, person, (uint32_t)role << ROLE_SHIFT | v);
}

bool people_bad_part(
	struct people *p, uint32_t person, enum role role, enum ident_fault f)
{
	return link_part(
		p, person, (uint32_t)role << ROLE_SHIFT | BAD | (uint32_t)f);
}

bool people_keys(const struct people *p, uint32_t person, struct keys *k)
{
	uint32_t at = p->person[person].parts;

	if (!at)
		return false;
	keys_begin_held(k, person);
	for (; at; at = p->part[at - 1].next) {
		uint32_t v = p->part[at - 1].value;
		enum role role = (enum role)(v >> ROLE_SHIFT);

		v &= (1u << ROLE_SHIFT) - 1;
		if (v & BAD)
			keys_bad_part(k, role,
				(enum ident_fault)(v & ~(uint32_t)BAD));
		else
			keys_part(k, role, p->value[v].hash);
	}
	keys_end_held(k);
	return true;
}
