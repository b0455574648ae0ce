/*
 * Any bytes as the address of a bucket, and as the listing of one: whole, or an
 * error without a word of them.
 */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "connect/s3/address.h"
#include "connect/s3/listing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_address(struct arena *a, str text)
{
	struct s3_address at;
	struct err e = { 0 };

	if (s3_address_read(a, text, &at, &e)) {
		must(e.code == ERR_INVALID);
		return;
	}
	must(at.key[0] && at.secret[0] && at.region[0] && at.bucket.n);
	must(str_starts(at.base, STR("https://")) || at.is_here);
	must(!strpbrk(at.secret, "\r\n") && !str_has(at.bucket, '/'));
	must(!at.prefix.n || str_ends(at.prefix, STR("/")));
}

static void read_listing(struct arena *a, str text)
{
	struct s3_listing l;
	struct err e = { 0 };

	if (s3_listing_read(a, text, &l, &e)) {
		must(e.code == ERR_CORRUPT);
		return;
	}
	for (size_t i = 0; i < l.n; i++)
		must(!str_has(l.keys[i], '\0') && l.keys[i].n < text.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(256 << 20);
	str text = { (const char *)data, size };

	read_address(a, text);
	read_listing(a, text);
	arena_free(a);
	return 0;
}
