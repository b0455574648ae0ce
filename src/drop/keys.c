/*
 * The keys of one record: each identifier by itself, and every combination of
 * its parts (11 CCR 7613), never with those of another record.
 */
#include "drop/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { COMPOSITE_PARTS_MAX = 4 };

static const struct composite {
	enum drop_list list;
	unsigned own;
	size_t n;
	enum role part[COMPOSITE_PARTS_MAX];
} composites[] = {
#define DROP_COMPOSITE(LIST, own, ...)                                    \
	{ DROP_##LIST, own, sizeof((int[]){ __VA_ARGS__ }) / sizeof(int), \
		{ __VA_ARGS__ } },
#include "drop/tbl/composites.h"
};

_Static_assert(COUNTOF(composites) == KEYS_COMPOSITES, "a batch each");

static unsigned roles_of(const struct composite *c)
{
	unsigned roles = 0;

	for (size_t i = 0; i < c->n; i++)
		roles |= 1u << c->part[i];
	return roles;
}

unsigned keys_lists_of(unsigned roles)
{
	unsigned lists = 0;

	for (size_t i = ROLE_PARTS; i < ROLES; i++)
		if (roles >> i & 1)
			lists |= 1u << role_list((enum role)i);
	for (size_t i = 0; i < COUNTOF(composites); i++)
		if (!(roles_of(&composites[i]) & ~roles))
			lists |= 1u << composites[i].list;
	return lists;
}

static uint8_t *blocks_new(struct arena *a, size_t n)
{
	uint8_t *p = arena_alloc(a, (n + 1) * SHA256_BLOCK);

	return p + (SHA256_BLOCK - (uintptr_t)p % SHA256_BLOCK);
}

/* Keys of one composite are as long as one another: their padding stays. */
static void composite_init(struct text_batch *b, struct arena *a, size_t parts)
{
	b->k = KEYS_BLOCKS;
	b->block = blocks_new(a, ITEMS_BATCH * KEYS_BLOCKS);
	for (size_t i = 0; i < ITEMS_BATCH; i++)
		sha256_pad_long(b->block + i * KEYS_BLOCKS * SHA256_BLOCK,
			KEYS_BLOCKS, parts * IDENT_HASH_CHARS);
}

void keys_init(struct keys *k, struct arena *a, const struct drop_items *items,
	unsigned lists, enum cpu_path cpu)
{
	memset(k, 0, sizeof *k);
	k->items = items;
	k->lists = lists;
	k->cpu = cpu;
	memo_init(&k->memo, a, cpu);
	for (size_t i = ROLE_PARTS; i < ROLES; i++) {
		k->list[i] = role_list((enum role)i);
		k->way[i] = cell_way(cpu, drop_list_kind(k->list[i]));
	}
	k->one.k = 1;
	k->one.block = blocks_new(a, ITEMS_BATCH);
	for (size_t i = 0; i < KEYS_COMPOSITES; i++)
		composite_init(&k->composite[i], a, composites[i].n);
}

void keys_fini(struct keys *k)
{
	free(k->hit);
	k->hit = NULL;
}

/* --- what is found --- */

static void add_hit(struct keys *k, uint32_t who, uint32_t item)
{
	if (k->hits == k->hits_size) {
		k->hits_size = 2 * k->hits_size + 256;
		k->hit = realloc(k->hit, k->hits_size * sizeof *k->hit);
		must(k->hit != NULL);
	}
	k->hit[k->hits++] = (struct key_hit){ who, item };
}

static void look_up(struct keys *k, const uint8_t *digest, const uint8_t *list,
	const uint32_t *who, size_t n)
{
	uint32_t first[ITEMS_BATCH];

	items_find_batch(k->items, digest, list, n, first);
	for (size_t i = 0; i < n; i++)
		for (uint32_t item = first[i]; item != ITEMS_NONE;
			item = items_next(k->items, item))
			add_hit(k, who[i], item);
}

