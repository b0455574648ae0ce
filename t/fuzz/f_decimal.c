/* Any text as a decimal that is told to another system: the plain form is one, of the same
 * value, and there is no plainer one. */
#include <stdint.h>
#include <stdlib.h>

#include "base/base.h"
#include "connect/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TEXT_MAX = 4096 };

static bool is_same(double a, double b)
{
	return a <= b && a >= b;
}

static void check_plain(struct arena *a, str text, str plain)
{
	double before = strtod(arena_cstr(a, text), NULL);
	double after = strtod(arena_cstr(a, plain), NULL);

	must(is_same(before, after) && decimal_fits(plain, TEXT_MAX));
	must(plain.n <= text.n + 1); /* a zero before the point */
	must(!str_has(plain, '.') || plain.p[plain.n - 1] != '0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(1 << 20);
	str text = { (const char *)data, size };

	if (size <= TEXT_MAX && !str_has(text, '\0')) {
		str plain = decimal_plain(a, text);

		must(str_eq(decimal_plain(a, plain), plain));
		if (!str_eq(plain, text))
			check_plain(a, text, plain);
		/* Zeros before a number are those of a text. */
		if (!str_has(text, '.'))
			must(str_eq(plain, text));
	}
	arena_free(a);
	return 0;
}
