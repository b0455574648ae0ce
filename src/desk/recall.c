/*
 * Everything here is valid for one stamp.  Keys lie where a few bits of their
 * hash say; two that fall on one place only cost time.
 *
 * The hash is SipHash-2-4 with 128 bits under a random key that never leaves
 * this memory: who does not know the key can't find a second secret with the
 * same hash better than by guessing secrets.
 */
#include "desk/recall.h"

#include <sodium.h>
#include <string.h>

#include "base/base.h"
#include "base/rand.h"
#include "store/db.h"

enum {
	KEYS = 16,
	KEPT_NAME = 128,
	TAG_SIZE = crypto_shorthash_siphashx24_BYTES,
	TAG_KEY_SIZE = crypto_shorthash_siphashx24_KEYBYTES,
};

struct place {
	unsigned char tag[TAG_SIZE];
	int64_t id; /* 0: empty */
	int64_t used_at;
	unsigned scopes;
	size_t name_n;
	char name[KEPT_NAME];
};

struct recall {
	struct db_stamp stamp;
	bool is_followed;
	bool has_keys;
	unsigned char tag_key[TAG_KEY_SIZE];
	struct place key[KEYS];
};

struct recall *recall_new(struct arena *a)
{
	struct recall *r = arena_one(a, struct recall);

	rand_bytes(r->tag_key, sizeof r->tag_key);
	return r;
}

static void forget(struct recall *r)
{
	r->is_followed = false;
	if (r->has_keys)
		memset(r->key, 0, sizeof r->key);
	r->has_keys = false;
}

bool recall_holds(struct recall *r, struct db *db)
{
	struct db_stamp now;

	if (!r)
		return false;
	if (!db_stamp(db, &now)) {
		forget(r);
		return false;
	}
	if (!memcmp(&now, &r->stamp, sizeof now))
		return true;
	forget(r);
	r->stamp = now;
	return true;
}

static size_t tag_of(
	const struct recall *r, str secret, unsigned char tag[TAG_SIZE])
{
	must(!crypto_shorthash_siphashx24(
		tag, (const unsigned char *)secret.p, secret.n, r->tag_key));
	return tag[0] % KEYS;
}

bool recall_find_key(const struct recall *r, str secret, struct recall_key *out)
{
	unsigned char tag[TAG_SIZE];
	const struct place *at = &r->key[tag_of(r, secret, tag)];

	if (!at->id || sodium_memcmp(at->tag, tag, TAG_SIZE))
		return false;
	*out = (struct recall_key){ .id = at->id,
		.used_at = at->used_at,
		.scopes = at->scopes,
		.name = { at->name, at->name_n } };
	return true;
}

void recall_keep_key(struct recall *r, str secret, const struct recall_key *key)
{
	unsigned char tag[TAG_SIZE];
	struct place *at = &r->key[tag_of(r, secret, tag)];

	must(key->id);
	if (key->name.n > KEPT_NAME)
		return;
	memcpy(at->tag, tag, TAG_SIZE);
	at->id = key->id;
	at->used_at = key->used_at;
	at->scopes = key->scopes;
	at->name_n = key->name.n;
	if (key->name.n)
		memcpy(at->name, key->name.p, key->name.n);
	r->has_keys = true;
}

bool recall_is_followed(const struct recall *r)
{
	return r->is_followed;
}

void recall_followed(struct recall *r)
{
	r->is_followed = true;
}