static void flush_texts(struct keys *k, struct text_batch *b)
{
	uint8_t digest[ITEMS_BATCH * SHA256_SIZE];

	if (!b->n)
		return;
	sha256_long_blocks(k->cpu, b->block, b->k, b->n, digest);
	look_up(k, digest, b->list, b->who, b->n);
	b->n = 0;
}

static void flush_ready(struct keys *k)
{
	struct key_batch *b = &k->ready;

	if (b->n)
		look_up(k, b->digest, b->list, b->who, b->n);
	b->n = 0;
}

/* The block of the batch that was filled becomes a key. */
static void put_text(struct keys *k, struct text_batch *b, enum drop_list list)
{
	k->tally.keys[list]++;
	if (!k->items)
		return;
	b->who[b->n] = k->who;
	b->list[b->n] = (uint8_t)list;
	if (++b->n == ITEMS_BATCH)
		flush_texts(k, b);
}

static void put_digest(
	struct keys *k, enum drop_list list, const uint8_t digest[SHA256_SIZE])
{
	struct key_batch *b = &k->ready;

	k->tally.keys[list]++;
	if (!k->items)
		return;
	b->who[b->n] = k->who;
	b->list[b->n] = (uint8_t)list;
	memcpy(b->digest + b->n * SHA256_SIZE, digest, SHA256_SIZE);
	if (++b->n == ITEMS_BATCH)
		flush_ready(k);
}

/* --- what gave no key --- */

static void no_key(struct keys *k, enum drop_list list, enum ident_fault f)
{
	struct drop_match_report *t = &k->tally;

	t->no_key[list]++;
	t->by_fault[list][f]++;
	if (t->notes == COUNTOF(t->note))
		return;
	t->note[t->notes].record = k->who;
	t->note[t->notes].list = (uint8_t)list;
	t->note[t->notes++].fault = (uint8_t)f;
}

void keys_tally_add(struct drop_match_report *to,
	const struct drop_match_report *t, int64_t before)
{
	to->records += t->records;
	to->ragged += t->ragged;
	to->matches += t->matches;
	to->hashed_there += t->hashed_there;
	for (size_t l = 0; l < DROP_LISTS; l++) {
		to->keys[l] += t->keys[l];
		to->no_key[l] += t->no_key[l];
		to->empty[l] += t->empty[l];
		to->over[l] += t->over[l];
		for (size_t f = 0; f < IDENT_FAULTS; f++)
			to->by_fault[l][f] += t->by_fault[l][f];
	}
	for (size_t i = 0; i < t->notes && to->notes < COUNTOF(to->note); i++) {
		to->note[to->notes] = t->note[i];
		to->note[to->notes++].record += before + 1;
	}
}

/* --- the record --- */

static void clear_parts(struct keys *k)
{
	k->bad_n = 0;
	k->parts_seen = k->parts = k->parts_several = k->parts_over = 0;
	for (size_t i = 0; i < ROLE_PARTS; i++) {
		k->part[i].n = 0;
		k->part[i].fault = IDENT_FAULT_NONE;
	}
}

void keys_begin(struct keys *k, uint32_t who)
{
	k->who = who;
	k->seen = 0;
}

/* Each value once: a doubled one would make every key twice. */
void keys_part(struct keys *k, enum role role, const char *hash)
{
	struct part_values *p = &k->part[role];

	k->parts_seen |= 1u << role;
	for (size_t i = 0; i < p->n; i++)
		if (!memcmp(p->hash[i], hash, IDENT_HASH_CHARS))
			return;
	if (p->n == LIMIT_DROP_VALUES) {
		k->parts_over |= 1u << role;
		return;
	}
	k->parts_several |= k->parts & 1u << role;
	k->parts |= 1u << role;
	p->hash[p->n++] = hash;
}

