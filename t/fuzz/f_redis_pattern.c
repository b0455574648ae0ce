/* Any line as the pattern of keys, and what is behind it as a key. */
#include <stdint.h>

#include "base/base.h"
#include "connect/redis/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(4 << 20);
	str text, key, again, values[REDIS_PARTS_MAX];

	str_cut((str){ (const char *)data, size }, '\n', &text, &key);
	if (!redis_pattern_fault(text)) {
		struct redis_pattern p = redis_pattern_of(a, text);

		must(p.n > 0 && p.n <= REDIS_PARTS_MAX);
		must(redis_pattern_glob(a, &p).n > 0);
		/* A key that is a row's leads back to itself. */
		if (redis_pattern_match(&p, key, values))
			must(redis_pattern_key(a, &p, values, &again) &&
				str_eq(again, key));
	}
	arena_free(a);
	return 0;
}
