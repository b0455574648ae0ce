/*
 * Datasets of another program, of any bytes: read or refused, in bounded memory,
 * and written as lines of YAML.
 */
#include <stdint.h>

#include "base/base.h"
#include "connect/fides.h"

enum { ARENA_MAX = 512 << 20, OUT_MAX = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(ARENA_MAX);
	struct fides f =
		fides_new(a, n % 2 ? CONNECTOR_JSONL : CONNECTOR_POSTGRES);
	struct buf b = buf_in(a, OUT_MAX);
	struct err e = { 0 };

	if (fides_read(&f, "f", (str){ (const char *)data, n }, &e) < 0) {
		must(e.code == ERR_INVALID || e.code == ERR_LIMIT);
	} else {
		fides_finish(&f);
		for (size_t i = 0; i < f.n; i++)
			draft_put(&b, &f.at[i]);
		must(buf_ok(&b));
	}
	arena_free(a);
	return 0;
}
