/*
 * The one thing around the pages that is computed: a number to dial.
 */
#include "web/page.h"

#include "base/buf.h"

enum { US_DIGITS = 10 };

str page_phone_url(struct arena *a, str phone)
{
	struct buf b = buf_in(a, 32);
	size_t digits = 0;

	buf_puts(&b, "tel:+1");
	for (size_t i = 0; i < phone.n; i++) {
		bool is_digit = phone.p[i] >= '0' && phone.p[i] <= '9';

		/* The country's 1 in front is there already. */
		if (!is_digit || (!digits && phone.p[i] == '1'))
			continue;
		buf_putc(&b, phone.p[i]);
		digits++;
	}
	return digits == US_DIGITS && buf_ok(&b) ? buf_str(&b) : (str){ 0 };
}
