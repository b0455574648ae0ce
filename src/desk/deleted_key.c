#include "desk/deleted_key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "desk/keys.h"
#include "desk/limit.h"
#include "desk/parts.h"
#include "desk/record.h"

enum { HASH_SIZE = 16, PAGE = 4096 };

struct hasher {
	unsigned char *key; /* KEY_SIZE */
};

static void wipe(void *ctx)
{
	sodium_memzero(ctx, KEY_SIZE);
}

static struct hasher hasher_of(struct desk *d)
{
	struct hasher h = { arena_alloc(d->arena, KEY_SIZE) };

	arena_defer(d->arena, wipe, h.key);
	keys_subkey(d->keys, "deleted key", h.key);
	return h;
}

/* Lengths before the texts: no two keys give the same bytes. */
static void put(crypto_generichash_state *st, str s)
{
	uint64_t n = s.n;

	crypto_generichash_update(st, (const unsigned char *)&n, sizeof n);
	crypto_generichash_update(st, (const unsigned char *)s.p, s.n);
}

static void hash_key(const struct hasher *h, const struct find_key *key,
	unsigned char out[HASH_SIZE])
{
	crypto_generichash_state st;

	crypto_generichash_init(&st, h->key, KEY_SIZE, HASH_SIZE);
	put(&st, key->system);
	put(&st, key->table);
	put(&st, key->column);
	put(&st, key->is_entry ? STR("owner") : STR("owned"));
	put(&st, key->value);
	crypto_generichash_final(&st, out, HASH_SIZE);
}

/* --- learnt --- */

static int store(struct desk *d, const struct hasher *h,
	const struct find_key *key, const struct record_keys *whose,
	struct err *e)
{
	unsigned char hash[HASH_SIZE];

	hash_key(h, key, hash);
	for (size_t i = 0; i < whose->n; i++) {
		struct sql_deleted_key_put_in in = {
			.system = key->system,
			.key_hash = { (const char *)hash, HASH_SIZE },
			.id_key = { (const char *)whose->at[i].of,
				IDENT_KEY_SIZE },
		};

		if (sql_deleted_key_put(d->db, &in, e) < 0)
			return -1;
	}
	return 0;
}

int deleted_key_learn(struct desk *d, const struct record *r, struct err *e)
{
	str rest = r->person.other_keys.v;
	struct record_keys whose;
	struct hasher h;
	str line;

	if (kind_row(r->kind)->flow != FLOW_ERASE || parts_of(&r->person) ||
		!rest.n)
		return 0;
	whose = record_keys(d, r);
	h = hasher_of(d);
	while (str_next(&rest, '\n', &line)) {
		struct find_key key;

		if (find_key_read(d->arena, line, &key) &&
			store(d, &h, &key, &whose, e))
			return -1;
	}
	return 0;
}

int deleted_key_forget(
	struct desk *d, const uint8_t id_key[IDENT_KEY_SIZE], struct err *e)
{
	struct sql_deleted_key_forget_in in = {
		{ (const char *)id_key, IDENT_KEY_SIZE },
	};

	return sql_deleted_key_forget(d->db, &in, e) < 0 ? -1 : 0;
}

/* --- asked --- */

struct deleted_keys {
	struct desk *desk;
	struct hasher hasher;
	/* The beginnings of their hashes, ascending: nearly every key of a system is
	 * nobody's, and the record need not be asked for it. */
	uint64_t *at;
	size_t n;
	size_t cap;
};

static uint64_t beginning(const char *hash)
{
	uint64_t v = 0;

	for (size_t i = 0; i < sizeof v; i++)
		v = v << 8 | (unsigned char)hash[i];
	return v;
}

static void free_all(void *ctx)
{
	struct deleted_keys *k = ctx;

	free(k->at);
}

static int damaged(struct err *e)
{
	err_set(e, ERR_CORRUPT, "the table deleted_key is damaged");
	return err_hint(e, "restore the database from a back-up, or ask who "
			   "keeps it to check it");
}

static int make_room(struct deleted_keys *k, struct err *e)
{
	size_t cap = k->cap ? 2 * k->cap : PAGE;
	uint64_t *at = realloc(k->at, cap * sizeof *at);

	if (!at)
		return err_set(e, ERR_UNAVAILABLE,
			"no memory for the %zu rows of the table deleted_key",
			cap);
	k->at = at;
	k->cap = cap;
	return 0;
}

/* What comes from the database may be anything. */
static int add(struct deleted_keys *k, str hash, struct err *e)
{
	uint64_t v;

	if (hash.n != HASH_SIZE)
		return damaged(e);
	v = beginning(hash.p);
	if (k->n && k->at[k->n - 1] > v)
		return damaged(e);
	if (k->n == k->cap && make_room(k, e))
		return -1;
	k->at[k->n++] = v;
	return 0;
}

static int load_page(struct deleted_keys *k, struct arena *page,
	struct sql_deleted_key_after_in *in, unsigned char last[HASH_SIZE],
	struct err *e)
{
	struct sql_deleted_key_after_rows rows;

	arena_clear(page);
	if (sql_deleted_key_after(k->desk->db, page, in, &rows, e))
		return -1;
	for (size_t i = 0; i < rows.n; i++)
		if (add(k, rows.at[i].key_hash, e))
			return -1;
	if (rows.n < PAGE)
		return 0;
	memcpy(last, rows.at[rows.n - 1].key_hash.p, HASH_SIZE);
	in->after = (str){ (const char *)last, HASH_SIZE };
	return 1;
}

int deleted_keys_load(
	struct desk *d, str system, struct deleted_keys **out, struct err *e)
{
	struct deleted_keys *k = arena_one(d->arena, struct deleted_keys);
	struct arena *page = arena_new(LIMIT_REQUEST_ARENA);
	struct sql_deleted_key_after_in in = { system, STR(""), PAGE };
	unsigned char last[HASH_SIZE];
	int rc;

	*k = (struct deleted_keys){ .desk = d, .hasher = hasher_of(d) };
	arena_defer(d->arena, free_all, k);
	*out = k;
	do
		rc = load_page(k, page, &in, last, e);
	while (rc > 0);
	arena_free(page);
	return rc;
}

bool deleted_keys_any(const struct deleted_keys *k)
{
	return k->n != 0;
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

int deleted_keys_whose(const struct deleted_keys *k, struct arena *a,
	const struct find_key *key, struct sql_deleted_key_whose_rows *out,
	struct err *e)
{
	unsigned char hash[HASH_SIZE];
	struct sql_deleted_key_whose_in in = { key->system,
		{ (const char *)hash, HASH_SIZE } };
	uint64_t v;

	out->n = 0;
	if (!k->n)
		return 0;
	hash_key(&k->hasher, key, hash);
	v = beginning((const char *)hash);
	if (!bsearch(&v, k->at, k->n, sizeof *k->at, by_value))
		return 0;
	return sql_deleted_key_whose(k->desk->db, a, &in, out, e);
}
