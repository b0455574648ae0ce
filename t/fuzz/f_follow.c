/*
 * Any bytes as a page of the suppression log.  What is taken can be put together
 * again to the same bytes; nothing is read past the end.  The checksum would keep
 * the fuzzer out, so it is made right first.
 */
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "desk/follow_page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_page(struct arena *a, const uint8_t *bytes, size_t size)
{
	struct buf again = buf_in(a, FOLLOW_PAGE_SIZE_MAX);
	str page = { (const char *)bytes, size };
	struct follow_page p;
	struct err e = { 0 };

	if (follow_page_read(page, &p, &e)) {
		must(e.code == ERR_CORRUPT && e.message[0]);
		return;
	}
	for (size_t i = 0; i < p.n; i++) {
		struct follow_entry entry = follow_entry_at(p.entries, i);

		must(entry.seq > p.after && entry.seq <= p.top);
		must(entry.kind < IDENT_KINDS);
	}
	follow_page_put(&again, &p);
	must(buf_ok(&again) && str_eq(buf_str(&again), page));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(4 << 20);
	uint8_t *copy = malloc(size ? size : 1);

	must(copy != NULL);
	if (size)
		memcpy(copy, data, size);
	try_page(a, copy, size);
	if (size >= FOLLOW_END_SIZE) {
		size_t n = size - FOLLOW_END_SIZE;

		crypto_hash_sha256(copy + n, copy, n);
		try_page(a, copy, size);
	}
	free(copy);
	arena_free(a);
	return 0;
}