void keys_bad_part(struct keys *k, enum role role, enum ident_fault f)
{
	struct part_values *p = &k->part[role];

	k->parts_seen |= 1u << role;
	if (!p->fault)
		p->fault = f;
	if (k->bad_n == COUNTOF(k->bad)) {
		k->parts_over |= 1u << role;
		return;
	}
	k->bad[k->bad_n].role = (uint8_t)role;
	k->bad[k->bad_n++].fault = (uint8_t)f;
}

static void ask_part(struct keys *k, enum role role, str value)
{
	must(k->asks < KEYS_ASKS);
	memo_ask(&k->memo, &k->ask[k->asks++], role, value);
}

static void put_ident(
	struct keys *k, enum drop_list list, const struct ident *id)
{
	struct text_batch *b = &k->one;
	uint8_t digest[SHA256_SIZE];

	if (id->n > SHA256_SHORT_MAX) {
		ident_digest(id, digest);
		put_digest(k, list, digest);
		return;
	}
	sha256_pad(b->block + b->n * SHA256_BLOCK, (str){ id->text, id->n });
	put_text(k, b, list);
}

/* What the fast way does not know; also values that come hashed. */
static void read_carefully(struct keys *k, enum drop_list list, str value)
{
	enum ident_kind kind = drop_list_kind(list);
	uint8_t digest[SHA256_SIZE];
	struct ident id;
	enum ident_fault f;

	if (value.n < IDENT_HASH_CHARS) {
		f = ident_read(&id, DROP_PROFILE, kind, value);
		if (!f)
			put_ident(k, list, &id);
	} else {
		f = ident_digest_of(DROP_PROFILE, kind, value, digest);
		if (!f)
			put_digest(k, list, digest);
	}
	if (f && f != IDENT_FAULT_EMPTY)
		no_key(k, list, f);
	if (f != IDENT_FAULT_EMPTY)
		k->seen |= 1u << list;
}

void keys_value(struct keys *k, enum role role, str value)
{
	struct text_batch *b = &k->one;
	enum drop_list list;

	if (role < ROLE_PARTS) {
		if (k->lists & COMPOSITES)
			ask_part(k, role, value);
		return;
	}
	list = k->list[role];
	switch (k->way[role](
		value.p, value.n, b->block + b->n * SHA256_BLOCK)) {
	case CELL_EMPTY:
		return;
	case CELL_SLOW:
		read_carefully(k, list, value);
		return;
	case CELL_READY:
		k->seen |= 1u << list;
		put_text(k, b, list);
	}
}

void keys_put_hash(struct keys *k, enum role role, const char *hash)
{
	uint8_t digest[SHA256_SIZE];

	if (role < ROLE_PARTS) {
		if (!(k->lists & COMPOSITES))
			return;
		must(k->asks < KEYS_ASKS);
		memo_ask_hashed(&k->ask[k->asks++], role, hash);
		return;
	}
	must(ident_hash_read((str){ hash, IDENT_HASH_CHARS }, digest));
	k->seen |= 1u << k->list[role];
	put_digest(k, k->list[role], digest);
}

/* One combination: at[i] says which value of part i. */
static void put_combination(
	struct keys *k, const struct composite *c, const size_t *at)
{
	struct text_batch *b = &k->composite[c - composites];
	uint8_t *block = b->block + b->n * KEYS_BLOCKS * SHA256_BLOCK;

	for (size_t i = 0; i < c->n; i++)
		memcpy(block + i * IDENT_HASH_CHARS,
			k->part[c->part[i]].hash[at[i]], IDENT_HASH_CHARS);
	put_text(k, b, c->list);
}

/* The next combination in at[]; false when all were made. */
static bool next_combination(
	const struct keys *k, const struct composite *c, size_t *at)
{
	for (size_t i = 0; i < c->n; i++) {
		if (++at[i] < k->part[c->part[i]].n)
			return true;
		at[i] = 0;
	}
	return false;
}

