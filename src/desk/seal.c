/*
 * Sealing: libsodium's secretbox (XSalsa20-Poly1305) with random nonces.  192
 * bits of nonce make a repetition impossible in practice, so nothing needs to be
 * counted or stored.
 */
#include "desk/seal.h"

#include <sodium.h>
#include <string.h>

#include "base/base.h"

enum { VERSION = 1, NONCE = crypto_secretbox_NONCEBYTES };

_Static_assert(SEAL_OVERHEAD == 1 + NONCE + crypto_secretbox_MACBYTES &&
		       KEY_SIZE == crypto_secretbox_KEYBYTES,
	"the drawing in the header is the format");

struct seal {
	unsigned char key[KEY_SIZE];
};

static void wipe(void *ctx)
{
	sodium_memzero(ctx, sizeof(struct seal));
}

static struct seal *seal_empty(struct arena *a)
{
	struct seal *s = arena_one(a, struct seal);

	must(sodium_init() >= 0);
	arena_defer(a, wipe, s);
	return s;
}

static void label_key(
	const struct seal *s, str label, unsigned char out[KEY_SIZE])
{
	static const char head[] = "toyon seal 1 ";
	crypto_generichash_state st;

	must(label.n > 0);
	crypto_generichash_init(&st, s->key, KEY_SIZE, KEY_SIZE);
	crypto_generichash_update(
		&st, (const unsigned char *)head, sizeof head - 1);
	crypto_generichash_update(&st, (const unsigned char *)label.p, label.n);
	crypto_generichash_final(&st, out, KEY_SIZE);
	sodium_memzero(&st, sizeof st);
}

str seal_put(struct arena *a, const struct seal *s, str label, str text)
{
	unsigned char *blob = arena_alloc(a, SEAL_OVERHEAD + text.n);
	unsigned char key[KEY_SIZE];

	blob[0] = VERSION;
	randombytes_buf(blob + 1, NONCE);
	label_key(s, label, key);
	crypto_secretbox_easy(blob + 1 + NONCE, (const unsigned char *)text.p,
		text.n, blob + 1, key);
	sodium_memzero(key, sizeof key);
	return (str){ (const char *)blob, SEAL_OVERHEAD + text.n };
}

int seal_get(struct arena *a, const struct seal *s, str label, str blob,
	str *text, struct err *e)
{
	const unsigned char *b = (const unsigned char *)blob.p;
	unsigned char key[KEY_SIZE], *out;
	int rc;

	if (blob.n < SEAL_OVERHEAD || b[0] != VERSION)
		return err_set(
			e, ERR_CORRUPT, "a sealed value has an unknown form");
	out = arena_alloc(a, blob.n - SEAL_OVERHEAD);
	label_key(s, label, key);
	rc = crypto_secretbox_open_easy(
		out, b + 1 + NONCE, blob.n - 1 - NONCE, b + 1, key);
	sodium_memzero(key, sizeof key);
	if (rc) {
		err_set(e, ERR_CORRUPT, "a sealed value does not open");
		return err_hint(e, "it was changed, or sealed with other keys "
				   "than those in the keys folder");
	}
	*text = (str){ (const char *)out, blob.n - SEAL_OVERHEAD };
	return 0;
}

struct seal *seal_derived(
	struct arena *a, const struct keys *k, const char *purpose)
{
	struct seal *s = seal_empty(a);

	keys_subkey(k, purpose, s->key);
	return s;
}

struct seal *seal_new(struct arena *a, const struct keys *k, str *wrapped)
{
	struct seal *s = seal_empty(a);

	randombytes_buf(s->key, sizeof s->key);
	*wrapped = seal_put(a, seal_derived(a, k, "wrap"), STR("key"),
		(str){ (const char *)s->key, sizeof s->key });
	return s;
}

int seal_open(struct arena *a, const struct keys *k, str wrapped,
	struct seal **out, struct err *e)
{
	struct seal *s = seal_empty(a);
	str key;

	if (!wrapped.n)
		return err_set(e, ERR_NOT_FOUND,
			"the person's data was deleted: its key is gone");
	if (seal_get(a, seal_derived(a, k, "wrap"), STR("key"), wrapped, &key,
		    e))
		return -1;
	if (key.n != sizeof s->key)
		return err_set(
			e, ERR_CORRUPT, "a wrapped key has an unknown form");
	memcpy(s->key, key.p, sizeof s->key);
	/* seal_get() left a copy in the arena. */
	sodium_memzero((void *)(uintptr_t)key.p, key.n);
	*out = s;
	return 0;
}
