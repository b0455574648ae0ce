/*
 * Any bytes as a manifest, and as a block of a snapshot: the first byte says
 * which block of how many.  What is taken can be put together again to the same
 * bytes; nothing is read past the end.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "desk/follow_snapshot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct gather {
	struct follow_held *at;
	size_t n;
};

static int gather_one(void *ctx, const struct follow_held *held)
{
	struct gather *g = ctx;

	must(g->n < FOLLOW_BLOCK_MAX && held->reasons);
	g->at[g->n++] = *held;
	return 0;
}

static void try_block(struct arena *a, str bytes, struct follow_cut cut)
{
	/* An identifier has nine bytes and more. */
	struct gather g = { arena_many(a, struct follow_held, bytes.n / 9 + 1),
		0 };
	struct buf again = buf_in(a, FOLLOW_BLOCK_SIZE_MAX);
	struct err e = { 0 };

	if (follow_block_read(bytes, cut, gather_one, &g, &e)) {
		must(e.code == ERR_CORRUPT && e.message[0]);
		return;
	}
	follow_block_put(&again, cut, g.at, g.n);
	must(buf_ok(&again) && str_eq(buf_str(&again), bytes));
}

static void try_manifest(struct arena *a, str bytes)
{
	struct buf again = buf_in(a, FOLLOW_MANIFEST_SIZE_MAX);
	struct follow_manifest m;
	struct err e = { 0 };

	if (follow_manifest_read(bytes, &m, &e)) {
		must(e.code == ERR_CORRUPT && e.message[0]);
		return;
	}
	follow_manifest_text(a, &m);
	follow_manifest_put(&again, &m);
	must(buf_ok(&again) && str_eq(buf_str(&again), bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(16 << 20);
	uint8_t *copy = malloc(size ? size : 1);
	str bytes = { (const char *)copy, size };

	must(copy != NULL);
	if (size)
		memcpy(copy, data, size);
	try_manifest(a, bytes);
	if (size) {
		struct follow_cut cut = { copy[0] % (FOLLOW_BITS_MAX + 1), 0 };

		cut.n = ((uint32_t)1 << cut.bits) - 1;
		try_block(a, str_from(bytes, 1), cut);
	}
	free(copy);
	arena_free(a);
	return 0;
}
