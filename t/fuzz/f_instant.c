/*
 * Any bytes as an instant and as a date.  What is read is written back as the
 * same instant, and lies inside its Pacific day.
 */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "base/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_instant(struct arena *a, int64_t at_ms)
{
	struct date d = date_pacific(at_ms);

	must(at_ms >= pacific_midnight_ms(d));
	must(at_ms < pacific_midnight_ms(date_add(d, 1)));
	must(instant_words(a, at_ms).n);
}

static void read_back(struct arena *a, str s)
{
	char space[INSTANT_SIZE];
	int64_t at_ms, again_ms;
	struct date d;

	if (instant_parse(s, &at_ms)) {
		str text = instant_on(space, sizeof space, at_ms);

		/* An offset may move a day over the last year. */
		if (instant_parse(text, &again_ms))
			must(again_ms == at_ms);
		check_instant(a, at_ms);
	}
	if (date_parse(s, &d))
		must(str_eq(date_iso(a, d), s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(1 << 20);
	int64_t any_ms;

	read_back(a, (str){ (const char *)data, size });
	if (size == sizeof any_ms) {
		memcpy(&any_ms, data, sizeof any_ms);
		instant_rfc3339(a, any_ms);
		/* Years that `struct date` can hold with room to move. */
		if (any_ms && any_ms / 1000 < INT64_C(1) << 50 &&
			any_ms / 1000 > -(INT64_C(1) << 50))
			check_instant(a, any_ms);
	}
	arena_free(a);
	return 0;
}
