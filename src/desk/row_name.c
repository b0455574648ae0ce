#include "desk/row_name.h"

#include <inttypes.h>
#include <sodium.h>

static const str label = STR_INIT("drop_match");

static void wipe(void *ctx)
{
	sodium_memzero(ctx, KEY_SIZE);
}

void row_names_init(struct row_names *p, struct desk *d)
{
	p->seal = seal_derived(d->arena, d->keys, "drop match");
	p->key = arena_alloc(d->arena, KEY_SIZE);
	arena_defer(d->arena, wipe, p->key);
	keys_subkey(d->keys, "drop person", p->key);
}

/* Lengths before the texts: no two people give the same bytes. */
static void put(crypto_generichash_state *st, str s)
{
	uint64_t n = s.n;

	crypto_generichash_update(st, (const unsigned char *)&n, sizeof n);
	crypto_generichash_update(st, (const unsigned char *)s.p, s.n);
}

void row_name_hash(const struct row_names *p, const struct row_name *who,
	unsigned char out[ROW_NAME_KEY_SIZE])
{
	crypto_generichash_state st;

	crypto_generichash_init(&st, p->key, KEY_SIZE, ROW_NAME_KEY_SIZE);
	put(&st, who->system);
	put(&st, who->table);
	put(&st, who->key.v);
	crypto_generichash_final(&st, out, ROW_NAME_KEY_SIZE);
}

str row_name_key(
	struct arena *a, const struct row_names *p, const struct row_name *who)
{
	unsigned char *out = arena_alloc(a, ROW_NAME_KEY_SIZE);

	row_name_hash(p, who, out);
	return (str){ (const char *)out, ROW_NAME_KEY_SIZE };
}

str row_name_seal(
	struct arena *a, const struct row_names *p, const struct row_name *who)
{
	return seal_put(a, p->seal, label, who->key.v);
}

int row_name_open(struct arena *a, const struct row_names *p, str sealed,
	personal *key, struct err *e)
{
	return seal_get(a, p->seal, label, sealed, &key->v, e);
}
