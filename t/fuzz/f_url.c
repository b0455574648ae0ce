/* Any bytes coded come back; any bytes decoded are never longer. */
#include <stdint.h>

#include "base/base.h"
#include "base/enc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void base64(struct arena *a, str s)
{
	char *back = arena_alloc(a, s.n);
	str out = { 0 };

	must(base64_read(base64_of(a, s.p, s.n), back, s.n));
	must(str_eq((str){ back, s.n }, s));
	must(hex_read(hex_of(a, s.p, s.n), back, s.n));
	must(str_eq((str){ back, s.n }, s));
	/* Only one text decodes to given bytes. */
	if (base64url_read(a, s, &out))
		must(str_eq(base64url_of(a, out.p, out.n), s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(64 << 20);
	str s = { (const char *)data, size };

	must(url_decode(a, s, true).n <= s.n);
	must(url_decode(a, s, false).n <= s.n);
	must(str_eq(url_decode(a, url_encode(a, s), true), s));
	must(str_eq(url_decode(a, url_encode(a, s), false), s));
	base64(a, s);
	arena_free(a);
	return 0;
}
