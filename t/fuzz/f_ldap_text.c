/* Any line as a filter and as a base, and what is behind it as a value. */
#include <stdint.h>
#include <string.h>

#include "base/base.h"
#include "connect/ldap/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In a filter a value is one: nothing of it opens or closes, and no byte is raw. */
static void check_value(struct arena *a, str value)
{
	struct buf b = buf_in(a, 3 * value.n + 1);
	str plain;

	directory_put_filter_value(&b, value);
	must(buf_ok(&b));
	for (size_t i = 0; i < b.n; i++)
		must(b.p[i] >= 0x20 && b.p[i] < 0x7f && !strchr("()*", b.p[i]));
	/* A name that is made of a value is a name, of one entry. */
	if (value.n && directory_plain_name(
			       a, directory_rdn(a, STR("cn"), value), &plain))
		must(directory_depth(plain) == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(16 << 20);
	str text, value, plain, again;

	if (size <= 4096) {
		str_cut((str){ (const char *)data, size }, '\n', &text, &value);
		if (!directory_filter_fault(text))
			must(text.p[0] == '(' && text.p[text.n - 1] == ')');
		directory_base_fault(text);
		if (directory_plain_name(a, text, &plain)) {
			must(directory_is_below(plain, plain));
			must(directory_plain_name(a, plain, &again) &&
				str_eq(plain, again));
		}
		check_value(a, value);
	}
	arena_free(a);
	return 0;
}