static void combine(struct keys *k, const struct composite *c)
{
	size_t at[COMPOSITE_PARTS_MAX] = { 0 };
	size_t made = 0;
	bool is_over = k->parts_over & roles_of(c);

	do {
		if (made++ == LIMIT_DROP_COMBINATIONS) {
			is_over = true;
			break;
		}
		put_combination(k, c, at);
	} while (next_combination(k, c, at));
	if (!is_over)
		return;
	k->tally.over[c->list]++;
	no_key(k, c->list, IDENT_FAULT_SEVERAL);
}

/* The first part that no value gives: what is wrong with those that it has. */
static enum ident_fault missing_fault(
	const struct keys *k, const struct composite *c)
{
	enum ident_fault f = IDENT_FAULT_NONE;
	size_t i = 0;

	while (k->parts >> c->part[i] & 1)
		i++;
	f = k->part[c->part[i]].fault;
	return f ? f : IDENT_FAULT_PARTS;
}

static void end_composite(struct keys *k, const struct composite *c)
{
	static const size_t first[COMPOSITE_PARTS_MAX] = { 0 };
	unsigned roles = roles_of(c);

	if (!(k->parts_seen & c->own)) {
		k->tally.empty[c->list]++;
		return;
	}
	if (roles & ~k->parts) {
		no_key(k, c->list, missing_fault(k, c));
		return;
	}
	if ((k->parts_several | k->parts_over) & roles)
		combine(k, c);
	else
		put_combination(k, c, first);
	/* Another value of the part was read; this one still gave nothing. */
	for (size_t i = 0; i < k->bad_n; i++)
		if (roles_of(c) >> k->bad[i].role & 1)
			no_key(k, c->list, (enum ident_fault)k->bad[i].fault);
}

static void end_composites(struct keys *k)
{
	for (size_t i = 0; i < COUNTOF(composites); i++)
		if (k->lists >> composites[i].list & 1)
			end_composite(k, &composites[i]);
}

static void take_answer(struct keys *k, const struct memo_ask *ask)
{
	enum role role = (enum role)ask->role;

	if (!ask->fault)
		keys_part(k, role, ask->answer);
	else if (ask->fault != IDENT_FAULT_EMPTY)
		keys_bad_part(k, role, (enum ident_fault)ask->fault);
}

/* The records that wait get their hashes, and become keys. */
static void settle(struct keys *k)
{
	size_t ask = 0;

	memo_answers(&k->memo, k->cpu, k->ask, k->asks);
	for (size_t i = 0; i < k->waiting_n; i++) {
		k->who = k->waiting[i].who;
		clear_parts(k);
		for (; ask < k->waiting[i].asks; ask++)
			take_answer(k, &k->ask[ask]);
		end_composites(k);
	}
	memo_learn(&k->memo, k->ask, k->asks);
	k->waiting_n = 0;
	k->asks = 0;
}

static void wait_for_parts(struct keys *k)
{
	k->waiting[k->waiting_n].who = k->who;
	k->waiting[k->waiting_n++].asks = (uint32_t)k->asks;
	if (k->waiting_n == KEYS_WAITING ||
		k->asks > KEYS_ASKS - KEYS_VALUES_MAX)
		settle(k);
}

void keys_end(struct keys *k)
{
	k->tally.records++;
	for (size_t i = ROLE_PARTS; i < ROLES; i++)
		if ((k->lists & ~k->seen) >> k->list[i] & 1)
			k->tally.empty[k->list[i]]++;
	if (k->lists & COMPOSITES)
		wait_for_parts(k);
}

void keys_begin_held(struct keys *k, uint32_t who)
{
	settle(k);
	clear_parts(k);
	k->who = who;
}

void keys_end_held(struct keys *k)
{
	end_composites(k);
}

void keys_flush(struct keys *k)
{
	settle(k);
	flush_texts(k, &k->one);
	for (size_t i = 0; i < KEYS_COMPOSITES; i++)
		flush_texts(k, &k->composite[i]);
	flush_ready(k);
}
